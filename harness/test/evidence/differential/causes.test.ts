// What two cases need to have in common to be of one cause.
import { describe, expect, it } from 'vitest';
import { as, fc, library, outBuffer } from 'dllparity';
import type { Json } from '../../../evidence/compare/json.ts';
import { exact } from '../../../evidence/compare/comparator.ts';
import { causeOf, examine } from '../../../evidence/differential/finding.ts';
import { formatShape } from '../../../evidence/differential/format-shape.ts';
import { floatClass, integerClass, textClass } from '../../../evidence/differential/value-class.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';
import { inputToJson } from '../../../evidence/suites/inputs.ts';
import type { Observed } from '../../../evidence/suites/observed.ts';
import type { Suite } from '../../../evidence/suites/suite.ts';
import type { DeclaredFunction } from '../../../types/declare/library.ts';

const crt = library(
  'some.dll',
  {
    exp: 'double exp(double x)',
    strtol: 'long strtol(const char *string, _Out_ char **end, int base)',
    _snprintf: 'int _snprintf(char *buffer, size_t count, const char *format, ...)',
  },
  { errno: '_errno' },
);

function suiteOf(declared: DeclaredFunction): Suite {
  const generator = { always: () => [], arbitrary: fc.tuple(), runs: 0 };
  const comparator = exact({ signedZero: true });
  return { name: 'some.dll/x', title: 'x', behaviour: functionBehaviour(declared), generator, comparator, file: '', line: 1 };
} // prettier-ignore

const returned = (fields: Record<string, Json>): Observed => ({ kind: 'returned', fields });
const faulted = (code: number, place: string): Observed => ({ kind: 'faulted', code, place });

function cause(declared: DeclaredFunction, values: readonly unknown[], a: Observed, b: Observed): string | undefined {
  const suite = suiteOf(declared);
  const inputs = values.map((value) => inputToJson(value, 'x'));
  const finding = examine(suite, 'differences', inputs, { a, b });
  return finding && causeOf(suite, 'differences', finding);
}

describe('the cause of a difference', () => {
  it('is the distance alone where numbers are near one another, whatever went in', () => {
    const [one, other] = [returned({ result: 1 }), returned({ result: 1 + Number.EPSILON })];
    expect(cause(crt.exp, [0.5], one, other)).toBe('result: 1 ulp | number');
    expect(cause(crt.exp, [-1e300], one, other)).toBe('result: 1 ulp | number');
    expect(cause(crt.exp, [5e-324], one, other)).toBe('result: 1 ulp | subnormal');
  });

  it('is the error number where only that differs', () => {
    const [one, other] = [returned({ result: 'nan', errno: 33 }), returned({ result: 'nan' })];
    expect(cause(crt.exp, [NaN], one, other)).toBe('errno: 33 → 0 | nan');
  });

  it('tells zeros, infinities and signs apart', () => {
    const from = (a: Json, b: Json): string | undefined =>
      cause(crt.exp, [2], returned({ result: a }), returned({ result: b }))?.split(' | ')[0];
    expect(from(0, '-0')).toBe('result: sign of zero');
    expect(from(0, 5e-324)).toBe('result: 0 → subnormal');
    expect(from('nan', 'inf')).toBe('result: nan → inf');
    expect(from(2, -2)).toBe('result: sign');
    expect(from(1, 2)).toBe('result: other number');
  });

  it('is the code of a fault, and the end that the other side has', () => {
    expect(cause(crt.exp, [2], returned({ result: 1 }), faulted(0xc0000005, 'a.dll+0x10'))).toBe(
      'returns → faults 0xC0000005 | number',
    );
  });

  it('has the shape of a text, the base, and the kind of place in it', () => {
    const end = (offset: number): Json => ({ in: 'string', offset });
    const seen = (value: number, at: number): Observed => returned({ result: value, end: end(at) });
    expect(cause(crt.strtol, ['0x12', 16], seen(18, 4), seen(0, 1))).toBe(
      'result: positive → 0, end: offset other positive | "9 a 9", base 16',
    );
  });

  it('has the conversions of a format, and the kinds of what fills them', () => {
    const [one, other] = [returned({ result: 3, buffer: '1e5\0' }), returned({ result: 3, buffer: '1+5\0' })];
    expect(cause(crt._snprintf, [outBuffer(8), 8, 'x%+08.3ey', as(-Infinity, 'double')], one, other)).toBe(
      'buffer: a → + | room, 7 bits, %+0w.pe, -inf',
    );
  });

  it('is none where both do the same, and where one says nothing', () => {
    expect(cause(crt.exp, [2], returned({ result: 1 }), returned({ result: 1 }))).toBeUndefined();
    expect(cause(crt.exp, [2], { kind: 'timed-out' }, returned({ result: 1 }))).toBeUndefined();
    expect(cause(crt.exp, [2], returned({ result: 1 }), { kind: 'not-callable' })).toBeUndefined();
  });

  it('of a crash is its place, whatever went in', () => {
    const suite = suiteOf(crt.exp);
    const both = { a: returned({ result: 1 }), b: faulted(0xc0000005, 'a.dll+0x10') };
    const crash = examine(suite, 'crashes', [2], both);
    expect(crash && causeOf(suite, 'crashes', crash)).toBe('crashes: faults 0xC0000005 at a.dll+0x10');
    const differs = { a: returned({ result: 1 }), b: returned({ result: 2 }) };
    expect(examine(suite, 'crashes', [2], differs)).toBeUndefined();
  });
});

describe('classes', () => {
  it('of floating-point numbers', () => {
    expect(['nan', '-inf', 0, '-0', 5e-324, 1e300, -3].map(floatClass)).toEqual(['nan', '-inf', '0', '-0', 'subnormal', 'huge', '-number']);
  }); // prettier-ignore

  it('of integers', () => {
    expect([0, -1, 100, -200, '9223372036854775808'].map(integerClass)).toEqual(['0', '-1', '7 bits', '-8 bits', '64 bits']);
  }); // prettier-ignore

  it('of texts', () => {
    expect(textClass(' -12.5e+3\0')).toBe('"space - 9 . 9 a + 9 …"');
    expect(textClass('\u00e9\u20ac\0')).toBe('"byte unit NUL"');
  });

  it('of formats', () => {
    expect(formatShape('a %-+5d %.0f %*.*I64x %%')).toBe('%+-wd %.0f %*.*I64x %%');
    expect(formatShape('abc')).toBe('no conversion');
  });
});
