import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { RunEvent } from '../evidence/differential/events.ts';

/** Reads what a differential run has said since the last look. */
export class EventReader {
  readonly #file: string;
  #offset: number;

  /** @param start whether what is there already is left out */
  constructor(file: string, start: 'from its beginning' | 'from its end' = 'from its beginning') {
    this.#file = file;
    this.#offset = start === 'from its end' && existsSync(file) ? statSync(file).size : 0;
  }

  read(): RunEvent[] {
    if (!existsSync(this.#file)) return [];
    const fd = openSync(this.#file, 'r');
    try {
      const bytes = Buffer.alloc(fstatSync(fd).size - this.#offset);
      const count = readSync(fd, bytes, 0, bytes.length, this.#offset);
      // A line that is being written has no end yet, and perhaps half a character: it is read again.
      const end = bytes.subarray(0, count).lastIndexOf(10) + 1;
      this.#offset += end;
      const lines = bytes.toString('utf8', 0, end).split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RunEvent);
    } finally {
      closeSync(fd);
    }
  }
}
