// The VS Code extension: it starts the language server and gets out of the way.

import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { MODEL_COMMANDS, registerModels } from './models';
import { watchSelectedInterpreter } from './pythonExtension';
import { DOCUMENTS, Server } from './server';
import { SECTION } from './settings';
import { Status } from './status';

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('shapewright', { log: true });
  const trace = vscode.window.createOutputChannel('shapewright (trace)', { log: true });
  const status = new Status(DOCUMENTS);
  const started = new Server(context, log, trace, status, [MODEL_COMMANDS]);
  server = started;

  context.subscriptions.push(
    log,
    trace,
    status,
    ...registerCommands(context, started, log),
    ...registerModels(started),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SECTION)) {
        void started.settingsChanged();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      void watchPythonExtension();
      void started.restart('the workspace is trusted now'); // settings count that did not before
    }),
  );

  async function watchPythonExtension(): Promise<void> {
    const watching = await watchSelectedInterpreter(log, () => {
      void started.interpreterMayHaveChanged('another interpreter was selected in the Python extension');
    });
    if (watching !== undefined) {
      context.subscriptions.push(watching);
    }
  }
  void watchPythonExtension();

  void started.restart('the extension was activated');
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
