// A real VS Code window: code-server (VS Code served to a browser) in a headless Chromium, with the extension installed
// from its .vsix, a fresh profile and a folder to work in. Everything it makes lies in one folder.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';

export const PATIENCE = 60_000; // ms; on a loaded machine the workbench alone takes 20 s

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

const USER_SETTINGS = {
  // A quiet window: nothing but the editor, and nothing that calls home.
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'window.restoreWindows': 'none',
  'workbench.reduceMotion': 'on',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.enabled': false,
  'files.autoSave': 'off',
  'workbench.editorAssociations': { '*.ipynb': 'jupyter-notebook' },
  // Readable pictures.
  'breadcrumbs.enabled': false,
  'editor.padding.top': 10,
  'editor.fontFamily': 'DejaVu Sans Mono',
  'editor.fontSize': 14,
  'editor.minimap.enabled': false,
  'editor.hover.delay': 150,
  'editor.hover.above': false,
  'editor.occurrencesHighlight': 'off',
  'editor.renderLineHighlight': 'none',
  'editor.accessibilitySupport': 'off',
};

export class Window {
  /**
   * @param {object} options
   * @param {string} options.cache where scripts/editors/install.sh put code-server and playwright-core
   * @param {string} options.extensions the folder with the extension, installed
   * @param {string} options.work an empty folder for the profile and the workspace
   * @param {string} options.program the Python file to open; a copy of it is worked on
   * @param {string} options.output where pictures and, after a failure, logs go
   * @param {string} [options.chromium]
   */
  constructor(options) {
    Object.assign(this, options);
    this.folder = path.join(this.work, 'folder');
    this.data = path.join(this.work, 'data');
    this.file = path.join(this.folder, path.basename(this.program));
    fs.mkdirSync(this.folder, { recursive: true });
    fs.mkdirSync(path.join(this.data, 'User'), { recursive: true });
    fs.copyFileSync(this.program, this.file);
    fs.writeFileSync(path.join(this.data, 'User', 'settings.json'), JSON.stringify(USER_SETTINGS));
  }

  /** The settings of this machine, where `machine-overridable` ones belong. Can be called while the window is open. */
  setMachineSettings(settings) {
    const folder = path.join(this.data, 'Machine');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
  }

