import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SpinTurns, TURN_MS } from '../../../calls/session/spin-turns.ts';
import { sleep } from '../../../machines/sleep.ts';

let folder = '';
let opened: SpinTurns[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-test-'));
});

afterEach(() => {
  for (const turns of opened) turns.close();
  opened = [];
  rmSync(folder, { recursive: true });
});

function open(processors: number, name = 'turns'): SpinTurns {
  const turns = SpinTurns.open(join(folder, name), processors);
  if (turns === undefined) throw new Error('there are turns');
  opened.push(turns);
  return turns;
}

/** On a busy machine a turn may be over before anybody has asked for it. */
function takeTwo(first: SpinTurns, second: SpinTurns): [number, number] {
  for (let tries = 0; ; tries++) {
    const start = performance.now();
    const waits: [number, number] = [first.take(), second.take()];
    if (performance.now() - start < TURN_MS || tries === 1000) return waits;
    sleep(2 * TURN_MS);
  }
}

test('gives one turn for two processors, and the next when it has ended', () => {
  const [first, second] = [open(2), open(3)];
  const [ours, theirs] = takeTwo(first, second);
  expect(ours).toBe(0);
  expect(theirs).toBeGreaterThan(0);
  expect(theirs).toBeLessThanOrEqual(TURN_MS);
  sleep(theirs);
  expect(second.take()).toBe(0);
});

test('gives two turns at a time for four processors', () => {
  expect(takeTwo(open(4), open(4))).toEqual([0, 0]);
});

test('takes what nobody can have written for a turn that has ended', () => {
  const far = Buffer.alloc(16);
  far.writeDoubleLE(Number.MAX_VALUE);
  for (const bytes of [far, Buffer.alloc(16, 0xff), Buffer.alloc(3), Buffer.alloc(100_000, 0x41)]) {
    writeFileSync(join(folder, 'turns'), bytes);
    expect(open(2).take()).toBe(0);
  }
});

test('has no turns on a single processor', () => {
  expect(SpinTurns.open(join(folder, 'turns'), 1)).toBeUndefined();
});

test('has no turns where the file is none of its own', () => {
  writeFileSync(join(folder, 'theirs'), '');
  symlinkSync(join(folder, 'theirs'), join(folder, 'link'));
  mkdirSync(join(folder, 'folder'));
  for (const name of ['link', 'folder', 'missing/turns']) {
    expect(SpinTurns.open(join(folder, name), 2), name).toBeUndefined();
  }
  expect(statSync(join(folder, 'theirs')).size).toBe(0);
});
