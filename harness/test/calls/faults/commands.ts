// Commands for random sequences: healthy calls of several DLLs, each with the result it must have, and misbehaviour in the four ways.
import fc from 'fast-check';
import { type Agent, expect, library } from 'dllparity';
import { basics, calls, misbehave as counting } from '../../reference-dlls.ts';
import { state } from '../../dlls/state.ts';
import { expectOutcome, lossesAfter } from './expect-outcome.ts';
import type { Kind } from './kinds/kind.ts';
import { misbehave, type Way, WAYS } from './ways.ts';

/** What is known of the process without asking it. */
export interface Model {
  /** Number of the process in which the next call is made. */
  generation: number;
  /** How often `count_up` was called there: a variable of the DLL. */
  count: number;
}

export type Command = fc.AsyncCommand<Model, Agent>;

const crt = library('msvcrt.dll', {
  qsort: 'void qsort(void *base, size_t number, size_t width, int (__cdecl *compare)(const void *, const void *))',
});

/** A healthy call, which is always possible. `check` fails unless its result is the only right one. */
function healthy(text: string, check: (agent: Agent, model: Model) => void | Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, agent) => {
      await check(agent, model);
      expect(agent.generation).toBe(model.generation);
    },
    toString: () => text,
  };
}

const add = fc.tuple(fc.integer(), fc.integer()).map(([a, b]) =>
  healthy(`add(${a.toString()}, ${b.toString()})`, (agent) => {
    expect(agent.load(basics).add(a, b)).toBe((a + b) | 0);
  }),
);

const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) =>
  healthy(`lengths of ${JSON.stringify(value)}`, (agent) => {
    const { length, wideLength } = agent.load(basics);
    const untilNul = value.split('\0')[0] ?? '';
    expect([length(untilNul), wideLength(untilNul)]).toEqual([Buffer.byteLength(untilNul), untilNul.length]);
  }),
);

// Far from the ends of the range: 32-bit code computes with larger exponents.
const weight = fc.integer().map((n) => n / 256);

const struct = fc.tuple(weight, fc.integer(), fc.integer({ min: -128, max: 127 })).map(([weight, count, letter]) =>
  healthy(`make_record(${weight.toString()}, ...)`, (agent) => {
    const record = agent.load(calls).makeRecord(weight, count, letter, 0.5);
    expect(record).toEqual({ weight, count, letter, factor: 0.5 });
    expect(agent.load(calls).weighRecord(record)).toBe(weight * count * 0.5 + letter);
  }),
); // prettier-ignore

const sort = fc.array(fc.integer(), { minLength: 2, maxLength: 12 }).map((numbers) =>
  healthy(`qsort of ${numbers.length.toString()}`, (agent) => {
    const memory = Int32Array.from(numbers);
    agent.load(crt).qsort(memory, memory.length, 4, (a, b) => {
      if (!a || !b) throw new Error('qsort passed null');
      return Math.sign(a.read('int') - b.read('int'));
    });
    expect([...memory]).toEqual([...numbers].sort((a, b) => a - b));
  }),
);

const batch = fc.array(fc.tuple(fc.double(), fc.double()), { minLength: 1, maxLength: 20 }).map((pairs) =>
  healthy(`a batch of ${pairs.length.toString()}`, (agent) => {
    const sums = agent.load(basics).addDouble.batch(pairs);
    pairs.forEach(([a, b], i) => expect(sums.outcome(i)).toMatchObject({ kind: 'returned', result: a + b }));
  }),
);

const errors = fc.tuple(fc.nat(), fc.nat({ max: 1000 })).map(([error, number]) =>
  healthy(`errors ${error.toString()} and ${number.toString()}`, (agent) => {
    const { setError, getError, setErrno } = agent.load(state);
    expect(setErrno.outcome(number)).toMatchObject({ kind: 'returned', errno: number });
    expect(setError.outcome(error)).toMatchObject({ kind: 'returned', errno: 0, lastError: error });
    expect(getError()).toBe(error);
  }),
);

const asynchronous = fc.array(fc.integer(), { minLength: 1, maxLength: 4 }).map((numbers) =>
  healthy(`${numbers.length.toString()} asynchronous calls`, async (agent) => {
    const { add: sum } = agent.load(basics);
    expect(await Promise.all(numbers.map((n) => sum.async(n, 1)))).toEqual(numbers.map((n) => (n + 1) | 0));
  }),
);

const count = fc.constant(
  healthy('count_up()', (agent, model) => {
    expect(agent.load(counting).countUp()).toBe(++model.count);
  }),
);

/** Misbehaviour, with the right outcome. It costs the process exactly when it says so. */
function misbehaviour(kind: Kind, way: Way): Command {
  return {
    check: () => true,
    run: async (model, agent) => {
      const outcome = await misbehave(agent, kind, way);
      expectOutcome(outcome, kind);
      // The next call has another process; and so had this one when cases of a batch came after it.
      const losses = lossesAfter(outcome, kind, way);
      if (losses.length > 1) agent.load(basics).add(1, 1);
      const lost = losses.length > 1 ? agent.generation - model.generation : (losses[0] ?? 0);
      expect(losses).toContain(lost);
      if (lost === 0) expect(agent.generation).toBe(model.generation);
      else model.count = 0;
      model.generation += lost;
    },
    toString: () => `${kind.name} ${way}`,
  };
}

/** The model of an agent as it is now. */
export function modelOf(agent: Agent): Model {
  const count = agent.load(counting).countUp();
  return { generation: agent.generation, count };
}

/** Random sequences of healthy calls and misbehaviour of these kinds. */
export function commandsWith(kinds: readonly Kind[], maxCommands: number) {
  const faults = fc
    .tuple(fc.constantFrom(...kinds), fc.constantFrom(...WAYS))
    .map(([kind, way]) => misbehaviour(kind, way));
  return fc.commands([add, text, struct, sort, batch, errors, asynchronous, count, faults, faults, faults, faults], {
    maxCommands,
    size: 'max',
  });
}
