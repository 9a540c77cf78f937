// Calls leave nothing behind, neither in the agent's process nor in this one.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Agent, type Library, type Loaded, describe, expect, test } from 'dllparity';
import { memory } from '../../dlls/memory.ts';
import { records } from '../../dlls/records.ts';
import { basics } from '../../reference-dlls.ts';

const CALLS = 100_000;
/** After so many calls garbage is collected, in the warm-up too: V8 throws away in steps what it has compiled before. */
const STRETCH = 20_000;
/** Until what is made once is there. */
const WARM_UP = 3 * STRETCH;
const KIBIBYTE = 1024;
/**
 * What is no growth yet, in bytes: 2.6 for each call in this process, where 0.3 are usual, and 10 for each in the agent's, where none
 * are: its own Node gives and takes a little now and then.
 */
const TOLERATED = { heap: 256 * KIBIBYTE, outsideOfHeap: 256 * KIBIBYTE, agent: 1024 * KIBIBYTE } as const;

type Sizes = Record<keyof typeof TOLERATED, number>;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory that a process has for itself, in bytes. What it shares with this one is as large as it was at first. */
function privateBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid.toString()}/status`, 'utf8');
  const bytes = (name: string): number =>
    KIBIBYTE * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
  return bytes('RssAnon') + bytes('VmSwap');
}

function measure({ pid }: Agent): Sizes {
  // Code that has not run for a while goes only after several collections.
  for (let i = 0; i < 10; i++) collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, outsideOfHeap: external, agent: privateBytes(pid ?? 0) };
}

function growth(before: Sizes, after: Sizes): Sizes {
  const of = (name: keyof Sizes): number => after[name] - before[name];
  return { heap: of('heap'), outsideOfHeap: of('outsideOfHeap'), agent: of('agent') };
}

/** Five calls: of numbers, with a struct behind a pointer, for a text, with an array in and out, and with a callback. */
function fiveCalls(load: <L extends Library>(library: L) => Loaded<L>): (i: number) => void {
  const { add, callBack } = load(basics);
  const { move } = load(records);
  const { bubblesort, makeOwnText } = load(memory);
  const wrong = (what: string, i: number): never => {
    throw new Error(`${what} went wrong in round ${i.toString()}`);
  };
  return (i) => {
    if (add(i, 1) !== i + 1) wrong('add', i);
    const line = { from: { x: i, y: 0 }, to: { x: 0, y: 0 }, name: 'edge' };
    move(line, { x: 1, y: 0 });
    if (line.from.x !== i + 1) wrong('move', i);
    if (typeof makeOwnText(i) !== 'string') wrong('makeOwnText', i);
    const values = [3, 1, 2, i + 3];
    bubblesort(values, values.length);
    if (values[0] !== 1) wrong('bubblesort', i);
    if (callBack((n) => n + i, 1) !== i) wrong('callBack', i);
  };
}

describe('100,000 calls in one process', () => {
  test('leave no memory behind, in it and here', { timeout: 180_000 }, ({ agent, load }) => {
    agent.renew();
    const { generation } = agent;
    const round = fiveCalls(load);
    const after = (calls: number): Sizes => {
      let sizes = measure(agent);
      for (let call = 0; call < calls; call += STRETCH) {
        for (let i = 0; i < STRETCH / 5; i++) round(i);
        sizes = measure(agent);
      }
      return sizes;
    };
    const before = after(WARM_UP);
    const { callsInProcess } = agent;
    const grown = growth(before, after(CALLS));
    expect(agent.generation).toBe(generation);
    expect(agent.callsInProcess - callsInProcess).toBeGreaterThanOrEqual(CALLS);
    for (const name of Object.keys(TOLERATED) as (keyof Sizes)[])
      expect(grown[name], `${name} has grown by ${grown[name].toString()} bytes`).toBeLessThan(TOLERATED[name]);
  });

  test('would be seen to leave 100 bytes each', { timeout: 180_000 }, ({ agent, load }) => {
    agent.renew();
    const { makeSquares } = load(memory);
    const leak = (times: number): void => {
      // 25 integers that nobody gives back.
      for (let i = 0; i < times; i += 1000) makeSquares.batch(Array.from({ length: 1000 }, () => [24] as const));
    };
    leak(1000);
    const before = measure(agent);
    leak(CALLS);
    expect(growth(before, measure(agent)).agent).toBeGreaterThan(8 * TOLERATED.agent);
    agent.renew();
  });
});
