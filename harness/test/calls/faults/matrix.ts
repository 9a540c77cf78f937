// Tests of kinds, each in the four ways, each followed by healthy calls.
import { type Agent, describe, expect, type Outcome, type test as baseTest } from 'dllparity';
import { expectedHere, expectOutcome, lossesAfter } from './expect-outcome.ts';
import { besides, faultyFunction } from './faulty-dlls.ts';
import type { Expected, Kind } from './kinds/kind.ts';
import { expectHealth, misbehave, type Way, WAYS } from './ways.ts';

interface MatrixOptions {
  /** The process may be replaced though the call came back; and if it is not, it is ended, so that the next kind finds a sound one. */
  readonly damages?: boolean;
  /** The ways in which each kind of the list is tested. @default all */
  readonly waysOf?: (kind: number) => readonly Way[];
  /** What has to hold of the outcomes of a kind together. */
  readonly together?: {
    readonly title: string;
    check(outcomes: readonly (Outcome | undefined)[], expected: Expected): void;
  };
}

export function testKinds(
  test: typeof baseTest,
  kinds: readonly Kind[],
  { damages = false, waysOf = () => WAYS, together }: MatrixOptions = {},
): void {
  for (const [index, kind] of kinds.entries()) {
    const expected = expectedHere(kind);
    describe(kind.name, () => {
      const outcomes: (Outcome | undefined)[] = [];
      for (const way of waysOf(index)) {
        test(`${way}: ${describeExpected(expected)}`, async ({ agent, skip }) => {
          skip(!isThere(agent, kind), `there is no ${kind.needs ?? ''}`);
          expectHealth(agent, kind);
          const { generation } = agent;
          const outcome = await misbehave(agent, kind, way);
          expectOutcome(outcome, kind);
          outcomes.push(outcome);
          expectHealth(agent, kind);
          const lost = agent.generation - generation;
          if (!damages) expect(lost).toBeOneOf([...lossesAfter(outcome, kind, way)]);
          else if (lost === 0) endProcess(agent);
        });
      }
      if (together) {
        test(together.title, () => {
          together.check(outcomes, expected);
        });
      }
    });
  }
}

/** Whether the DLL that the kind is about can be loaded. */
export function isThere(agent: Agent, { needs }: Kind): boolean {
  return needs === undefined || agent.load(besides.ends).hasDll(needs) === 1;
}

/** The next call has a new process. */
export function endProcess(agent: Agent): void {
  expect(faultyFunction(agent, { dll: 'faults_ends', name: 'terminate_process', expected: { kind: 'exited', code: 'any' } }).outcome(-1).kind).toBe('exited'); // prettier-ignore
}

function describeExpected(expected: Expected): string {
  const hex = (value: number): string => `0x${value.toString(16).toUpperCase()}`;
  switch (expected.kind) {
    case 'faulted':
      return `faulted with ${hex(expected.code)}`;
    case 'exited':
      return `exited with ${typeof expected.code === 'number' ? hex(expected.code) : 'a signal'}`;
    case 'timed-out':
      return `timed out, ${expected.thread.join(' or ')}`;
    case 'returned':
      return 'returned';
    case 'either':
      return expected.of.map(describeExpected).join(' or ');
  }
}
