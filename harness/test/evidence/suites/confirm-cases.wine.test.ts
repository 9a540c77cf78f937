import { describe, expect, fc, test as base } from 'dllparity';
import type { Agent } from '../../../calls/agent/agent.ts';
import type { Baseline, BaselineCase, RecordedOutcome } from '../../../evidence/baseline/baseline.ts';
import { exact } from '../../../evidence/compare/comparator.ts';
import { type Behaviour, functionBehaviour, scriptBehaviour } from '../../../evidence/suites/behaviour.ts';
import { compareSuite, type Compared } from '../../../evidence/suites/compare-suite.ts';
import { failureText } from '../../../evidence/suites/failure-text.ts';
import { runtimeRecord } from '../../../evidence/suites/runtime-record.ts';
import type { Suite } from '../../../evidence/suites/suite.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { KnownIndex } from '../../../evidence/known/known-index.ts';
import { threads } from '../../dlls/threads.ts';
import { calls, HOW, misbehave } from '../../reference-dlls.ts';

/** An agent of this file's own: its processes are given up. */
const test = base.extend('mortal', { scope: 'file' }, async ({ config }, { onCleanup }) => {
  const agent = await bootForWorker({ ...config, callTimeoutMs: 1000 });
  onCleanup(() => agent.close());
  return agent;
});

type Expected = readonly [inputs: BaselineCase['inputs'], outcome: RecordedOutcome];

const returns = (result: number): RecordedOutcome => ({ kind: 'returned', fields: { result } });

function suiteOf(behaviour: Behaviour): Suite {
  const generator = { always: () => [], arbitrary: fc.tuple(), runs: 1 };
  return { name: 'some.dll/some', title: 'some', behaviour, generator, comparator: exact(), file: '/p/s.test.ts', line: 1 };
} // prettier-ignore

/** What a run says when a baseline expects this. */
function compare(agent: Agent, behaviour: Behaviour, cases: readonly Expected[]): Compared & { readonly text: string } {
  const suite = suiteOf(behaviour);
  const baseline = {
    file: '/p/baselines/some.yaml',
    head: { digest: '', provenance: {} },
    cases: cases.map(([inputs, outcome], index) => ({ id: `case${index.toString()}`, inputs, outcome, line: index })),
  } as unknown as Baseline;
  const known = new KnownIndex([], runtimeRecord(agent));
  const compared = compareSuite({
    suite,
    agent,
    runtime: runtimeRecord(agent),
    baseline,
    others: [],
    known,
    strict: true,
    root: '/p',
  });
  return { ...compared, text: failureText(suite, compared, baseline.file) };
}

