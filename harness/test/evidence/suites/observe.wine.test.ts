import { as, describe, expect, library, outBuffer, test } from 'dllparity';
import type { Json } from '../../../evidence/compare/json.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';
import { inputToJson } from '../../../evidence/suites/inputs.ts';

const crt = library('msvcr120.dll', {
  sscanf: 'int sscanf(const char *buffer, const char *format, ...)',
  _snprintf: 'int _snprintf(char *buffer, size_t count, const char *format, ...)',
  _itoa_s: 'int _itoa_s(int value, _Out_writes_z_(size) char *buffer, size_t size, int radix)',
  _itow_s: 'int _itow_s(int value, _Out_writes_z_(size) wchar_t *buffer, size_t size, int radix)',
  without: 'int _itoa_s(int value, _Out_ char *buffer, size_t size, int radix)',
  strlen: 'size_t strlen(const char *text)',
});

const inputs = (...values: readonly unknown[]): Json[] => values.map((value) => inputToJson(value, 'x'));

describe('what a case leaves behind', () => {
  test('has the memory behind "..." where the function has changed it, and leaves the inputs as they are', ({ agent }) => {
    const cases = [
      inputs('17 x', '%i %i', as([-1], 'int *'), as([-1], 'int *')),
      inputs('1.5', '%lf', as([0], 'double *')),
      inputs('abc', '%2s', as(outBuffer(16), 'char *')),
      inputs('abc', '%2ls', as(outBuffer(16), 'wchar_t *')),
      inputs('7', '%d', as(new Int32Array([1, 2]), 'int *')),
    ];
    const before = JSON.stringify(cases);
    const seen = functionBehaviour(crt.sscanf).observe(agent, cases);
    expect(seen).toEqual(
      [
        { result: 1, 'argument 2': [17] },
        { result: 1, 'argument 2': [1.5] },
        { result: 1, 'argument 2': 'ab\0' },
        { result: 1, 'argument 2': 'ab\0' },
        { result: 1, 'argument 2': [7, 2] },
      ].map((fields) => ({ kind: 'returned', fields })),
    );
    expect(JSON.stringify(cases)).toBe(before);
  }); // prettier-ignore

  test('has no field for text behind "..." that is only read', ({ agent }) => {
    const [seen] = functionBehaviour(crt._snprintf).observe(agent, [inputs(outBuffer(8), 8, '%s', as('ab', 'char *'))]);
    expect(seen).toEqual({ kind: 'returned', fields: { result: 2, buffer: 'ab\0' } });
  });

  test('has an `_Out_` text in a place as long as its annotation says', ({ agent }) => {
    for (const fn of [crt._itoa_s, crt._itow_s]) {
      const [seen] = functionBehaviour(fn).observe(agent, [inputs(-123456, 16, 10)]);
      expect(seen).toEqual({ kind: 'returned', fields: { result: 0, buffer: expect.stringMatching(/^-123456\0/) as unknown } });
    }
  }); // prettier-ignore

  test('is not asked for where nothing says how long an `_Out_` text may be', ({ agent }) => {
    expect(() => functionBehaviour(crt.without).observe(agent, [inputs(1, 16, 10)])).toThrow(
      /"buffer" of type char \* is `_Out_`, and nothing says how much room it needs.*ARGUMENT_TYPE/s,
    );
  });

  test('is not asked for with half a character in UTF-8', ({ load }) => {
    expect(() => load(crt).strlen('a\ud800b')).toThrow(/utf8 does not know/);
    expect(load(crt).strlen('a😀b')).toBe(6);
  });

  test('is not asked for with too many inputs, too few, or one without a type', ({ agent }) => {
    const strlen = functionBehaviour(crt.strlen);
    expect(() => strlen.observe(agent, [inputs('a', 1)])).toThrow(/a case of strlen.*given 2 inputs.*ARGUMENT_COUNT/s);
    expect(() => strlen.observe(agent, [[]])).toThrow('ARGUMENT_COUNT');
    expect(() => functionBehaviour(crt.sscanf).observe(agent, [inputs('1', '%d', 1)])).toThrow(/input 2 of sscanf.*ARGUMENT_TYPE/s);
  }); // prettier-ignore
});
