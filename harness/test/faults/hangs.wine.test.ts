import { expect, test as base } from 'dllparity';
import { hangs } from './kinds/hangs.ts';
import { testKinds } from './matrix.ts';

testKinds(base.override('config', { callTimeoutMs: 250 }), hangs, {
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
