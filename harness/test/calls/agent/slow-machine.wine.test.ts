// A machine that has others to run first: those who note how an agent has ended come late, and its outcome is what it would be.
import { readFileSync } from 'node:fs';
import { type Agent, describe, expect, library, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { referenceDll } from '../../reference-dlls.ts';
import { processesOf, signalLater } from './processes.ts';

const ends = library(referenceDll('faults_ends.dll'), {
  nothing: 'int exit_process_0(int value)',
  wide: 'int terminate_process(int value)',
});

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** The program that notes exit codes. */
function exitWatcherOf({ prefix }: Agent): number {
  const found = processesOf(prefix).find((pid) =>
    /dllparity-exit-watcher\.exe\0/.test(read(`/proc/${pid.toString()}/cmdline`)),
  );
  expect(found).toBeDefined();
  return found!;
}

/** The shell that waits for the agent. */
function shellOf({ pid }: Agent): number {
  const stat = read(`/proc/${pid!.toString()}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function hold(pid: number, milliseconds: number): void {
  process.kill(pid, 'SIGSTOP');
  signalLater(pid, 'CONT', milliseconds);
}

const CASES: readonly [number][] = [[10], [-1], [30]];

describe('an exit code comes', () => {
  for (const [who, find, heldMs] of [
    ['the exit watcher', exitWatcherOf, 500],
    ['the shell that waits for the agent', shellOf, 900],
  ] as const) {
    test(`whole, when ${who} is held up for ${heldMs.toString()} ms`, async () => {
      await using agent = await bootForWorker({ callTimeoutMs: 5000 });
      const { nothing, wide } = agent.load(ends);
      for (const [misbehaving, code] of [
        [nothing, 0],
        [wide, 0xc0de1234],
      ] as const) {
        hold(find(agent), heldMs);
        const batch = misbehaving.batch(CASES);
        expect(CASES.map((_, index) => batch.outcome(index))).toMatchObject([
          { kind: 'returned', result: 11 },
          { kind: 'exited', code, signal: null },
          { kind: 'returned', result: 31 },
        ]);
      }
    });
  }

  test('never, and nobody waits for it, when the exit watcher is gone', async () => {
    await using agent = await bootForWorker({ callTimeoutMs: 5000 });
    const { nothing } = agent.load(ends);
    process.kill(exitWatcherOf(agent), 'SIGKILL');
    const start = performance.now();
    expect(nothing.outcome(-1)).toMatchObject({ kind: 'exited', code: null, signal: null });
    expect(performance.now() - start).toBeLessThan(600);
  });
});
