import { describe, expect, it } from 'vitest';
import { fc, library } from 'dllparity';
import type { Json } from '../../../evidence/compare/json.ts';
import { draw, shrink } from '../../../evidence/differential/shrink.ts';
import { simplify } from '../../../evidence/differential/simplify.ts';
import { parseSide, sideText } from '../../../evidence/differential/side.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';

const lib = library('some.dll', {
  exp: 'double exp(double x)',
  strtol: 'long strtol(const char *string, _Out_ char **end, int base)',
  printf: 'int printf(const char *format, ...)',
});

describe('shrinking', () => {
  it('begins with the very value that was drawn', () => {
    const arbitrary = fc.tuple(fc.double(), fc.string());
    const drawn = draw(arbitrary, 7, 500);
    for (const index of [0, 3, 499]) {
      const tried: unknown[] = [];
      shrink(arbitrary, { seed: 7, index }, (value) => tried.push(value) < 0, 1000);
      expect(tried).toEqual([drawn[index]]);
    }
  });

  it('ends with the smallest value that shows the same', () => {
    const arbitrary = fc.tuple(fc.integer({ min: 0, max: 1_000_000 }));
    const index = draw(arbitrary, 1, 100).findIndex(([value]) => value > 5000);
    let smallest = NaN;
    const isSame = ([value]: readonly [number]): boolean => {
      if (value < 1234) return false;
      smallest = value;
      return true;
    };
    shrink(arbitrary, { seed: 1, index }, isSame, 1000);
    expect(smallest).toBe(1234);
  });
});

describe('simplifying', () => {
  const smallest = (declared: Parameters<typeof functionBehaviour>[0], inputs: readonly Json[], isSame: (inputs: readonly Json[]) => boolean): readonly Json[] => {
    let last = inputs;
    simplify(functionBehaviour(declared), inputs, (tried) => {
      if (isSame(tried)) last = tried;
      return isSame(tried);
    });
    return last;
  }; // prettier-ignore

  it('takes digits and the sign from numbers', () => {
    expect(smallest(lib.exp, [-3.14159265358979], ([x]) => Math.abs(x as number) > 3)).toEqual([10]);
    expect(smallest(lib.exp, [-3.14159265358979], ([x]) => (x as number) < -3.1 && (x as number) > -3.2)).toEqual([
      -3.14,
    ]);
    expect(smallest(lib.exp, ['nan'], () => true)).toEqual(['nan']);
  });

  it('takes characters from texts, and chooses base 10', () => {
    expect(smallest(lib.strtol, ['  +12xyz', 7], ([text]) => (text as string).includes('x'))).toEqual(['x', 10]);
  });

  it('leaves formats alone', () => {
    const inputs = ['%5.3f|%s', { as: 'double', value: 2.5 }, { as: 'const char *', value: 'abc' }];
    expect(smallest(lib.printf, inputs, () => true)).toEqual([
      '%5.3f|%s',
      { as: 'double', value: 1 },
      { as: 'const char *', value: '' },
    ]);
  });
});

describe('a side', () => {
  it("is a runtime with Wine's DLL, or with Microsoft's", () => {
    expect(parseSide('wine-10.0-x64')).toEqual({ runtime: 'wine-10.0-x64', dll: 'builtin' });
    expect(sideText(parseSide('wine-10.0-x64:native'))).toBe('wine-10.0-x64:native');
    expect(() => parseSide('wine-10.0-x64:other')).toThrow('ARGUMENT_TYPE');
  });
});
