import { describe, expect, it } from 'vitest';
import type { Json } from '../../../evidence/compare/json.ts';
import { KnownDocument } from '../../../evidence/known/known-document.ts';
import { compilePattern, matches, withinLimit } from '../../../evidence/known/pattern.ts';
import { readPredicate } from '../../../evidence/known/read-predicate.ts';
import { namesSuite } from '../../../evidence/known/suite-pattern.ts';
import { holds } from '../../../evidence/known/value-predicate.ts';

const document = new KnownDocument('', 'known.yaml');
/** As the file gives it: every scalar is text. */
const asks = (predicate: unknown, ...values: Json[]): boolean[] =>
  values.map((value) => holds(readPredicate(document, predicate, []), value));

describe('a predicate on a value', () => {
  it('seeks a regular expression in a text, and takes a number as it is', () => {
    expect(asks('%[-+ #0-9.*]*wZ', 'a %-5wZ', '%ws', { room: 8, text: '%wZ' }, { room: 8 }, null)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(asks('16', 16, 160, '160', { as: 'int', value: 16 })).toEqual([true, false, true, true]);
    expect(asks('null', null, 0)).toEqual([true, false]);
    expect(asks('true', true, false)).toEqual([true, false]);
    expect(asks('[\\x80-\\xff]', 'a\u00e9', 'ab', { bytes: '61e9' }, { text: '\u00ff' })).toEqual([
      true,
      false,
      true,
      true,
    ]);
    // A struct with a member of that name is no text.
    expect(asks('"format":"%\\[', { format: '%[a-z]', text: 'abc' }, { text: 'abc' })).toEqual([true, false]);
    expect(asks('a.b', 'a\nb')).toEqual([true]);
    expect(asks('"size":0\\b', { size: 0, text: undefined as never }, { size: 10 })).toEqual([true, false]);
  });

  it('compares numbers, those in words too', () => {
    expect(asks({ 'at-least': '709.78' }, 709.78, 1, 'inf', '-inf', 'nan', 'text')).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(asks({ 'at-most': '0x7fffffffffffffff' }, '9223372036854775807', '9223372036854775808', 5)).toEqual([
      true,
      false,
      true,
    ]);
    expect(asks({ 'at-least': '1', 'at-most': '2' }, 0, 1, 2, 3)).toEqual([false, true, true, false]);
    expect(asks([{ 'at-least': '5' }, { 'at-most': '-5' }], -6, 0, 6)).toEqual([true, false, true]);
  });

  it('tells special values apart', () => {
    expect(asks({ nan: 'true' }, 'nan', '-nan', 'nan(0x7ff8000000000001)', 0, 'banana')).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(asks({ nan: 'false' }, 'nan', 0)).toEqual([false, true]);
    expect(asks({ infinite: 'true' }, 'inf', '-inf', 1e308)).toEqual([true, true, false]);
    expect(asks({ 'negative-zero': 'true' }, '-0', 0)).toEqual([true, false]);
    expect(asks({ equals: '0' }, 0, '-0')).toEqual([true, false]);
    expect(asks({ in: ['-0', '0x10', 'inf', 'abc'] }, '-0', 16, 'inf', 'abc', 'abcd', 0)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(asks({ not: { nan: 'true' }, matches: 'inf' }, 'inf', 'nan')).toEqual([true, false]);
  });
});

describe('a pattern of suites', () => {
  it.each([
    ['a.dll/sin', 'a.dll/sin', true],
    ['a.dll/sin', 'a.dll/sinh', false],
    ['a.dll/*', 'a.dll/sin', true],
    ['*.dll/*printf*', 'a.dll/_snprintf_s', true],
    ['a*a', 'a', false],
    ['*f', 'a.dll/sinf', true],
    ['*f', 'a.dll/sin', false],
    ['a.*', 'abdll', false],
  ])('%s selects %s: %s', (pattern, suite, selected) => {
    expect(namesSuite(pattern, suite)).toBe(selected);
  });
});

describe('a regular expression', () => {
  it('that would take for ever is stopped, and named with its place', () => {
    const pattern = compilePattern('(a+)+$', { file: 'known.yaml', line: 7 });
    expect(() => withinLimit(() => matches(pattern, `${'a'.repeat(50)}b`), 100)).toThrow(
      /takes too long \(limit 100 ms\) \[KNOWN_SYNTAX\]\n {2}at known.yaml:7\n {4}\(a\+\)\+\$\n {2}next: /,
    );
    expect(withinLimit(() => matches(pattern, 'aaa'))).toBe(true);
  });

  it('finds nothing in a text beyond its limit', () => {
    const pattern = compilePattern('a', { file: 'known.yaml' });
    expect([matches(pattern, 'a'.repeat(65_536)), matches(pattern, 'a'.repeat(65_537))]).toEqual([true, false]);
  });

  it('lets errors of the work through', () => {
    expect(() =>
      withinLimit(() => {
        throw new RangeError('mine');
      }),
    ).toThrow(new RangeError('mine'));
  });
});
