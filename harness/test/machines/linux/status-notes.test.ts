import { closeSync, writeSync } from 'node:fs';
import { uptime } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentHost } from '../../../machines/current-host.ts';
import { StatusNotes } from '../../../machines/linux/status-notes.ts';

let notes: StatusNotes;
let write: number;

beforeEach(() => {
  const pipe = currentHost().createPipe();
  closeSync(pipe.inherited);
  write = pipe.write;
  notes = new StatusNotes(pipe.read);
});
afterEach(() => {
  notes.close();
  closeSync(write);
});

it('are what the supervisor and the exit watcher say of agents', () => {
  notes.expect(7);
  writeSync(write, `ready\nwatched 7\nstatus 7 139 ${uptime().toFixed(2)}\nexit 7 3221225477\n`);
  expect(notes.of(7)).toMatchObject({ status: 139, isWatched: true, exitCode: 0xc0000005 });
  expect(notes.isReady).toBe(true);
  expect(Math.abs((notes.of(7)?.endedMs ?? 0) - performance.now())).toBeLessThan(2000);
});

it('come in pieces', () => {
  notes.expect(1);
  writeSync(write, 'exit 1 4');
  expect(notes.of(1)?.exitCode).toBeUndefined();
  writeSync(write, '2\n');
  expect(notes.of(1)?.exitCode).toBe(42);
});

it.each([
  'status 1 5',
  'status 1 5 soon',
  'status -1 5 1.00',
  'status 1 5 1.00 and more',
  'exit 1 99999999999',
  'exit 1 0x5',
  'exit  1 5',
  'watched 1\r',
  '\u0000exit 1 5',
  'x'.repeat(5000),
])('are not taken from %j', (line) => {
  notes.expect(1);
  writeSync(write, `${line}\n`);
  expect(notes.of(1)).toEqual({ status: undefined, endedMs: undefined, isWatched: false, exitCode: undefined });
});

it('of an agent that nobody has started are no notes, nor are later ones of one that has ended', () => {
  notes.expect(1);
  writeSync(write, 'exit 2 5\nexit 1 5\nexit 1 6\nstatus 1 5 1.00\nstatus 1 0 2.00\n');
  expect(notes.of(2)).toBeUndefined();
  expect(notes.of(1)).toMatchObject({ exitCode: 5, status: 5 });
});

it('in a flood are read up to a limit in each look', () => {
  notes.expect(1);
  let written = 0;
  try {
    for (;;) written += writeSync(write, 'nonsense\n'.repeat(400));
  } catch {
    // The pipe is full.
  }
  const start = performance.now();
  expect(notes.of(1)?.status).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(500);
  expect(written).toBeGreaterThan(0);
});
