import { setTimeout as sleep } from 'node:timers/promises';
import { type Agent, describe, expect, test as base } from 'dllparity';
import { expectOutcome } from './expect-outcome.ts';
import { faultyFunction } from './faulty-dlls.ts';
import { late } from './kinds/damages.ts';
import type { Kind } from './kinds/kind.ts';
import { expectHealth, misbehave, WAYS } from './ways.ts';

const test = base.override('config', { callTimeoutMs: 5000 });

/** Longer than the DLL waits before it ends the process. */
const LATER_MS = 350;

/** One call may have to say that the process is gone; it is not made by then. */
function expectHealthSoon(agent: Agent, kind: Kind): void {
  const first = faultyFunction(agent, kind).outcome(1);
  if (first.kind === 'returned') expect(first.result).toBe(2);
  else expect(first.kind).toBe('exited');
  expectHealth(agent, kind);
}

/** What is told of a late death, as far as it matters here. */
interface Told {
  readonly suspects: readonly { readonly function: string }[];
}

/** A harness that reports late deaths fails the test of which they came, unless they are taken. */
function takeLateFaults(agent: Agent & { takeLateFaults?: () => readonly Told[] }): readonly Told[] | undefined {
  return agent.takeLateFaults?.();
}

for (const kind of late) {
  describe(kind.name, () => {
    for (const way of WAYS) {
      test(`${way}: comes back, and the process ends later`, async ({ agent }) => {
        expectHealth(agent, kind);
        const { generation } = agent;
        const outcome = await misbehave(agent, kind, way);
        expectOutcome(outcome, kind, way);
        await sleep(LATER_MS);
        expectHealthSoon(agent, kind);
        // More than one, when the last calls were made again to find the cause.
        expect(agent.generation).toBeGreaterThan(generation);
        const told = takeLateFaults(agent);
        if (told && outcome?.kind === 'returned') {
          const suspected = told.flatMap(({ suspects }) => suspects.map((suspect) => suspect.function));
          expect(suspected).toContain(`${kind.dll}.dll!${kind.name}`);
        }
      });
    }
  });
}
