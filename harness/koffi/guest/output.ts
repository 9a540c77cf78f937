// What a DLL prints goes to this process's own output, as it would if it were loaded here.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Session } from '../../session/session.ts';

const EVERY_MS = 100;

interface Source {
  readonly target: 1 | 2;
  readonly fileOf: (session: Session) => string;
  generation: number;
  fd: number;
}

/** Starts to relay; the function that it returns does so at once. */
export function relayOutput(session: Session): () => void {
  const sources: Source[] = [
    { target: 1, fileOf: (each) => each.logFiles().stdout, generation: 0, fd: -1 },
    { target: 2, fileOf: (each) => each.logFiles().stderr, generation: 0, fd: -1 },
  ];
  const buffer = Buffer.alloc(65536);
  const drain = (): void => {
    for (const source of sources) drainOne(session, source, buffer);
  };
  setInterval(drain, EVERY_MS).unref();
  return drain;
}

function drainOne(session: Session, source: Source, buffer: Buffer): void {
  try {
    for (;;) {
      if (source.fd >= 0) {
        for (let read = readSync(source.fd, buffer); read > 0; read = readSync(source.fd, buffer)) {
          writeSync(source.target, buffer, 0, read);
        }
      }
      if (source.generation === session.generation) return;
      // Another process writes to another file.
      if (source.fd >= 0) closeSync(source.fd);
      source.generation = session.generation;
      source.fd = openSync(source.fileOf(session), 'r');
    }
  } catch {
    // The terminal is gone, or the file is not there yet.
  }
}
