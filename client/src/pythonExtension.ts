// The interpreter selected in Microsoft's Python extension, if that extension is there at all.
//
// It is a wish, not a need: shapewright works without it, and goes on when it is slow or broken.

import * as vscode from 'vscode';

const EXTENSION_ID = 'ms-python.python';
const READY_WITHIN_MS = 10_000;

/** The part of its API that is used here (its own types would be one more dependency). */
interface PythonExtensionApi {
  readonly environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): unknown;
    resolveEnvironment(path: unknown): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
    readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

async function api(log: vscode.LogOutputChannel): Promise<PythonExtensionApi | undefined> {
  // In an untrusted folder its selection may be a program inside that folder.
  if (!vscode.workspace.isTrusted) {
    return undefined;
  }
  const extension = vscode.extensions.getExtension<PythonExtensionApi | undefined>(EXTENSION_ID);
  if (extension === undefined) {
    return undefined;
  }
  try {
    return await withinLimit(Promise.resolve(extension.activate()));
  } catch (error) {
    log.warn(`the Python extension is not ready, so its interpreter is not used: ${String(error)}`);
    return undefined;
  }
}

export async function selectedInterpreter(log: vscode.LogOutputChannel): Promise<string | undefined> {
  const environments = (await api(log))?.environments;
  if (environments === undefined) {
    return undefined;
  }
  try {
    const selected = environments.getActiveEnvironmentPath(vscode.workspace.workspaceFolders?.[0]?.uri);
    const environment = await withinLimit(environments.resolveEnvironment(selected));
    return environment?.executable.uri?.fsPath;
  } catch (error) {
    log.warn(`the Python extension did not tell its interpreter: ${String(error)}`);
    return undefined;
  }
}

/** Calls `changed` whenever another interpreter is selected there. */
export async function watchSelectedInterpreter(
  log: vscode.LogOutputChannel,
  changed: () => void,
): Promise<vscode.Disposable | undefined> {
  return (await api(log))?.environments.onDidChangeActiveEnvironmentPath(changed);
}

function withinLimit<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${READY_WITHIN_MS / 1000} s`));
    }, READY_WITHIN_MS);
  });
  return Promise.race([promise, limit]).finally(() => {
    clearTimeout(timer);
  });
}
