// The commands of the palette.

import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Server } from './server';
import { SECTION } from './settings';

export function registerCommands(
  context: vscode.ExtensionContext,
  server: Server,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('shapewright.restart', () => server.restart('asked for by command')),
    vscode.commands.registerCommand('shapewright.showLogs', () => {
      log.show();
    }),
    vscode.commands.registerCommand('shapewright.debugInformation', () => {
      log.info(debugInformation(context, server).join('\n'));
      log.show();
    }),
  ];
}

/** What a bug report needs, and nothing of the user's code. */
function debugInformation(context: vscode.ExtensionContext, server: Server): string[] {
  const { version } = context.extension.packageJSON as { version: string };
  const folders = vscode.workspace.workspaceFolders ?? [];
  return [
    'Debug information',
    `Extension: shapewright ${version}, in ${context.extensionPath}`,
    `Editor: ${vscode.env.appName} ${vscode.version}, ${vscode.env.remoteName ?? 'local'}`,
    `System: ${os.type()} ${os.release()} ${process.arch}, Node ${process.versions.node}`,
    `Workspace: ${folders.length} folder(s), ${vscode.workspace.isTrusted ? 'trusted' : 'not trusted'}`,
    `Settings: ${JSON.stringify(vscode.workspace.getConfiguration().get(SECTION))}`,
    ...server.describe(),
  ];
}
