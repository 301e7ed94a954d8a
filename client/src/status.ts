// The language status item: the `{}` in the status bar of a Python file.

import * as vscode from 'vscode';

export type State =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly detail: string }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

export class Status implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor(selector: vscode.DocumentSelector) {
    this.item = vscode.languages.createLanguageStatusItem('shapewright.status', selector);
    this.item.name = 'shapewright';
    this.show({ kind: 'stopped' });
  }

  show(state: State): void {
    const { item } = this;
    item.busy = state.kind === 'starting';
    item.severity =
      state.kind === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.detail = '';
    item.command = { command: 'shapewright.showLogs', title: 'Show Logs' };
    switch (state.kind) {
      case 'starting':
        item.text = 'shapewright is starting';
        break;
      case 'running':
        item.text = 'shapewright';
        item.detail = state.detail;
        break;
      case 'disabled':
        item.text = 'shapewright is disabled';
        item.command = {
          command: 'workbench.action.openSettings',
          title: 'Open Setting',
          arguments: ['shapewright.enable'],
        };
        break;
      case 'stopped':
        item.text = 'shapewright is not running';
        item.command = { command: 'shapewright.restart', title: 'Start' };
        break;
      case 'failed':
        item.text = 'shapewright could not start';
        item.detail = state.reason;
        break;
    }
  }

  dispose(): void {
    this.item.dispose();
  }
}
