import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Crowd, WAITS } from '../../../calls/session/crowd.ts';
import { SpinTurns, TURN_MS } from '../../../calls/session/spin-turns.ts';
import { sleep } from '../../../machines/sleep.ts';

let folder = '';
let crowd: Crowd;
let other: SpinTurns;

function open(): SpinTurns {
  const turns = SpinTurns.open(join(folder, 'turns'), 2);
  if (turns === undefined) throw new Error('there are turns');
  return turns;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-test-'));
  other = open();
  crowd = new Crowd(open());
});

afterEach(() => {
  crowd.close();
  other.close();
  rmSync(folder, { recursive: true });
});

/** So many that the time between two looks is short for each of them. */
const MANY = 1_000_000;

/** A machine that stands still for longer than a turn makes another case of some. */
const RETRIES = 5;

test('spins as it finds best while spinning brings answers', () => {
  expect(crowd.review(MANY, MANY / 8)).toBe(WAITS.ADAPTING);
});

test('wants no turn for messages that are far apart', () => {
  sleep(20);
  expect(crowd.review(10, 10)).toBe(WAITS.ADAPTING);
});

test('takes a turn when spins fail, and stays in the crowd while turns bring answers', { retry: RETRIES }, () => {
  expect(crowd.review(MANY, MANY)).toBe(WAITS.IN_TURN);
  sleep(TURN_MS);
  expect(crowd.review(2 * MANY, MANY)).toBe(WAITS.IN_TURN);
});

test('blocks after a turn that brought nothing, and asks again later', { retry: RETRIES }, () => {
  expect(crowd.review(MANY, MANY)).toBe(WAITS.IN_TURN);
  sleep(TURN_MS);
  expect(crowd.review(2 * MANY, 2 * MANY)).toBe(WAITS.BLOCKING);
  sleep(TURN_MS);
  expect(crowd.review(3 * MANY, 2 * MANY)).toBe(WAITS.IN_TURN);
});

test('leaves the crowd when nobody else wants turns', { retry: RETRIES }, () => {
  let waits = crowd.review(MANY, MANY);
  for (let turns = 1; turns <= 10 && waits === WAITS.IN_TURN; turns++) {
    sleep(TURN_MS);
    waits = crowd.review((turns + 1) * MANY, MANY);
  }
  expect(waits).toBe(WAITS.ADAPTING);
});

test('leaves the crowd after a silence', () => {
  expect(crowd.review(MANY, MANY)).toBe(WAITS.IN_TURN);
  sleep(100);
  expect(crowd.review(MANY + 1, MANY + 1)).toBe(WAITS.ADAPTING);
});

test('waits for the turn of another, and takes the next one', { retry: RETRIES }, () => {
  other.take();
  const start = performance.now();
  expect(crowd.review(MANY, MANY)).toBe(WAITS.IN_TURN);
  expect(performance.now() - start).toBeGreaterThan(TURN_MS / 2);
});

test('counts messages beyond the end of an int32', () => {
  expect(crowd.review(2 ** 31 - 1, 0)).toBe(WAITS.ADAPTING);
  expect(crowd.review((2 ** 31 - 1 + MANY) | 0, MANY)).toBe(WAITS.IN_TURN);
});
