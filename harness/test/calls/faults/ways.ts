// The four ways to a function: by itself, among others in a batch, from a callback of another DLL, on a thread of the pool.
import { type Agent, expect, type Outcome } from 'dllparity';
import { basics, installation } from '../../reference-dlls.ts';
import { listRuntimes } from '../../../machines/installation.ts';
import { hasAllVariants, variantsHere } from '../../../../tools/test-runtimes/extent.ts';
import { faultyFunction } from './faulty-dlls.ts';
import type { Kind } from './kinds/kind.ts';

/** So that each runtime has another way. */
const runtimeNumber = listRuntimes().installed.indexOf(installation.id);

export const WAYS = ['synchronously', 'in a batch', 'inside a callback', 'asynchronously'] as const;
export type Way = (typeof WAYS)[number];

/** The ways of a kind that costs a process, by its place in the list: all, or one where not all variants are run. */
export function costlyWays(kind: number, ways: readonly Way[] = WAYS): readonly Way[] {
  return hasAllVariants ? WAYS : variantsHere(ways, kind + runtimeNumber);
}

/** Has the kind misbehave, and fails unless all that goes on around it is right. */
export async function misbehave(agent: Agent, kind: Kind, way: Way): Promise<Outcome | undefined> {
  const misbehaving = faultyFunction(agent, kind);
  switch (way) {
    case 'synchronously':
      return misbehaving.outcome(-1);
    case 'in a batch': {
      const batch = misbehaving.batch([[10], [20], [-1], [30], [40]]);
      const healthy = [0, 1, 3, 4].map((i) => batch.outcome(i));
      expect(healthy).toMatchObject([11, 21, 31, 41].map((result) => ({ kind: 'returned', result })));
      return batch.outcome(2);
    }
    case 'inside a callback':
      return insideCallback(agent, () => misbehaving.outcome(-1));
    case 'asynchronously':
      return misbehaving.asyncOutcome(-1);
  }
}

/** The DLL that calls back goes on afterwards, unless the process is gone, which its own outcome then says. */
function insideCallback(agent: Agent, call: () => Outcome): Outcome | undefined {
  let inner: Outcome | undefined;
  const outer = agent.load(basics).callBack.outcome((index) => {
    if (index === 1) inner = call();
    return 100 + index;
  }, 3);
  const survived = inner?.kind === 'returned' || inner?.kind === 'faulted';
  expect(outer).toMatchObject(survived ? { kind: 'returned', result: 303 } : { kind: 'exited' });
  return inner;
}

/** Fails unless a healthy call of the same DLL, and one of another, have the right results. */
export function expectHealth(agent: Agent, kind: Kind): void {
  const { add, wideLength } = agent.load(basics);
  expect([add(2, 3), wideLength('five!')]).toEqual([5, 5]);
  expect(faultyFunction(agent, kind)(7)).toBe(8);
}
