import { appendFileSync, mkdtempSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LineTail } from '../../log/line-tail.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-tail-'));
  file = join(folder, 'out.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('LineTail', () => {
  it('gives new complete lines once, and keeps a partial one for later', () => {
    const tail = new LineTail(file);
    expect(tail.drain()).toEqual([]);
    writeFileSync(file, 'one\ntw');
    expect(tail.drain()).toEqual(['one']);
    expect(tail.drain()).toEqual([]);
    appendFileSync(file, 'o\n\nthree\n');
    expect(tail.drain()).toEqual(['two', '', 'three']);
    appendFileSync(file, 'rest');
    expect(tail.end()).toEqual(['rest']);
    expect(tail.end()).toEqual([]);
  });

  it('understands CRLF, also when it is split', () => {
    const tail = new LineTail(file);
    writeFileSync(file, 'a\r\nb\r');
    expect(tail.drain()).toEqual(['a']);
    appendFileSync(file, '\nc\rd\r\n');
    expect(tail.drain()).toEqual(['b', 'c\rd']);
  });

  it('puts a character together that arrives in pieces', () => {
    const tail = new LineTail(file);
    const bytes = Buffer.from('ä€😀\n');
    for (const byte of bytes) {
      appendFileSync(file, Buffer.from([byte]));
      if (byte !== 0x0a) expect(tail.drain()).toEqual([]);
    }
    expect(tail.drain()).toEqual(['ä€😀']);
  });

  it('reads across its chunks', () => {
    const lines = Array.from({ length: 5000 }, (_, n) => `${n} ${'€'.repeat(n % 50)}`);
    writeFileSync(file, lines.join('\n') + '\n');
    expect(new LineTail(file).drain()).toEqual(lines);
  });

  it('begins again when the file shrank or was replaced', () => {
    const tail = new LineTail(file);
    writeFileSync(file, 'a long first line\npart');
    tail.drain();
    truncateSync(file, 0);
    appendFileSync(file, 'new\n');
    expect(tail.drain()).toEqual(['new']);
    const other = join(folder, 'other');
    writeFileSync(other, 'quite another file with more in it\n');
    renameSync(other, file);
    expect(tail.drain()).toEqual(['quite another file with more in it']);
  });

  it('gives out a line without end in parts', () => {
    const tail = new LineTail(file, 10);
    writeFileSync(file, 'x'.repeat(25));
    expect(tail.drain()).toEqual(['xxxxxxxxxx', 'xxxxxxxxxx']);
    expect(tail.end()).toEqual(['xxxxx']);
  });

  it('does not hide that a file cannot be read', () => {
    expect(() => new LineTail(folder).drain()).toThrow(/EISDIR/);
  });

  it.runIf(process.platform === 'linux')('leaves no handle open', () => {
    writeFileSync(file, 'a\n');
    const before = readdirSync('/proc/self/fd').length;
    const tail = new LineTail(file);
    for (let n = 0; n < 1000; n++) tail.drain();
    expect(readdirSync('/proc/self/fd').length).toBe(before);
  });
});
