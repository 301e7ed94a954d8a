// Starts, stops and restarts the language server that comes with the extension.

import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  type StaticFeature,
} from 'vscode-languageclient/node';
import { findInterpreter, type Interpreter, NoInterpreterError } from './python';
import { forwardToLog } from './serverLog';
import {
  type ClientSettings,
  clientSettings,
  INTERPRETER_SETTING,
  sameClientSettings,
  SECTION,
  serverSettings,
  settingNames,
} from './settings';
import type { Status } from './status';

export const DOCUMENTS = [
  { language: 'python', scheme: 'file' },
  { language: 'python', scheme: 'untitled' },
  { language: 'python', scheme: 'vscode-notebook-cell' },
];

const OPEN_SETTING = 'Open Setting';
const SHOW_LOGS = 'Show Logs';

/** How long to wait for the last words of a server that did not start. */
const LAST_WORDS_WITHIN_MS = 2000;

class Client extends LanguageClient {
  hasRun = false;
  /** The last line of its stderr, once that has ended. */
  lastWords = Promise.resolve('');

  /** Says nothing about a failed start: what it has to say ("write EPIPE") helps no one. We do: see `startNow`. */
  override error(message: string, data?: unknown, showNotification?: boolean | 'force'): void {
    super.error(message, data, this.hasRun ? showNotification : false);
  }
}

interface Running {
  readonly client: Client;
  readonly interpreter: Interpreter;
}

