// Which Python runs the language server.
//
// The server needs a Python and nothing else: its packages come with the extension. So the first one that is new
// enough will do, and each candidate is asked for its version before it is trusted with anything.

import { execFile } from 'node:child_process';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { INTERPRETER_SETTING } from './settings';
import { selectedInterpreter } from './pythonExtension';

const OLDEST: readonly [number, number] = [3, 10];
const NEWEST_NAMED = 14;
const NEEDED = `Python ${OLDEST.join('.')} or later`;

/** Generous: a cold disk, a virus scanner or a loaded machine make a first start slow. */
const ANSWER_WITHIN_MS = 20_000;

const NOT_ON_PATH = 'is not on PATH';

export interface Interpreter {
  readonly executable: string;
  readonly version: string;
  /** Where the choice came from, for people: status item, log, debug information. */
  readonly origin: string;
}

/** No usable Python; the message is for the user and says what to do. */
export class NoInterpreterError extends Error {}

interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
  readonly origin: string;
}

/** The interpreter for the server. `cwd` is a folder where nothing of the user's lies. */
export async function findInterpreter(
  configured: string,
  cwd: string,
  log: vscode.LogOutputChannel,
): Promise<Interpreter> {
  if (configured !== '') {
    // What the user named is used or refused, never silently replaced.
    const answer = await ask({ command: configured, args: [], origin: `setting ${INTERPRETER_SETTING}` }, cwd);
    if (typeof answer !== 'string') {
      return answer;
    }
    throw new NoInterpreterError(
      `The interpreter in the setting "${INTERPRETER_SETTING}" (${configured}) ${answer}. ` +
        `The shapewright server needs ${NEEDED}.`,
    );
  }

  const refused: string[] = [];
  for await (const candidate of candidates(log)) {
    const answer = await ask(candidate, cwd);
    if (typeof answer !== 'string') {
      return answer;
    }
    const refusal = `${[candidate.command, ...candidate.args].join(' ')} ${answer}`;
    log.info(`interpreter passed over: ${refusal} (${candidate.origin})`);
    if (answer !== NOT_ON_PATH) {
      refused.push(refusal);
    }
  }
  const whatThereIs = refused.length === 0 ? 'there is no Python on PATH' : refused.slice(0, 3).join('; ');
  throw new NoInterpreterError(
    `No ${NEEDED} was found to run the shapewright server (${whatThereIs}). ` +
      `Install one, or name it in the setting "${INTERPRETER_SETTING}".`,
  );
}

async function* candidates(log: vscode.LogOutputChannel): AsyncGenerator<Candidate> {
  const selected = await selectedInterpreter(log);
  if (selected !== undefined) {
    yield { command: selected, args: [], origin: 'selected in the Python extension' };
  }
  const origin = 'found on PATH';
  if (process.platform === 'win32') {
    yield { command: 'py', args: ['-3'], origin };
  }
  yield { command: 'python3', args: [], origin };
  yield { command: 'python', args: [], origin };
  for (let minor = NEWEST_NAMED; minor >= OLDEST[1]; minor--) {
    yield { command: `python3.${minor}`, args: [], origin };
  }
}

// Prints where this Python really is: `py`, pyenv's shims and the like only lead to it.
const QUESTION = 'import json, sys; print(json.dumps([sys.executable, *sys.version_info[:3]]))';

/** The interpreter, or what is wrong with it as the end of a sentence ("… is Python 3.8.10"). */
async function ask(candidate: Candidate, cwd: string): Promise<Interpreter | string> {
  // -I: neither the working folder nor PYTHON* variables nor the user's site-packages have a say.
  const args = [...candidate.args, '-I', '-c', QUESTION];
  const answer = await new Promise<{ output: string } | { problem: string }>((resolve) => {
    const options = { cwd, timeout: ANSWER_WITHIN_MS, windowsHide: true };
    execFile(candidate.command, args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve({ output: stdout });
      } else if (error.code === 'ENOENT') {
        resolve({ problem: path.isAbsolute(candidate.command) ? 'does not exist' : NOT_ON_PATH });
      } else if (error.killed === true) {
        resolve({ problem: `did not answer within ${ANSWER_WITHIN_MS / 1000} s` });
      } else {
        const reason = stderr.trim().split('\n').at(-1) ?? '';
        resolve({ problem: `could not be run (${reason === '' ? error.message : reason})` });
      }
    });
  });
  if ('problem' in answer) {
    return answer.problem;
  }
  let parts: [string, number, number, number];
  try {
    // Some start-up hooks (sitecustomize) print: the answer is the last line.
    parts = JSON.parse(answer.output.trim().split('\n').at(-1) ?? '') as typeof parts;
  } catch {
    return 'did not answer as a Python does';
  }
  const [executable, major, minor, patch] = parts;
  const version = `${major}.${minor}.${patch}`;
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    return `is Python ${version}`;
  }
  return { executable, version, origin: candidate.origin };
}
