import { expect, type Outcome } from 'dllparity';
import type { Expected, Kind } from './kinds/kind.ts';

/** Fails unless the outcome of a call that misbehaved is the expected one, in everything that the expectation names. */
export function expectOutcome(outcome: Outcome | undefined, expected: Expected, kind: Pick<Kind, 'dll'>): void {
  expect(outcome).toMatchObject(patternOf(outcome, expected, kind));
  if (outcome?.kind !== 'faulted' || expected.kind !== 'faulted') return;
  const module = expected.module === undefined ? `${kind.dll}.dll` : expected.module;
  expect(outcome.fault.module?.path.split('\\').at(-1)?.toLowerCase() ?? null).toBe(module);
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
      return { kind: 'timed-out', ...(looks ? { thread: { state: expect.toBeOneOf([...expected.thread]) as unknown } } : {}) };
    }
    case 'returned': {
      const { result, fpuChanged } = expected;
      return { kind: 'returned', result, fpuChanged: fpuChanged ?? false };
    }
    case 'either':
      return patternOf(outcome, expected.of.find((one) => isExpected(outcome, one, kind)) ?? expected.of[0]!, kind);
  }
}
