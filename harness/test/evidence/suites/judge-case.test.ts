import { describe, expect, it } from 'vitest';
import type { RecordedOutcome } from '../../../evidence/baseline/baseline.ts';
import { exact, ulp } from '../../../evidence/compare/comparator.ts';
import type { Json } from '../../../evidence/compare/json.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';
import { judgeCase } from '../../../evidence/suites/judge-case.ts';
import type { Observed } from '../../../evidence/suites/observed.ts';
import { library } from '../../../types/declare/library.ts';

const lib = library('some.dll', {
  twice: 'double twice(double x)',
  half: 'float half(float x)',
  copy: 'char *copy(_Out_ char *to, const char *from)',
});
const returned = (fields: Record<string, Json>): RecordedOutcome & Observed => ({ kind: 'returned', fields });

function judge(
  expected: RecordedOutcome,
  seen: Observed,
  fn: keyof typeof lib & string = 'twice',
  comparator = exact(),
) {
  return judgeCase(functionBehaviour(lib[fn]), comparator, expected, seen);
}

describe('two returns', () => {
  it('match when all fields do', () => {
    expect(judge(returned({ result: 1, errno: 34 }), returned({ errno: 34, result: 1 }))).toEqual({ verdict: 'match', difference: null });
    expect(judge(returned({ result: 0 }), returned({ result: '-0' })).verdict).toBe('match');
  }); // prettier-ignore

  it('diverge with the distance when numbers differ', () => {
    expect(judge(returned({ result: 1 }), returned({ result: 1 + 3 * Number.EPSILON }))).toEqual({
      verdict: 'divergence',
      difference: { summary: 'result differs by 3 ulp', fields: ['result'], ulp: '3' },
    });
    expect(judge(returned({ result: 1 }), returned({ result: 1 + 2 ** -23 }), 'half').difference?.ulp).toBe('1');
  });

  it('diverge without a distance when one is no finite number', () => {
    const { verdict, difference } = judge(returned({ result: 1 }), returned({ result: 'nan' }));
    expect([verdict, difference?.summary, difference?.ulp]).toEqual(['divergence', 'result differs', undefined]);
  });

  it('are tolerated within the bounds of the comparator', () => {
    const seen = returned({ result: 1 + Number.EPSILON });
    expect(judge(returned({ result: 1 }), seen, 'twice', ulp(1))).toMatchObject({ verdict: 'tolerated', difference: { ulp: '1' } });
  }); // prettier-ignore

  it('diverge in what differs too much, whatever else is tolerated', () => {
    const seen = returned({ result: 1 + Number.EPSILON, errno: 33 });
    expect(judge(returned({ result: 1, errno: 34 }), seen, 'twice', ulp(1))).toMatchObject({
      verdict: 'divergence',
      difference: { fields: ['errno'] },
    });
  });

  it('diverge when only one sets errno, and match when both leave it', () => {
    expect(judge(returned({ result: 1, errno: 34 }), returned({ result: 1 })).difference?.fields).toEqual(['errno']);
    expect(judge(returned({ result: 1 }), returned({ result: 1, errno: 34 })).difference?.fields).toEqual(['errno']);
    expect(judge(returned({ result: 1 }), returned({ result: 1 })).verdict).toBe('match');
  });

  it('diverge with the place where texts differ', () => {
    const [expected, seen] = [returned({ to: 'hello world', result: null }), returned({ to: 'hello, world', result: null })];
    expect(judge(expected, seen, 'copy').difference).toEqual({ summary: 'to differs at character 5', fields: ['to'], offset: 5 });
    expect(judge(returned({ to: 'ab' }), returned({ to: 'abc' }), 'copy').difference?.offset).toBe(2);
  }); // prettier-ignore

  it('diverge with the element where lists differ', () => {
    expect(judge(returned({ order: [1, 2, 3] }), returned({ order: [1, 2, 4] })).difference).toMatchObject({
      offset: 2,
    });
    expect(judge(returned({ order: [1, 2] }), returned({ order: [1, 2, 4] })).difference).toMatchObject({ offset: 2 });
    expect(judge(returned({ order: [1, { a: 1 }] }), returned({ order: [1, { a: 1 }] })).verdict).toBe('match');
  });

  it('tell a null pointer from one into an argument, and from 0', () => {
    const into = returned({ result: { in: 'to', offset: 0 } });
    expect(judge(returned({ result: null }), into, 'copy').verdict).toBe('divergence');
    expect(judge(into, returned({ result: { in: 'to', offset: 1 } }), 'copy').verdict).toBe('divergence');
    expect(judge(into, into, 'copy').verdict).toBe('match');
    expect(judge(returned({ result: null }), returned({ result: 0 }), 'copy').verdict).toBe('divergence');
    expect(judge(returned({ value: null }), returned({}), 'copy').verdict).toBe('divergence');
  });
});

describe('other outcomes', () => {
  const fault = (code: number): RecordedOutcome & Observed => ({ kind: 'faulted', code });
  const exit = (code: number | null): RecordedOutcome & Observed => ({ kind: 'exited', code });

  it.each<[string, RecordedOutcome, Observed, string, string | undefined]>([
    ['the same fault', fault(5), fault(5), 'match', undefined],
    ['the same exit', exit(3), exit(3), 'match', undefined],
    ['another fault', fault(5), fault(6), 'fault', 'both fault, with different codes'],
    ['another exit', exit(3), exit(null), 'fault', 'both end the process, with different codes'],
    ['a fault where Microsoft returns', returned({}), fault(5), 'fault', 'Microsoft returns, this runtime faults'],
    ['a return where Microsoft faults', fault(5), returned({}), 'divergence', 'Microsoft faults, this runtime returns'],
    ['an exit where Microsoft faults', fault(3), exit(3), 'fault', 'Microsoft faults, this runtime ends the process'],
    ['no end where Microsoft returns', returned({}), { kind: 'timed-out' }, 'timeout', 'Microsoft returns, this runtime does not'],
    ['no end where Microsoft faults', fault(5), { kind: 'timed-out' }, 'timeout', 'Microsoft faults, this runtime does not return'],
    ['a function that is not there', returned({}), { kind: 'not-callable' }, 'unsupported', undefined],
  ])('%s', (_what, expected, seen, verdict, summary) => {
    const judged = judge(expected, seen);
    expect([judged.verdict, judged.difference?.summary]).toEqual([verdict, summary]);
  }); // prettier-ignore
});