  setFolderSettings(settings) {
    fs.mkdirSync(path.join(this.folder, '.vscode'), { recursive: true });
    fs.writeFileSync(path.join(this.folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  }

  /** @param {{ askForTrust?: boolean, path?: string }} how `path`: where VS Code and its extensions look for programs */
  async open({ askForTrust = false, path: searchPath = process.env.PATH } = {}) {
    const port = await freePort();
    this.server = this.#codeServer(
      searchPath,
      '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
      ...(askForTrust ? [] : ['--disable-workspace-trust']),
      this.folder,
    );
    await until(() => answers(`http://127.0.0.1:${port}/healthz`), 'code-server did not start');

    const { chromium } = createRequire(path.join(this.cache, 'package.json'))('playwright-core');
    this.browser = await chromium.launch({ executablePath: this.chromium, args: CHROMIUM_ARGUMENTS });
    const context = await this.browser.newContext({ viewport: { width: 1120, height: 720 }, deviceScaleFactor: 1.5 });
    this.page = await context.newPage();
    this.page.setDefaultTimeout(PATIENCE);
    await this.page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(this.folder)}`);
    await this.page.waitForSelector('.monaco-workbench');
    step('workbench up');
  }

  async openFile() {
    const name = path.basename(this.file);
    await this.page.waitForSelector('.explorer-folders-view .monaco-list-row');
    await this.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).dblclick();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
    await this.page.keyboard.press('Control+B'); // the side bar has done its part
    step('file open');
  }

  async openNotebook() {
    await this.page.waitForSelector('.explorer-folders-view .monaco-list-row');
    const name = path.basename(this.file);
    await this.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: name }).dblclick();
    await this.page.locator('.notebookOverlay .view-line').first().waitFor();
    await this.page.keyboard.press('Control+B');
    step('notebook open');
  }

  /** Waits until a cell of the notebook shows `text`. */
  async showsInACell(text) {
    await this.page.waitForFunction(
      (wanted) => [...document.querySelectorAll('.notebookOverlay .view-lines')]
        .some((lines) => lines.innerText.replaceAll('\u00a0', ' ').includes(wanted)),
      text,
    );
  }

  lineInACell(text) {
    return this.page.locator('.notebookOverlay .view-line').filter({ hasText: text }).first();
  }

  /** Runs a command by its title, as a user does. */
  async command(title) {
    await this.page.keyboard.press('F1');
    await this.page.locator('.quick-input-widget input').first().waitFor();
    await this.page.keyboard.type(title);
    await this.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().click();
  }

  line(text) {
    return this.page.locator('.view-lines .view-line').filter({ hasText: text }).first();
  }

  /** Waits until the editor shows `text`, hints included (VS Code draws with no-break spaces). */
  async shows(text) {
    await this.page.waitForFunction(
      (wanted) => document.querySelector('.view-lines')?.innerText.replaceAll('\u00a0', ' ').includes(wanted),
      text,
    );
  }

  /** A code lens that holds `text`. */
  lens(text) {
    return this.page.locator('.codelens-decoration a, .codelens-decoration span').filter({ hasText: text }).first();
  }

  /** The page in a panel beside the code, once it holds `text`. */
  inPanel(text) {
    return until(async () => {
      for (const frame of this.page.frames()) {
        const found = await frame.locator('body').filter({ hasText: text }).count().catch(() => 0);
        if (found > 0 && frame !== this.page.mainFrame()) return frame;
      }
      return undefined;
    }, `no panel "${text}"`);
  }

  squiggles() {
    return this.page.locator('.squiggly-error');
  }

  notification(text) {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** Puts the mouse on a line's first character until a hover holds `expected`; returns all the hover's text. */
  hover(lineText, expected) {
    return this.#hover(async () => {
      const box = await this.line(lineText).boundingBox();
      return [box.x + 3, box.y + box.height / 2];
    }, expected);
  }

  /** The same on the first squiggle. */
  hoverSquiggle(expected) {
    return this.#hover(async () => {
      const box = await this.squiggles().first().boundingBox();
      return [box.x + box.width / 2, box.y + box.height / 2];
    }, expected);
  }

  async #hover(where, expected) {
    const hover = this.page.locator('.monaco-hover:not(.hidden) .hover-contents').filter({ hasText: expected }).first();
    await until(async () => {
      // Anew each time: a hover asked of a server that is just starting comes out empty and is not asked again.
      await this.page.mouse.move(900, 600);
      const [x, y] = await where();
      await this.page.mouse.move(x, y, { steps: 4 });
      return hover.waitFor({ timeout: 5000 }).then(() => true, () => false);
    }, `no hover "${expected}"`);
    return (await hover.innerText()).replaceAll('\u00a0', ' ');
  }

  async mouseAway() {
    await this.page.mouse.move(900, 600);
    await this.page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor({ state: 'hidden' });
  }

  /** A picture of the whole window. */
  async picture(name) {
    fs.mkdirSync(this.output, { recursive: true });
    await this.page.screenshot({ path: path.join(this.output, `${name}.png`) });
  }

  /** A picture of the code alone: the README's (images/) are these. */
  async pictureOfCode(name, height) {
    fs.mkdirSync(this.output, { recursive: true });
    const box = await this.page.locator('.editor-instance').first().boundingBox();
    const clip = { x: box.x, y: box.y, width: Math.min(box.width, 900), height: Math.min(box.height, height) };
    await this.page.screenshot({ path: path.join(this.output, `${name}.png`), clip });
  }

  /** After a failure: the screen and the logs, the extension's among them. */
  async keepEvidence() {
    fs.mkdirSync(this.output, { recursive: true });
    await this.page?.screenshot({ path: path.join(this.output, 'failed.png') }).catch(() => {});
    fs.cpSync(path.join(this.data, 'logs'), path.join(this.output, 'failed-logs'), { recursive: true, force: true });
  }

  async close() {
    await this.browser?.close().catch(() => {});
    if (this.server && this.server.exitCode === null) {
      const gone = new Promise((resolve) => this.server.once('exit', resolve));
      this.server.kill('SIGTERM');
      await gone;
    }
    step('window closed');
  }

  #codeServer(searchPath, ...args) {
    const entry = path.join(this.cache, 'node_modules/code-server/out/node/entry.js');
    const log = fs.openSync(path.join(this.work, 'code-server.log'), 'a');
    return spawn(
      process.execPath,
      [
        entry, '--user-data-dir', this.data, '--extensions-dir', this.extensions,
        '--config', path.join(this.work, 'config.yaml'), '--disable-telemetry', '--disable-update-check', ...args,
      ],
      // VSCODE_CLI: as if started from a terminal. Else it asks a login shell for an environment in place of ours.
      { stdio: ['ignore', log, log], env: { ...process.env, PATH: searchPath, VSCODE_CLI: '1', VSCODE_PROXY_URI: '' } },
    );
  }
}

/** The running language servers of this test: `tag` is in the environment of all that the test starts. */
export function serverProcesses(tag) {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('run_server.py') &&
        fs.readFileSync(`/proc/${pid}/environ`, 'utf8').includes(tag);
    } catch {
      return false; // it has just ended, or is not ours
    }
  });
}

export async function until(condition, complaint) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(complaint);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

export function check(ok, what) {
  if (!ok) throw new Error(what);
  step(`ok  ${what}`);
}

const begin = Date.now();
export function step(what) {
  console.log(`${((Date.now() - begin) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function answers(url) {
  return new Promise((resolve) => {
    http.get(url, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false));
  });
}
