import { expect, type Outcome } from 'dllparity';
import { describeOutcome } from '../../call/outcome.ts';
import type { Expected, Kind } from './kinds/kind.ts';

const STACK_OVERFLOW = 0xc00000fd;

/** Fails unless the outcome of a call that misbehaved is the expected one, in everything that the expectation names. */
export function expectOutcome(outcome: Outcome | undefined, expected: Expected, kind: Pick<Kind, 'dll'>): void {
  const told = outcome ? describeOutcome(outcome) : 'was not called';
  expect(outcome, told).toMatchObject(patternOf(outcome, expected, kind));
  if (outcome?.kind !== 'faulted' || expected.kind !== 'faulted') return;
  const { fault } = outcome;
  const module = expected.module === undefined ? `${kind.dll}.dll` : expected.module;
  expect(fault.module?.path.split('\\').at(-1)?.toLowerCase() ?? null).toBe(module);
  const tainted = expected.tainted ?? (expected.code === STACK_OVERFLOW || module === null || module === 'ntdll.dll');
  const doubts = doubtsOf(fault);
  if (doubts !== undefined) expect(doubts, told).toBe(tainted);
}

/** Whether the harness doubts the process after this fault, and makes the next call in another; undefined when it does not say. */
export function doubtsOf(fault: object): boolean | undefined {
  const tainted: unknown = 'tainted' in fault ? fault.tainted : undefined;
  return Array.isArray(tainted) ? tainted.length > 0 : (tainted as boolean | undefined);
}

/** Whether it would do. */
export function isExpected(outcome: Outcome | undefined, expected: Expected, kind: Pick<Kind, 'dll'>): boolean {
  try {
    expectOutcome(outcome, expected, kind);
    return true;
  } catch {
    return false;
  }
}

function patternOf(outcome: Outcome | undefined, expected: Expected, kind: Pick<Kind, 'dll'>): object {
  switch (expected.kind) {
    case 'faulted': {
      const { code, access } = expected;
      return { kind: 'faulted', fault: access === 'any' ? { code } : { code, access: access ?? null } };
    }
    case 'exited':
      if (expected.code === 'any') return { kind: 'exited' };
      return { kind: 'exited', code: expected.code, signal: expected.signal ?? null };
    case 'timed-out': {
      // Not every version of the harness looks at the thread.
      const looks = outcome && 'thread' in outcome;
      return {
        kind: 'timed-out',
        ...(looks ? { thread: { state: expect.toBeOneOf([...expected.thread]) as unknown } } : {}),
      };
    }
    case 'returned': {
      const { result, fpuChanged } = expected;
      return { kind: 'returned', result, fpuChanged: fpuChanged ?? false };
    }
    case 'either':
      return patternOf(outcome, expected.of.find((one) => isExpected(outcome, one, kind)) ?? expected.of[0]!, kind);
  }
}
