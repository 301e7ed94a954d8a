// Models as pictures and as tables, beside the code. The page they are shown in runs no script.

import * as vscode from 'vscode';
import { ResponseError, type StaticFeature } from 'vscode-languageclient/node';
import type { Server } from './server';

const SHOW_GRAPH = 'shapewright.showGraph';
const SHOW_SUMMARY = 'shapewright.showSummary';

/** Tells the server which commands its code lenses may name. */
export const MODEL_COMMANDS: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = {
      ...(capabilities.experimental as object | undefined),
      shapewright: { commands: [SHOW_GRAPH, SHOW_SUMMARY] },
    };
  },
  initialize() {
    // nothing to do
  },
  getState() {
    return { kind: 'static' };
  },
  clear() {
    // nothing to do
  },
};

/** Which model: the one that a call at a position makes (a code lens says it so), one by name, or the only one. */
interface Asked {
  readonly textDocument: { readonly uri: string };
  readonly position?: { readonly line: number; readonly character: number };
  readonly model?: string;
}

export function registerModels(server: Server): { dispose(): unknown }[] {
  const panel = new Panel();
  return [
    panel,
    vscode.commands.registerCommand(SHOW_GRAPH, async (asked?: Asked) => {
      const picture = await ask(server, 'shapewright.graph', { format: 'svg' }, asked);
      if (picture !== undefined) {
        panel.show('Graph', `<div class="picture">${picture}</div>`);
      }
    }),
    vscode.commands.registerCommand(SHOW_SUMMARY, async (asked?: Asked) => {
      const table = await ask(server, 'shapewright.summary', {}, asked);
      if (table !== undefined) {
        panel.show('Summary', `<pre>${escaped(table)}</pre>`);
      }
    }),
  ];
}

/** What the server says of a model. Where there are several, the user chooses one. */
async function ask(server: Server, command: string, more: object, asked?: Asked): Promise<string | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const which = asked ?? (document && { textDocument: { uri: server.uri(document.uri) } });
  if (which === undefined) {
    void vscode.window.showInformationMessage('Open a Python file to see its models.');
    return undefined;
  }
  try {
    return await server.execute(command, { ...which, ...more });
  } catch (error) {
    const models = error instanceof ResponseError ? (error.data as { models?: string[] } | undefined)?.models : undefined;
    if (models === undefined || which.model !== undefined) {
      void vscode.window.showErrorMessage(error instanceof Error ? `shapewright: ${error.message}` : String(error));
      return undefined;
    }
    const model = await vscode.window.showQuickPick(models, { placeHolder: 'Which model?' });
    return model === undefined ? undefined : ask(server, command, more, { ...which, model });
  }
}

/** One panel for all: what is shown next takes its place. */
class Panel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;

  show(title: string, content: string): void {
    if (this.panel === undefined) {
      const where = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      this.panel = vscode.window.createWebviewPanel('shapewright.model', title, where, { enableScripts: false });
      this.panel.onDidDispose(() => {
        this.panel = undefined;
      });
    }
    this.panel.title = title;
    this.panel.webview.html = page(content);
    this.panel.reveal(undefined, true);
  }

  dispose(): void {
    this.panel?.dispose();
  }
}

function page(content: string): string {
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
  .picture { background: white; display: inline-block; padding: 8px; }
  pre { font-family: var(--vscode-editor-font-family); line-height: 1.2; }
</style>
</head>
<body>${content}</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
