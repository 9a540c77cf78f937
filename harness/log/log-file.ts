import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { pino } from 'pino';

/** A file that lines are appended to. */
export interface LogFile {
  write(line: string): void;
  close(): void;
}

/**
 * Opens a file for appending, and makes its folder. Each line is written before `write` returns, so that a crash loses none.
 *
 * A log must never end a run: what cannot be opened or written is reported once, and lines are dropped from then on.
 *
 * @param failed is told the reason, at most once; when the file cannot be opened, before this returns
 */
export function openLogFile(path: string, failed: (error: Error) => void): LogFile {
  let fd: number | undefined;
  const shut = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };
  const drop = (error: unknown): void => {
    if (fd === undefined) return;
    shut();
    failed(error instanceof Error ? error : new Error(String(error)));
  };
  try {
    makeFolder(dirname(path));
    // Own the descriptor: given a path, the destination would report a failure to open it only later, and close it later too.
    fd = openSync(path, 'a', 0o600);
  } catch (error) {
    failed(error as Error);
    return { write: () => undefined, close: () => undefined };
  }
  const destination = pino.destination({ fd, sync: true });
  destination.on('error', drop);
  return {
    write: (line) => {
      if (fd !== undefined) destination.write(line);
    },
    close: shut,
  };
}

// Not mkdirSync's `recursive`: it never returns where a folder exists but refuses children with ENOENT, as /proc does.
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another worker of the same run was quicker.
    if (!existsSync(folder)) throw error;
  }
}
