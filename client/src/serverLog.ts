// What the server writes to stderr, put into the output channel at the level that it was written with.

import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LogOutputChannel } from 'vscode';

type Write = (log: LogOutputChannel, line: string) => void;

const error: Write = (log, line) => {
  log.error(line);
};
const LEVELS: Readonly<Record<string, Write>> = {
  DEBUG: (log, line) => {
    log.debug(line);
  },
  INFO: (log, line) => {
    log.info(line);
  },
  WARNING: (log, line) => {
    log.warn(line);
  },
  ERROR: error,
  CRITICAL: error,
};

/** The beginning of a line as the server's logging writes it: time, level. The channel writes both its own way. */
const PREFIX = /^[-\d]+ [\d:,]+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) /;

/**
 * A line without a level, as in a traceback, goes with the line before it.
 * Resolves at the end of the stream, to the last line: after a crash, that is the error.
 */
export async function forwardToLog(stderr: Readable, log: LogOutputChannel): Promise<string> {
  let write = error;
  let last = '';
  for await (const line of createInterface({ input: stderr })) {
    const level = PREFIX.exec(line)?.[1] ?? '';
    write = LEVELS[level] ?? write;
    write(log, line.replace(PREFIX, ''));
    last = line.trim() === '' ? last : line;
  }
  return last;
}
