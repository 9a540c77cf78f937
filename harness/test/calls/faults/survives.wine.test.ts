import { describe, expect, test as base } from 'dllparity';
import { basics } from '../../reference-dlls.ts';
import { expectOutcome } from './expect-outcome.ts';
import { besides, faultyFunction } from './faulty-dlls.ts';
import { survivors } from './kinds/survives.ts';
import { runtimeChecks } from './kinds/ends.ts';
import { testKinds } from './matrix.ts';
import { WAYS, misbehave } from './ways.ts';

// An agent of their own: folder, environment and locale stay changed.
const test = base.override('config', { environment: { TESTS: 'faults that are survived' } });

testKinds(test, [...survivors, ...runtimeChecks]);

const kindOf = (name: string) => survivors.find((kind) => kind.name === name)!;

describe('what is put right', () => {
  test('the x87 stack, for whoever uses it next', async ({ agent, load }) => {
    const { x87Quotient } = load(besides.float);
    for (const way of WAYS) {
      await misbehave(agent, kindOf('fill_x87_stack'), way);
      expect([x87Quotient(1, 4), await x87Quotient.async(1, 4)]).toEqual([0.25, 0.25]);
    }
  });

  test('rounding and denormals', ({ agent, load }) => {
    const { addDouble } = load(basics);
    faultyFunction(agent, kindOf('leave_flush_to_zero'))(-1);
    expect(addDouble(5e-324, 5e-324)).toBe(1e-323);
    faultyFunction(agent, kindOf('leave_rounding_mode'))(-1);
    expect(addDouble(1, 2 ** -60)).toBe(1);
  });
});

describe('what stays as the DLL left it', () => {
  test('the current folder and the environment', ({ agent, load }) => {
    const { folderIsChanged, environmentIsChanged } = load(besides.leftovers);
    faultyFunction(agent, kindOf('change_folder'))(-1);
    faultyFunction(agent, kindOf('change_environment'))(-1);
    expect([folderIsChanged(), environmentIsChanged()]).toEqual([1, 1]);
  });

  test('a lock that it held, and half an update', ({ agent, load }) => {
    const { lockIsHeld, halvesDiffer } = load(besides.leftovers);
    for (const name of ['fault_with_lock', 'fault_between_halves']) faultyFunction(agent, kindOf(name)).outcome(-1);
    expect([lockIsHeld(), halvesDiffer()]).toEqual([1, 1]);
  });
});

describe('ten thousand faults', () => {
  test('in one batch, between healthy cases, are told one by one', ({ agent }) => {
    const { generation } = agent;
    const kind = kindOf('read_wild');
    const count = 20_000;
    const batch = faultyFunction(agent, kind).batch(Array.from({ length: count }, (_, i) => [i % 2 ? -1 : i] as const));
    const wrong = Array.from({ length: count }, (_, i) => batch.outcome(i)).filter((outcome, i) =>
      i % 2
        ? outcome.kind !== 'faulted' ||
          outcome.fault.code !== 0xc0000005 ||
          outcome.fault.access?.address !== 0xdeadbee0n
        : outcome.kind !== 'returned' || outcome.result !== i + 1,
    );
    expect(wrong).toEqual([]);
    expectOutcome(batch.outcome(1), kind);
    expect(agent.generation).toBe(generation);
  });
});