export class Server {
  private running: Running | undefined;
  /** What the last start went by, so that a change that does not matter restarts nothing. */
  private startedWith: ClientSettings | undefined;
  /** Starts and stops take seconds and must not overlap: each waits for the one before. */
  private queue: Promise<void> = Promise.resolve();
  private restartInQueue = false;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly trace: vscode.LogOutputChannel,
    private readonly status: Status,
    private readonly features: readonly StaticFeature[],
  ) {}

  /** (Re)starts the server. Many calls in a row make one restart. */
  restart(reason: string): Promise<void> {
    if (!this.restartInQueue) {
      this.restartInQueue = true;
      this.log.info(`starting the server: ${reason}`);
      this.enqueue(async () => {
        this.restartInQueue = false;
        await this.stopNow();
        await this.startNow();
      });
    }
    return this.queue;
  }

  stop(): Promise<void> {
    this.enqueue(() => this.stopNow());
    return this.queue;
  }

  /** After a change of settings: restarts if it is one that this side acts on. */
  async settingsChanged(): Promise<void> {
    const settings = clientSettings();
    if (this.startedWith === undefined || !sameClientSettings(settings, this.startedWith)) {
      await this.restart('a setting changed');
    }
  }

  /** After another selection in the Python extension, or a folder became trusted. */
  interpreterMayHaveChanged(reason: string): Promise<void> {
    this.enqueue(async () => {
      const { enable, interpreter } = clientSettings();
      if (!enable || interpreter !== '') {
        return;
      }
      const found = await this.findInterpreter('').catch(() => undefined);
      if (found?.executable !== this.running?.interpreter.executable) {
        this.log.info(`starting the server: ${reason}`);
        await this.stopNow();
        await this.startNow();
      }
    });
    return this.queue;
  }

  /** For "Print Debug Information". */
  describe(): string[] {
    if (this.running === undefined) {
      return ['Server: not running'];
    }
    const { client, interpreter } = this.running;
    const info = client.initializeResult?.serverInfo;
    return [
      `Server: ${info?.name ?? 'unnamed'} ${info?.version ?? ''}, state ${State[client.state]}`,
      `Interpreter: ${interpreter.executable}, Python ${interpreter.version}, ${interpreter.origin}`,
      `Capabilities: ${JSON.stringify(client.initializeResult?.capabilities ?? {})}`,
    ];
  }

  /** The answer of the server to one of its commands. */
  async execute(command: string, argument: object): Promise<string> {
    if (this.running === undefined) {
      throw new Error('the language server is not running');
    }
    return await this.running.client.sendRequest<string>('workspace/executeCommand', { command, arguments: [argument] });
  }

  /** A document's URI as the server knows it. */
  uri(uri: vscode.Uri): string {
    return this.running?.client.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }

  private enqueue(work: () => Promise<void>): void {
    this.queue = this.queue.then(work).catch((error: unknown) => {
      this.log.error(String(error));
    });
  }

  private findInterpreter(configured: string): Promise<Interpreter> {
    return findInterpreter(configured, this.context.extensionPath, this.log);
  }

  private async startNow(): Promise<void> {
    const settings = clientSettings();
    this.startedWith = settings;
    if (!settings.enable) {
      this.status.show({ kind: 'disabled' });
      return;
    }
    this.status.show({ kind: 'starting' });
    let interpreter: Interpreter;
    try {
      interpreter = await this.findInterpreter(settings.interpreter);
    } catch (error) {
      if (error instanceof NoInterpreterError) {
        this.tellFailure(error.message, OPEN_SETTING);
        return;
      }
      throw error;
    }
    this.log.info(`interpreter: ${interpreter.executable} (Python ${interpreter.version}, ${interpreter.origin})`);

    const client = this.createClient(interpreter);
    this.running = { client, interpreter };
    // When the server dies during its start, the client may throw or may not: `hasRun` tells for certain.
    const problem = await client.start().catch((error: unknown) => String(error));
    if (!client.hasRun) {
      const silence = new Promise<string>((resolve) => setTimeout(resolve, LAST_WORDS_WITHIN_MS, ''));
      const lastWords = await Promise.race([client.lastWords, silence]);
      this.tellFailure(
        `The shapewright server did not start with ${interpreter.executable} (Python ${interpreter.version}): ` +
          (lastWords === '' ? (problem ?? 'it ended') : lastWords),
      );
    }
  }

  private async stopNow(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    if (running === undefined) {
      return;
    }
    const { client } = running;
    try {
      if (client.state === State.Starting) {
        // It is on its way up again after a crash, and cannot be stopped before it is up.
        await client.start();
      }
      if (client.state === State.Running) {
        await client.dispose();
      }
    } catch (error) {
      // A server that does not answer is ended by the client two seconds later.
      this.log.warn(`the server did not stop in good order: ${String(error)}`);
    }
    this.status.show({ kind: 'stopped' });
  }

  private createClient(interpreter: Interpreter): Client {
    const executable: Executable = {
      command: interpreter.executable,
      // -I keeps the workspace, PYTHONPATH and the like out of sys.path: a user's file called `typing.py`
      // must not end up in the server. It also ignores PYTHONUTF8, hence -X utf8.
      args: ['-I', '-X', 'utf8', this.context.asAbsolutePath('client/run_server.py'), 'server'],
      options: { cwd: this.context.extensionPath },
    };
    const names = settingNames(this.context.extension);
    const options: LanguageClientOptions = {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      traceOutputChannel: this.trace,
      stdioOptions: {
        stdout: () => undefined, // the protocol's own
        stderr: (stream, log) => {
          client.lastWords = forwardToLog(stream, log);
        },
      },
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: () => serverSettings(names),
      middleware: {
        workspace: {
          configuration: ({ items }) =>
            items.map(({ section, scopeUri }) =>
              section === SECTION
                ? serverSettings(names, scopeUri === undefined ? undefined : vscode.Uri.parse(scopeUri))
                : null,
            ),
        },
      },
      initializationFailedHandler: () => false,
      errorHandler: {
        // A message that could not be written is the beginning of an end, and what to do is decided at the end.
        // (By default the client would give the server up here, if it crashed while it was being spoken to.)
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        // A crash restarts the server, until it has crashed five times in three minutes. One that never came up would
        // only fail again; `startNow` tells.
        closed: () => (client.hasRun ? restarting.closed() : { action: CloseAction.DoNotRestart, handled: true }),
      },
    };
    const client = new Client('shapewright', 'shapewright', executable, options);
    client.registerFeatures([...this.features]);
    const restarting = client.createDefaultErrorHandler();

    client.onDidChangeState(({ newState }) => {
      if (this.running?.client !== client) {
        return; // one that is being stopped, or has been
      }
      switch (newState) {
        case State.Starting:
          this.status.show({ kind: 'starting' });
          break;
        case State.Running:
          client.hasRun = true;
          this.status.show({
            kind: 'running',
            detail: `${client.initializeResult?.serverInfo?.version ?? ''} · Python ${interpreter.version}`,
          });
          break;
        default:
          this.status.show({ kind: 'failed', reason: 'The language server ended. Its log says why.' });
          break;
      }
    });
    return client;
  }

  private tellFailure(message: string, ...buttons: string[]): void {
    this.log.error(message);
    this.status.show({ kind: 'failed', reason: message });
    // Not awaited: the queue must go on while the message stands there.
    void vscode.window.showErrorMessage(message, ...buttons, SHOW_LOGS).then((choice) => {
      if (choice === OPEN_SETTING) {
        void vscode.commands.executeCommand('workbench.action.openSettings', INTERPRETER_SETTING);
      } else if (choice === SHOW_LOGS) {
        this.log.show();
      }
    });
  }
}
