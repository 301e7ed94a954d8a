-- What a user does in Neovim. Run by test_neovim.py:
--   nvim --headless -u NONE -i NONE -n FILE -c 'luafile neovim.lua'
-- with SERVER (the command, as a JSON list) and RESULT (the file to write what was seen to, as JSON).
-- With DIE set, Neovim kills itself as soon as the server works, leaving it no time for a goodbye.

local PATIENCE = 60000 -- ms
local seen = { version = vim.fn.matchstr(vim.fn.execute('version'), 'NVIM v[^\n]*') }

local function wait_for(what, condition)
  local value
  local ok = vim.wait(PATIENCE, function()
    value = condition()
    return value
  end, 20)
  return ok and value or error('waited in vain for ' .. what)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

local function line_of(start)
  return vim.fn.search('^\\V' .. start, 'nw')
end

-- The real hover window, opened with the cursor on the first column of a line.
local function hover_on(start)
  vim.api.nvim_win_set_cursor(0, { line_of(start), 0 })
  vim.lsp.buf.hover()
  local window = wait_for('a hover on ' .. start, function()
    for _, id in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(id).relative ~= '' then
        return id
      end
    end
  end)
  local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
  vim.api.nvim_win_close(window, true)
  return table.concat(lines, '\n')
end

local function drive()
  vim.bo.filetype = 'python'
  local command = vim.fn.json_decode(vim.env.SERVER)
  local config = { name = 'shapewright', cmd = command, root_dir = vim.fn.getcwd() }
  if vim.lsp.start then
    vim.lsp.start(config)
  else -- before Neovim 0.8
    vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
  end

  local diagnostic = wait_for('a diagnostic', function()
    return vim.diagnostic.get(0)[1]
  end)
  seen.diagnostics = #vim.diagnostic.get(0)
  seen.code = diagnostic.code or diagnostic.user_data.lsp.code
  seen.source = diagnostic.source
  seen.severity = diagnostic.severity
  local line = vim.api.nvim_buf_get_lines(0, diagnostic.lnum, diagnostic.lnum + 1, false)[1]
  seen.line = line
  seen.marked = line:sub(diagnostic.col + 1, diagnostic.end_col)
  seen.hover_before = hover_on('x =')
  if vim.env.DIE then
    vim.loop.kill(vim.loop.getpid(), 'sigkill')
  end

  -- Neovim has inlay hints since 0.10.
  if vim.lsp.inlay_hint then
    vim.lsp.inlay_hint.enable(true, { bufnr = 0 })
    wait_for('inlay hints', function()
      return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0
    end)
    seen.hints = vim.tbl_map(function(hint)
      return hint.inlay_hint.label
    end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
  end

  -- Since 0.12 code lenses are switched on instead of being asked for.
  if vim.lsp.codelens.refresh then
    vim.lsp.codelens.refresh()
    wait_for('a code lens', function()
      return #vim.lsp.codelens.get(0) > 0
    end)
    seen.lens = vim.lsp.codelens.get(0)[1].command.title
  end

  -- The menu of quick fixes, answered with its first entry.
  vim.ui.select = function(items, options, choose)
    seen.offered = vim.tbl_map(options.format_item or tostring, items)
    choose(items[1], 1)
  end
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  local before = text()
  vim.lsp.buf.code_action()
  wait_for('the quick fix', function()
    return text() ~= before
  end)
  wait_for('the diagnostic to go', function()
    return #vim.diagnostic.get(0) == 0
  end)
  seen.hover_after = hover_on('x =')
  seen.hover_on_y = hover_on('y =')
  vim.cmd('write')
end

local ok, problem = pcall(drive)
if not ok then
  seen.problem = tostring(problem)
end
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.RESULT)
vim.cmd('qall!')
