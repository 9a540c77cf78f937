import fc from 'fast-check';
import { type Agent, expect, test as base } from 'dllparity';
import { commandsWith, modelOf } from './commands.ts';
import { expectedHere } from './expect-outcome.ts';
import { damages } from './kinds/damages.ts';
import { ends, endsOfRuntimes, runtimeChecks } from './kinds/ends.ts';
import { hangs } from './kinds/hangs.ts';
import { survivors } from './kinds/survives.ts';
import { isThere } from './matrix.ts';

/** Sequences whose faults the process survives: a recovery takes microseconds. */
const SEQUENCES = 1000;
/** Sequences with faults that cost the process: the default is what a few seconds allow. */
const COSTLY_SEQUENCES = Number(process.env['DLLPARITY_FAULT_SEQUENCES'] || 12);

const test = base.override('config', { environment: { TESTS: 'sequences' } });
const hasty = base.override('config', { callTimeoutMs: 400 });

const inProcess = [...survivors, ...runtimeChecks].filter((kind) => expectedHere(kind).kind !== 'exited');
/** Of those that leave doubts the ones whose damage is to nothing but the call. */
const doubtful = damages.filter(({ name }) =>
  ['execute_unmapped', 'overflow_stack', 'smash_return_address'].includes(name),
);

/** Commands that were run, to see that it were as many as should be. */
async function runSequences(agent: Agent, commands: ReturnType<typeof commandsWith>, numRuns: number): Promise<number> {
  let sequences = 0;
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      sequences++;
      await fc.asyncModelRun(() => ({ model: modelOf(agent), real: agent }), sequence);
    }),
    { numRuns, endOnFailure: true },
  );
  return sequences;
}

test(`${SEQUENCES.toString()} random sequences of faults between healthy calls`, async ({ agent }) => {
  const kinds = inProcess.filter((kind) => isThere(agent, kind));
  const { generation } = agent;
  expect(await runSequences(agent, commandsWith(kinds, 12), SEQUENCES)).toBe(SEQUENCES);
  expect(agent.generation).toBe(generation);
});

hasty(
  `${COSTLY_SEQUENCES.toString()} random sequences of faults that cost the process, between healthy calls`,
  async ({ agent }) => {
    const all = [...inProcess, ...ends, ...endsOfRuntimes, ...hangs, ...doubtful];
    const kinds = all.filter((kind) => isThere(agent, kind));
    expect(await runSequences(agent, commandsWith(kinds, 8), COSTLY_SEQUENCES)).toBe(COSTLY_SEQUENCES);
  },
  60_000 + COSTLY_SEQUENCES * 10_000,
);
