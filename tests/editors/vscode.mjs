// What a user does in VS Code, done with real keys and a real mouse. One scenario a run; test_vscode.py starts them.
// usage: node vscode.mjs SCENARIO OPTIONS-AS-JSON

import fs from 'node:fs';
import path from 'node:path';
import { check, serverProcesses, step, until, Window } from './vscode_window.mjs';

const FIX = 'Leave the batch axis out: shape=(3, 1)';

/**
 * The cursor into what is underlined, then the keys a user knows: takes the preferred quick fix, once `look` has seen
 * the menu. VS Code closes the menu when the text below moves, as for a code lens that comes: then again.
 */
async function takeQuickFix(window, look = async () => {}) {
  const { page } = window;
  const menu = page.locator('.action-widget').first();
  const fix = menu.locator('.monaco-list-row').filter({ hasText: FIX }).first();
  for (let attempt = 1; ; attempt++) {
    const squiggle = await window.squiggles().first().boundingBox();
    await page.mouse.click(squiggle.x + squiggle.width / 2, squiggle.y + squiggle.height / 2);
    await window.mouseAway();
    await page.keyboard.press('Control+.');
    try {
      await fix.waitFor({ timeout: 10_000 });
      await look(menu);
      await fix.click({ timeout: 5000 });
      return;
    } catch (error) {
      if (attempt === 4 || error.name !== 'TimeoutError') throw error;
      step('the menu of quick fixes has closed: again');
      await page.keyboard.press('Escape');
    }
  }
}

