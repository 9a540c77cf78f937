import { expect, test as base } from 'dllparity';
import { hangs, hangsInWindows } from './kinds/hangs.ts';
import { testKinds } from './matrix.ts';
import { costlyWays } from './ways.ts';

for (const [callTimeoutMs, kinds] of [
  [250, hangs],
  [2000, hangsInWindows],
] as const) {
  testKinds(base.override('config', { callTimeoutMs }), kinds, {
    // Of a thread of the pool nobody may be told the state, and it has to be told once.
    waysOf: (kind) => costlyWays(kind, ['synchronously', 'in a batch', 'inside a callback']),
    together: {
      title: 'what the thread was doing is told',
      check: (outcomes, expected) => {
        // On a busy machine the agent may not say so in time, and of threads of the pool it never does: once is enough.
        const states = outcomes.map((outcome) => (outcome?.kind === 'timed-out' ? outcome.thread.state : undefined));
        const wanted: readonly unknown[] = expected.kind === 'timed-out' ? expected.thread : [];
        expect(
          states.filter((state) => wanted.includes(state)),
          states.join(),
        ).not.toEqual([]);
      },
    },
  });
}
