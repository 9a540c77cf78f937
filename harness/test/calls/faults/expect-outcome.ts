import { expect, type Outcome } from 'dllparity';
import { describeOutcome, type Fault } from '../../../calls/marshal/outcome.ts';
import { installation } from '../../reference-dlls.ts';
import { type Expected, expectedOn, type Kind } from './kinds/kind.ts';
import type { Way } from './ways.ts';

const STACK_OVERFLOW = 0xc00000fd;

/** What has to become of a call of the kind on the runtime of this run. */
export function expectedHere(kind: Kind): Expected {
  return expectedOn(kind, installation.id);
}

/** Fails unless the outcome of a call that misbehaved is the expected one, in everything that the table says of it. */
export function expectOutcome(outcome: Outcome | undefined, kind: Kind): void {
  const told = outcome ? describeOutcome(outcome) : 'was not called';
  const expected = expectedHere(kind);
  const one = expected.kind === 'either' ? expected.of.find((each) => each.kind === outcome?.kind) : expected;
  expect(outcome, told).toMatchObject(patternOf(one ?? expected));
  if (outcome?.kind === 'faulted' && one?.kind === 'faulted') expectPlace(outcome.fault, one, kind, told);
}

function expectPlace(fault: Fault, expected: Expected & { kind: 'faulted' }, { dll }: Kind, told: string): void {
  const module = expected.module === undefined ? `${dll}.dll` : expected.module;
  expect(fault.module?.path.split('\\').at(-1)?.toLowerCase() ?? null, told).toBe(module);
  const tainted = expected.code === STACK_OVERFLOW || module === null || module === 'ntdll.dll';
  expect(fault.tainted.length > 0, told).toBe(tainted);
}

/** How many processes the agent has lost by the next call: one of these numbers. */
export function lossesAfter(outcome: Outcome | undefined, { isRepeated }: Kind, way: Way): readonly number[] {
  if (outcome?.kind === 'returned') return [0];
  if (outcome?.kind === 'faulted') return [outcome.fault.tainted.length > 0 ? 1 : 0];
  // A thread of the pool that has ended leaves the others to go on, when it is noticed.
  if (outcome?.kind === 'timed-out' && way === 'asynchronously' && outcome.thread.state === 'exited') return [0, 1];
  return isRepeated ? [1, 2] : [1];
}

function patternOf(expected: Expected): object {
  switch (expected.kind) {
    case 'faulted': {
      const { code, access } = expected;
      return { kind: 'faulted', fault: access === 'any' ? { code } : { code, access: access ?? null } };
    }
    case 'exited':
      if (expected.code === 'any') return { kind: 'exited' };
      return { kind: 'exited', code: expected.code, signal: expected.signal ?? null };
    case 'timed-out':
      // Never a wrong state; that somebody is told one at all, the tests of hangs see to.
      return { kind: 'timed-out', thread: { state: expect.toBeOneOf([...expected.thread, 'unknown']) as unknown } };
    case 'returned': {
      const { result, fpuChanged } = expected;
      return { kind: 'returned', result, fpuChanged: fpuChanged ?? false };
    }
    case 'either':
      return { kind: expect.toBeOneOf(expected.of.map(({ kind }) => kind)) as unknown };
  }
}
