// The settings, as the editor knows them. Names and meaning are those of the server (docs/editors/vscode.md).

import * as os from 'node:os';
import * as vscode from 'vscode';

export const SECTION = 'shapewright';
export const INTERPRETER_SETTING = `${SECTION}.interpreter`;

/** What the client itself acts on. Everything else is the server's. */
export interface ClientSettings {
  /** Off for the whole window: the server does not run. (Off for one folder is the server's business.) */
  readonly enable: boolean;
  /** The Python that shall run the server; empty: find one. */
  readonly interpreter: string;
}

export function clientSettings(): ClientSettings {
  const settings = vscode.workspace.getConfiguration(SECTION);
  return {
    enable: settings.get<boolean>('enable', true),
    interpreter: expandVariables(settings.get<string>('interpreter', '').trim()),
  };
}

/**
 * For the server: what the user has set, and no defaults. It knows those, and a default must not count for more than
 * what the project says in its pyproject.toml.
 */
export function serverSettings(names: readonly string[], scope?: vscode.Uri): object {
  const settings = vscode.workspace.getConfiguration(SECTION, scope);
  const result = {};
  for (const name of names) {
    // globalValue, workspaceValue, workspaceFolderLanguageValue, …
    const places = Object.entries(settings.inspect(name) ?? {}).filter(([place]) => /^(global|workspace)/.test(place));
    if (places.some(([, value]) => value !== undefined)) {
      put(result, name.split('.'), settings.get(name));
    }
  }
  if (!vscode.workspace.isTrusted && settings.get('validation.mode') === 'source') {
    put(result, ['validation', 'mode'], 'plan'); // it runs code of the folder, which nobody has vouched for
  }
  return result;
}

function put(table: Record<string, unknown>, [first, ...rest]: string[], value: unknown): void {
  if (first !== undefined && rest.length > 0) {
    put((table[first] ??= {}) as Record<string, unknown>, rest, value);
  } else if (first !== undefined) {
    table[first] = value;
  }
}

/** The names of all our settings, without "shapewright.", as package.json has them. */
export function settingNames(extension: vscode.Extension<unknown>): string[] {
  const { contributes } = extension.packageJSON as {
    contributes: { configuration: { properties: Record<string, unknown> } };
  };
  return Object.keys(contributes.configuration.properties).map((name) => name.slice(SECTION.length + 1));
}

export function sameClientSettings(a: ClientSettings, b: ClientSettings): boolean {
  return a.enable === b.enable && a.interpreter === b.interpreter;
}

/** VS Code leaves `~`, `${workspaceFolder}` and `${env:NAME}` in settings to each extension. */
function expandVariables(text: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return text
    .replace(/^~(?=$|[/\\])/, () => os.homedir())
    .replace(/\$\{workspaceFolder\}/g, (variable) => folder ?? variable)
    .replace(/\$\{env:(\w+)\}/g, (_, name: string) => process.env[name] ?? '');
}