const scenarios = {
  async 'first program'(window, { python }) {
    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.open();
    await window.openFile();
    const { page } = window;

    await window.shows('x: (None, 1, 3, 1) =');
    await window.shows('data: (1, 3, 1) =');
    step('ok  inlay hints after names');
    await window.squiggles().first().waitFor();
    check(await window.squiggles().count() === 1, 'one error squiggle');
    await window.lens('Functional').waitFor();
    await window.pictureOfCode('hints-and-finding', 200);

    await window.hover('keras.layers.Input', 'x: (None, 1, 3, 1)');
    step('ok  hover says what x is');
    await window.mouseAway();
    const explained = await window.hoverSquiggle('Keras adds the batch axis itself');
    check(explained.includes('expected ndim=3, found ndim=4'), "the mistake is explained, with Keras's own words");
    await window.picture('finding');
    await window.mouseAway();

    await page.keyboard.press('Control+Shift+M');
    const problem = page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'SW101' }).first();
    await problem.waitFor();
    check((await problem.innerText()).includes('shapewright'), 'listed among the problems, with code and source');
    await window.picture('problems');
    await page.keyboard.press('Control+Shift+M');

    await takeQuickFix(window, async (menu) => {
      const offered = await menu.innerText({ timeout: 5000 });
      check(offered.includes('batch_shape=(1, 3, 1)'), 'both ways to mend it are offered');
      await window.pictureOfCode('quick-fix', 220);
    });

    await window.shows('shape=(3, 1)');
    await window.shows('x: (None, 3, 1) =');
    await window.shows('y: (None, 10) =');
    step('ok  inlay hints follow the fix');
    await window.squiggles().first().waitFor({ state: 'detached' });
    step('ok  squiggle gone');
    await page.keyboard.press('Control+S');
    await until(() => fs.readFileSync(window.file, 'utf8').includes('Input(shape=(3, 1))'), 'the file was not saved');
    step('ok  saved');
    await window.pictureOfCode('fixed', 200);

    await window.hover('keras.layers.Input', 'x: (None, 3, 1)');
    step('ok  hover follows the fix');
    await window.mouseAway();
    await page.keyboard.press('Control+End'); // no cursor and no marked brackets in the picture
    const hover = await window.hover('keras.layers.LSTM', 'y: (None, 10)');
    check(hover.includes('480 parameters'), 'hover counts the parameters');
    await window.pictureOfCode('hover', 225);
  },

  // VS Code opens notebooks by itself; only running them takes the Jupyter extension.
  async 'notebook'(window, { python }) {
    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.open();
    await window.openNotebook();
    const { page } = window;

    await window.showsInACell('x: (None, 1, 3, 1) =');
    await window.showsInACell('data: (1, 3, 1) =');
    step('ok  inlay hints in their cells');
    await window.squiggles().first().waitFor();
    check(await window.squiggles().count() === 1, 'one error squiggle');
    await window.picture('notebook');

    await takeQuickFix(window);
    await window.showsInACell('x: (None, 3, 1) =');
    await window.showsInACell('y: (None, 10) =');
    step('ok  inlay hints follow the fix, in the other cells too');
    await window.squiggles().first().waitFor({ state: 'detached' });
    step('ok  squiggle gone');
    await page.keyboard.press('Control+S');
    await until(() => fs.readFileSync(window.file, 'utf8').includes('Input(shape=(3, 1))'), 'the file was not saved');
    step('ok  saved');

    // In one cell, what another shows changes.
    await window.lineInACell('data: (1, 3, 1) =').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nx = keras.layers.Input(shape=(7, 2))');
    await window.showsInACell('model: (None, 3, 1) → (None, 10) =');
    await window.lineInACell('x: (None, 3, 1) =').click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('#');
    await window.showsInACell('model: (None, 7, 2) → (None, 10) =');
    step('ok  an edit in one cell shows in the next');
    await window.picture('notebook-edited');
  },

  async 'models'(window, { python }) {
    fs.writeFileSync(window.file, fs.readFileSync(window.file, 'utf8').replace('shape=(1, 3, 1)', 'shape=(3, 1)'));
    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.open();
    await window.openFile();
    const { page } = window;
    await window.lens('Functional · (None, 3, 1) → (None, 10) · 480 parameters').waitFor();
    step('ok  above the model stand its shapes and parameters');
    await window.pictureOfCode('code-lens', 205);

    await window.lens('Show graph').click();
    await window.inPanel('LSTM');
    const panel = await window.inPanel('480 parameters');
    check(await panel.locator('svg rect').count() === 2, 'the graph is drawn: an input and a layer');
    await window.picture('graph');

    await window.lens('Functional').click();
    const table = await (await window.inPanel('Total params: 480 (1.88 KB)')).locator('pre').innerText();
    check(table.includes('│ lstm (LSTM) ') && table.startsWith('Model: "functional"'), 'a click shows the summary');
    await window.picture('summary');

    await window.line('keras.Model').click();
    await page.keyboard.press('End');
    await page.keyboard.type('\nother = keras.Model(x, keras.layers.Dense(5)(y))');
    await window.lens('→ (None, 5) · 535 parameters').waitFor();
    step('ok  a second model has its own');
    await window.command('shapewright: Show Summary of a Model');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'other' }).first().click();
    await window.inPanel('Total params: 535');
    step('ok  the command asks which of the two is meant');
  },

  async 'whole workspace'(window, { python, tag }) {
    const other = path.join(window.folder, 'other.py');
    fs.copyFileSync(window.file, other);
    fs.mkdirSync(path.join(window.folder, 'left'));
    fs.copyFileSync(window.file, path.join(window.folder, 'left', 'out.py'));
    const settings = { 'shapewright.interpreter': python, 'shapewright.exclude': ['left/'] };
    window.setMachineSettings({ ...settings, 'shapewright.diagnostics.mode': 'workspace' });
    await window.open();
    await window.openFile();
    await window.squiggles().first().waitFor();
    await window.page.keyboard.press('Control+Shift+M');
    const rows = window.page.locator('.markers-panel .monaco-list-row');
    await rows.filter({ hasText: 'other.py' }).first().waitFor();
    check(await rows.filter({ hasText: 'SW101' }).count() === 2, 'mistakes in files that are not open are listed');
    check(await rows.filter({ hasText: 'out.py' }).count() === 0, 'excluded files are left out');
    await window.picture('whole-workspace');

    fs.writeFileSync(other, fs.readFileSync(other, 'utf8').replace('shape=(1, 3, 1)', 'shape=(3, 1)'));
    await rows.filter({ hasText: 'other.py' }).first().waitFor({ state: 'detached' });
    step('ok  a file that is mended on disk is listed no more');
    check(serverProcesses(tag).length === 1, 'one server runs');

    window.setMachineSettings(settings);
    fs.copyFileSync(window.file, other);
    await window.page.waitForTimeout(3000);
    check(await rows.filter({ hasText: 'other.py' }).count() === 0, 'switched off, only open files count');
  },

  async 'restart, crash, settings'(window, { python, tag }) {
    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.open();
    await window.openFile();
    await window.shows('x: (None, 1, 3, 1) =');
    const [first, ...others] = serverProcesses(tag);
    check(first !== undefined && others.length === 0, 'one server runs');

    await window.command('shapewright: Restart Server');
    const second = await until(() => serverProcesses(tag).find((pid) => pid !== first), 'no new server');
    await until(() => serverProcesses(tag).length === 1, 'the old server did not end');
    await window.shows('x: (None, 1, 3, 1) =');
    step('ok  restarted by command');

    await crash(window, second, tag);
    step('ok  started again after a crash');

    await window.command('shapewright: Print Debug Information');
    await window.page.locator('.part.panel .view-line').filter({ hasText: 'state Running' }).first().waitFor();
    step('ok  debug information printed');
    await window.picture('debug-information');

    window.setMachineSettings({ 'shapewright.interpreter': python, 'shapewright.inlayHints.enable': false });
    await window.shows('x = keras.layers.Input');
    step('ok  hints switched off in the settings');
    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.shows('x: (None, 1, 3, 1) =');
    step('ok  and on again');
    fs.writeFileSync(path.join(window.folder, 'pyproject.toml'), '[tool.shapewright]\nignore = ["SW1"]\n');
    await window.command('shapewright: Restart Server');
    await window.squiggles().first().waitFor({ state: 'detached' });
    await window.shows('x: (None, 1, 3, 1) =');
    step("ok  the project's own settings count for more than VS Code's defaults");

    window.setMachineSettings({ 'shapewright.interpreter': python, 'shapewright.enable': false });
    await until(() => serverProcesses(tag).length === 0, 'switched off, and the server goes on');
    step('ok  no server where shapewright.enable is false');
  },

  async 'crashes without end'(window, { python, tag }) {
    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.open();
    await window.openFile();
    await window.shows('x: (None, 1, 3, 1) =');

    let [pid] = serverProcesses(tag);
    for (let crashes = 1; crashes < 5; crashes++) pid = await crash(window, pid, tag);
    step('ok  started again after four crashes');
    process.kill(pid, 'SIGKILL');
    await window.notification('crashed 5 times in the last 3 minutes').waitFor();
    await window.picture('crashes-without-end');
    check(serverProcesses(tag).length === 0, 'not again after the fifth, and the message says so');

    await window.command('shapewright: Restart Server');
    await window.hover('keras.layers.Input', 'x: (None, 1, 3, 1)');
    step('ok  restarted by command all the same');
    check(serverProcesses(tag).length === 1, 'one server runs');
  },

  async 'too old interpreter'(window, { python, oldPython }) {
    window.setMachineSettings({ 'shapewright.interpreter': oldPython });
    await window.open();
    await window.openFile();

    const message = window.notification('shapewright.interpreter');
    await message.waitFor();
    const text = await message.innerText();
    check(text.includes(oldPython), 'the message names the interpreter');
    check(text.includes('is Python 3.8.10') && text.includes('needs Python 3.10 or later'), 'and both versions');
    await window.picture('too-old-interpreter');

    await message.getByText('Open Setting').click();
    await window.page.locator('.settings-editor').getByText('Interpreter', { exact: false }).first().waitFor();
    step('ok  the button leads to the setting');
    await window.page.keyboard.press('Control+W'); // closes the settings
    await window.shows('keras.layers.Input');

    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.shows('x: (None, 1, 3, 1) =');
    step('ok  starts as soon as the setting is mended');
  },

  async 'no interpreter'(window, { python, emptyPath }) {
    await window.open({ path: emptyPath });
    await window.openFile();
    const message = window.notification('No Python 3.10 or later was found');
    await message.waitFor();
    const text = await message.innerText();
    check(text.includes('there is no Python on PATH'), 'the message says what there is');
    check(text.includes('Install one, or name it in the setting "shapewright.interpreter"'), 'says what to do');
    await window.picture('no-interpreter');

    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.shows('x: (None, 1, 3, 1) =');
    step('ok  starts as soon as the setting names one');
  },

  async 'only an old interpreter'(window, { oldPath }) {
    await window.open({ path: oldPath });
    await window.openFile();
    const message = window.notification('No Python 3.10 or later was found');
    await message.waitFor();
    check((await message.innerText()).includes('python3 is Python 3.8.10'), 'the message says what there is');
  },

  async 'server that does not start'(window, { python, brokenPython, slowlyBrokenPython }) {
    window.setMachineSettings({ 'shapewright.interpreter': brokenPython });
    await window.open();
    await window.openFile();
    const message = window.notification('ImportError: all is lost');
    await message.waitFor();
    step('ok  the message gives the reason');
    await window.page.waitForTimeout(5000); // long enough for more messages, if it tried again and again
    await window.picture('server-that-does-not-start');
    check(await window.page.locator('.notification-toast').count() === 1, 'one message, not a flood of them');

    // It makes a difference to the client whether the server ends before or after it was spoken to.
    window.setMachineSettings({ 'shapewright.interpreter': slowlyBrokenPython });
    await window.notification('ImportError: lost later').waitFor();
    step('ok  and again');

    window.setMachineSettings({ 'shapewright.interpreter': python });
    await window.shows('x: (None, 1, 3, 1) =');
    step('ok  starts as soon as the setting is mended');
  },

  async 'interpreter of the Python extension'(window, { otherPython, tag }) {
    await window.open();
    await window.openFile();
    await window.shows('x: (None, 1, 3, 1) =');
    step('ok  the selected interpreter is too old, so the one on PATH is taken');
    const [before] = serverProcesses(tag);

    await window.command('Fake: Select the Other Interpreter');
    const after = await until(() => serverProcesses(tag).find((pid) => pid !== before), 'no new server');
    const interpreter = fs.readFileSync(`/proc/${after}/cmdline`, 'utf8').split('\0')[0];
    check(interpreter === otherPython, 'the newly selected interpreter runs the server');
    await until(() => !serverProcesses(tag).includes(before), 'the old server did not end');
    await window.shows('x: (None, 1, 3, 1) =');
  },

  // The two belong together: what the first must not do is what the second does.
  async 'untrusted folder'(window, { spyPython, spyMark }) {
    window.setFolderSettings({ 'shapewright.interpreter': spyPython });
    await window.open({ askForTrust: true });
    await window.openFile();
    await window.shows('x: (None, 1, 3, 1) =');
    step('ok  works without trust, with the interpreter found on PATH');
    check(!fs.existsSync(spyMark), "the folder's own interpreter was not started");
    await window.picture('restricted-mode');
  },

  async 'trusted folder'(window, { spyPython, spyMark }) {
    window.setFolderSettings({ 'shapewright.interpreter': spyPython });
    await window.open();
    await window.openFile();
    await window.shows('x: (None, 1, 3, 1) =');
    check(fs.existsSync(spyMark), 'a trusted folder may choose the interpreter');
  },
};

/** Kills the server and waits for the next one to work; returns its process. */
async function crash(window, pid, tag) {
  process.kill(pid, 'SIGKILL');
  const next = await until(
    () => serverProcesses(tag).find((other) => other !== pid), 'not started again after a crash');
  await window.hover('keras.layers.Input', 'x: (None, 1, 3, 1)');
  await window.mouseAway();
  return next;
}

const [name, json] = process.argv.slice(2);
const options = JSON.parse(json);
const window = new Window(options);
try {
  await scenarios[name](window, options);
} catch (error) {
  console.log(`FAILED: ${error.message}`);
  await window.keepEvidence();
  process.exitCode = 1;
} finally {
  await window.close();
}
