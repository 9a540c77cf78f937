import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test as base } from 'dllparity';
import { expectOutcome } from './expect-outcome.ts';
import { late } from './kinds/damages.ts';
import { costlyWays, expectHealth, misbehave } from './ways.ts';

const test = base.override('config', { callTimeoutMs: 5000 });

/** Longer than the DLL waits before it ends the process. */
const LATER_MS = 350;

for (const [index, kind] of late.entries()) {
  describe(kind.name, () => {
    for (const way of costlyWays(index)) {
      test(`${way}: comes back, and the process ends later`, async ({ agent }) => {
        expectHealth(agent, kind);
        const { generation } = agent;
        const outcome = await misbehave(agent, kind, way);
        // On a busy machine the end may come before the call has come back.
        if (outcome?.kind !== 'exited') expectOutcome(outcome, kind);
        await sleep(LATER_MS);
        expectHealth(agent, kind);
        // More than one, when the last calls were made again to find the cause.
        expect(agent.generation).toBeGreaterThan(generation);
        // A test at whose end they are not taken fails.
        const told = agent.takeLateFaults();
        if (outcome?.kind === 'returned') {
          const suspected = told.flatMap(({ suspects }) => suspects.map((suspect) => suspect.function));
          expect(suspected).toContain(`${kind.dll}.dll!${kind.name}`);
        }
      });
    }
  });
}