describe('a case that faults, exits or hangs where Microsoft’s did not', () => {
  test('is that, confirmed, when it does so in a fresh process too', ({ mortal }) => {
    const { cases, text } = compare(mortal, functionBehaviour(misbehave.maybe), [
      [[1, HOW.return], returns(2)],
      [[2, HOW.crash], returns(4)],
      [[3, HOW.exit], returns(6)],
      [[4, HOW.sleep], returns(8)],
      [[5, HOW.return], returns(10)],
    ]);
    expect(cases.map(({ verdict }) => verdict)).toEqual(['match', 'fault', 'fault', 'timeout', 'match']);
    expect(cases.map(({ detail }) => detail?.confirmed)).toEqual([undefined, true, true, true, undefined]);
    expect(cases.some(({ carriedOver }) => carriedOver !== undefined)).toBe(false);
    expect(text).toContain('the same in a fresh process');
  });

  test('is judged by the fresh process when that has another outcome, and says what was carried over', ({ mortal }) => {
    mortal.renew();
    mortal.load(misbehave).arm();
    const { cases, record, failing } = compare(mortal, functionBehaviour(misbehave.fire), [
      [[5], returns(5)],
      [[6], returns(6)],
    ]);
    expect(failing).toEqual([]);
    expect(record.totals).toMatchObject({ match: 2, fault: 0 });
    expect(cases[0]?.carriedOver).toMatch(
      /^state carried over: after 1 call of its process faulted: STATUS_ACCESS_VIOLATION/,
    );
    expect(cases[1]?.carriedOver).toContain('after 2 calls of its process faulted');
    expect(cases[0]?.detail?.actual?.fields).toMatchObject([{ name: 'result', value: { text: '5' } }]);
  }); // prettier-ignore

  test('diverges when the fresh outcome does, and the failure has both', ({ mortal }) => {
    mortal.load(misbehave).arm();
    const { cases, text } = compare(mortal, functionBehaviour(misbehave.fire), [[[5], returns(6)]]);
    expect(cases).toMatchObject([{ verdict: 'divergence' }]);
    expect(text).toMatch(/result differs.*\n.*state carried over: after \d+ calls? .*; this is the outcome in a fresh one/);
  }); // prettier-ignore

  test('is not run again when Microsoft’s did so too, nor when its process was fresh', ({ mortal }) => {
    mortal.renew();
    const { generation } = mortal;
    const fault: RecordedOutcome = { kind: 'faulted', code: 0xc0000005 };
    const { cases } = compare(mortal, functionBehaviour(misbehave.fire), [[[1], returns(1)]]);
    expect(cases).toMatchObject([{ verdict: 'match' }]);
    mortal.load(misbehave).arm();
    expect(compare(mortal, functionBehaviour(misbehave.fire), [[[1], fault]]).cases).toMatchObject([{ verdict: 'match' }]);
    expect(mortal.generation).toBe(generation);
    mortal.renew();
    const first = compare(mortal, functionBehaviour(misbehave.maybe), [[[1, HOW.crash], returns(1)]]);
    expect(first.cases).toMatchObject([{ verdict: 'fault', detail: { confirmed: true } }]);
    expect(mortal.generation).toBe(generation + 1);
  }); // prettier-ignore

  test('shares a fresh process with others, when they are many', ({ mortal }) => {
    mortal.renew();
    mortal.load(misbehave).arm();
    const { generation } = mortal;
    const cases = Array.from({ length: 30 }, (_, i): Expected => [[i], returns(i)]);
    const compared = compare(mortal, functionBehaviour(misbehave.fire), cases);
    expect(compared.record.totals.match).toBe(30);
    expect(compared.cases.filter(({ carriedOver }) => carriedOver !== undefined)).toHaveLength(30);
    expect(mortal.generation).toBe(generation + 21);
  });

  test('stays what it is when a script cannot be run in another process', ({ mortal }) => {
    mortal.renew();
    const { echoPointer, repeat } = mortal.load(calls);
    repeat(65, 1);
    const kept = mortal.pointer(mortal.buffer(8).pointer.address);
    const script = scriptBehaviour(misbehave, 'input', (loaded) => {
      echoPointer(kept);
      return { result: loaded.crashRead(0) };
    });
    const { cases } = compare(mortal, script, [[[1], returns(1)]]);
    expect(cases).toMatchObject([{ verdict: 'fault' }]);
    expect(cases[0]?.detail?.confirmed).toBeUndefined();
  });

  test('in a script: the script is run again as a whole', ({ mortal }) => {
    mortal.renew();
    mortal.load(misbehave).arm();
    const script = scriptBehaviour(misbehave, 'input', ({ fire }) => ({ result: fire(7) }));
    const { cases } = compare(mortal, script, [[[1], returns(7)]]);
    expect(cases).toMatchObject([{ verdict: 'match', carriedOver: expect.stringContaining('after 1 call') as string }]);
  });
});

test('a death that comes after a call fails the suite and no case', ({ mortal }) => {
  mortal.renew();
  const script = scriptBehaviour(threads, 'input', ({ crashLater, slow }) => {
    crashLater(20);
    return { result: slow(7, 150) };
  });
  const { cases, record, failing, lateFaults, text } = compare(mortal, script, [[[1], returns(7)]]);
  expect(cases).toMatchObject([{ verdict: 'match' }]);
  expect(failing).toEqual([]);
  expect(lateFaults).toHaveLength(1);
  expect(record.lateFaults).toMatchObject([
    { suspects: [{ call: 'threads.dll!crash_later(20)', replayed: 'crashed again' }] },
  ]);
  expect(text).toContain('suspect: threads.dll!crash_later(20): crashed again');
  expect(mortal.lateFaults).toEqual([]);
});
