import { describe, expect, it } from 'vitest';
import { isCases, type DeclaredCause } from '../../../evidence/known/known-divergence.ts';
import { parseKnownDivergences } from '../../../evidence/known/read-known-divergences.ts';

const FILE = 'suites/x/known-divergences.yaml';
const HEAD = "reason: rounds otherwise\n  bug: none\n  wine: '>=8.0 <9.0 || >=10.0 <11.0'\n";
const entry = (fields: Record<string, string | undefined> = {}): string => {
  const all: Record<string, string | undefined> = {
    cause: 'nan-sets-errno',
    suite: 'a.dll/sin',
    when: '{ fields: [errno] }',
    cases: '3',
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`  ${name}: ${value}\n`]));
  return `- ${HEAD}${lines.join('')}`;
};
const parse = (text: string): DeclaredCause[] =>
  parseKnownDivergences(text, FILE).filter((each): each is DeclaredCause => !isCases(each));
const refusal = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('was accepted');
};

describe('a declared cause', () => {
  it('is read with its predicates and the number of its cases', () => {
    const [read] = parse(
      entry({
        always: 'true',
        when: "\n      inputs: { format: '%[0-9]*p', 1: 16, x: [{ at-least: 1e5 }, { at-most: -1e5 }] }\n      expected: { errno: 34 }\n      actual: faulted STATUS_ACCESS_VIOLATION\n      ulp: 2",
      }),
    );
    expect(read).toMatchObject({
      cause: 'nan-sets-errno',
      suites: ['a.dll/sin'],
      always: true,
      counts: [{ suite: 'a.dll/sin', numbers: [{ runtimes: undefined, cases: 3 }] }],
      when: {
        fields: undefined,
        expected: { fields: [{ name: 'errno' }] },
        actual: { kind: 'faulted', code: 0xc0000005 },
        ulp: 2,
      },
    });
    expect(read?.when.inputs.map((all) => all.map(({ name }) => name))).toEqual([['1', 'format', 'x']]);
  });

  it('says how many cases it covers, suite by suite and runtime by runtime', () => {
    const cases =
      "\n      a.dll/sin: 3\n      a.dll/cos: { x64: 4, ia32 >=10.0: 5 }\n      a.dll/tan: { '>=8.0 <9.0': 0, '>=9.0': 1 }";
    const [read] = parse(entry({ suite: undefined, cases }));
    expect(read?.suites).toEqual(['a.dll/sin', 'a.dll/cos', 'a.dll/tan']);
    expect(read?.counts.map(({ numbers }) => numbers.map((each) => each.cases))).toEqual([[3], [4, 5], [0, 1]]);
    expect(read?.counts[1]?.numbers[1]?.runtimes).toMatchObject({ architecture: 'ia32' });
    const [some] = parse(entry({ suite: undefined, suites: "['a.dll/*s']", cases: '{ a.dll/cos: 1 }' }));
    expect(some?.suites).toEqual(['a.dll/*s']);
  });

  it('may stand beside lists of ids, which may have a name too', () => {
    const ids = `- cause: last-bit\n  suite: a.dll/sin\n  ${HEAD}  cases: 12345678\n`;
    const read = parseKnownDivergences(`${ids}${entry()}`, FILE);
    expect(read.map((each) => [each.cause, isCases(each)])).toEqual([
      ['last-bit', true],
      ['nan-sets-errno', false],
    ]);
  });

  it.each([
    ['no name', entry({ cause: undefined }), /"cause" is missing/],
    ['a name with spaces', entry({ cause: 'a b' }), /"a b" is no name/],
    ['a name twice', entry() + entry(), /cause "nan-sets-errno" is already declared in line 1[^]*:11:10/],
    ['no reason yet', entry().replace('rounds otherwise', 'TODO'), /"TODO" is no reason/],
    ['nothing asked', entry({ when: '{}' }), /"when" is empty/],
    ['text in place of predicates', entry({ when: 'always' }), /"when" must be fields/],
    ['an unknown predicate', entry({ when: '{ field: [errno] }' }), /"field" is no predicate[^]*Did you mean "fields"/],
    ['no fields', entry({ when: '{ fields: [] }' }), /"fields" must be a list of names/],
    ['no inputs', entry({ when: '{ inputs: {} }' }), /"inputs" is empty/],
    ['no inputs in a list', entry({ when: '{ inputs: [] }' }), /"inputs" is empty/],
    ['an empty text', entry({ when: "{ inputs: { s: '' } }" }), /Nothing is asked[^]*'\^\$'/],
    ['a broken expression', entry({ when: "{ inputs: { s: '(' } }" }), /Invalid regular expression[^]*:6:24/],
    ['a long expression', entry({ when: `{ inputs: { s: '${'a'.repeat(1001)}' } }` }), /at most 1000 characters/],
    ['an unknown test', entry({ when: '{ inputs: { x: { least: 1 } } }' }), /"least" is nothing[^]*"at-least"/],
    ['a bound that is none', entry({ when: '{ inputs: { x: { at-least: many } } }' }), /"many" is no number/],
    ['a flag that is none', entry({ when: '{ inputs: { x: { nan: 1 } } }' }), /"nan" must be true or false/],
    ['a list of nothing', entry({ when: '{ inputs: { x: [] } }' }), /The list is empty/],
    ['values that are no list', entry({ when: '{ inputs: { x: { in: 8 } } }' }), /"in" must be a list/],
    ['an unknown outcome', entry({ when: '{ actual: crashed }' }), /"crashed" is no kind of outcome/],
    ['an unknown code', entry({ when: '{ actual: faulted STATUS_X }' }), /"STATUS_X" is no code/],
    ['a baseline that hangs', entry({ when: '{ expected: timed-out }' }), /No baseline has a call/],
    ['a bound of nothing', entry({ when: '{ ulp: 0 }' }), /"ulp" must be a whole number above 0/],
    ['a bound outside', entry({ difference: '{ ulp: 1 }' }), /With "when" a bound stands in it/],
    ['ids', entry({ cases: '3f2a9c01 3f2a9c02' }), /"cases" is a number of cases/],
    ['no number', entry({ cases: undefined }), /"cases" is missing/],
    ['one number for several suites', entry({ suite: undefined, suites: '[a, b]' }), /Each suite needs a number/],
    ['one number for a pattern', entry({ suite: 'a.dll/*' }), /Each suite needs a number/],
    ['no suite', entry({ suite: undefined }), /Each suite needs a number/],
    ['both kinds of suites', entry({ suites: '[a.dll/cos]' }), /both "suite" and "suites"/],
    [
      'a suite without a number',
      entry({ suite: undefined, suites: '[a/b, a/c]', cases: '{ a/b: 1 }' }),
      /no number for a\/c/,
    ],
    [
      'a number of another suite',
      entry({ cases: '{ a.dll/sin: 1, a.dll/cos: 1 }' }),
      /"a.dll\/cos" is none of the suites/,
    ],
    ['an unknown runtime', entry({ cases: '{ arm: 1 }' }), /"arm" is neither an architecture/],
    ['runtimes that meet', entry({ cases: "{ x64: 1, '>=8.0': 2 }" }), /"x64" is about some of these runtimes/],
    ['always without inputs', entry({ always: 'true' }), /"always" needs inputs/],
    ['always, or not', entry({ always: 'false' }), /"always" can only be true/],
    [
      'always of ids',
      entry({ when: undefined, always: 'true', cases: '12345678' }),
      /"always" is for entries with "when"/,
    ],
  ])('is refused with %s', (_, text, message) => {
    expect(refusal(text)).toMatch(message);
    expect(refusal(text)).toMatch(/ \[KNOWN_SYNTAX\]\n {2}at suites\/x\/known-divergences.yaml:\d+:\d+\n[^]*next: /);
  });
});
