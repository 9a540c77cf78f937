import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, type Expression, namesIn, parseExpression } from '../../../types/declare/expression.ts';
import { parsePrototype } from '../../../types/declare/parse-prototype.ts';

const parse = (source: string): Expression => {
  const found = parseExpression(source);
  if (!found) throw new Error(`${source} was not understood`);
  return found;
};

const values: Readonly<Record<string, number>> = { n: 7, u: 3, v: 5, '*n': 11, 'info.count': 13 };
const value = (source: string): number | undefined =>
  evaluate(parse(source), (path, dereferenced) => values['*'.repeat(dereferenced) + path.join('.')]);

describe('a length', () => {
  it.each([
    ['n', 7],
    ['*n', 11],
    ['u * v', 15],
    ['n + 1', 8],
    ['2 * (n + 1)', 16],
    ['u * v + n', 22],
    ['n + u * v', 22],
    ['n - u - 1', 3],
    ['n / 2', 3],
    ['n % 4', 3],
    ['1 << u', 8],
    ['0x10 >> 2', 4],
    ['info->count', 13],
    ['info.count + 1', 14],
    ['(*n)', 11],
  ])('%s is %i', (source, expected) => {
    expect(value(source)).toBe(expected);
  });

  it.each(['n /', '* 3', 'f(n)', 'sizeof(int)', 'n +', '(n', 'n)', '', 'n ? 1 : 2', '"n"'])(
    'is documentation when it is more than arithmetic: %s',
    (source) => {
      expect(parseExpression(source)).toBeUndefined();
    },
  );

  it('has no value when a name has none, or by division by zero', () => {
    expect(value('missing + 1')).toBeUndefined();
    expect(value('n / (u - 3)')).toBeUndefined();
    expect(value('n % 0')).toBeUndefined();
  });

  it('names what it uses', () => {
    expect(namesIn(parse('2 * width * info->height')).map(({ name }) => name)).toEqual(['width', 'info']);
  });

  it('counts as JavaScript does, whatever is nested', () => {
    const tree: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.nat(99).map(String),
        fc
          .tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree'))
          .map(([left, operator, right]) => `(${left}${operator}${right})`),
        fc
          .tuple(fc.nat(9), fc.constantFrom('+', '-', '*'), fc.nat(9), fc.constantFrom('+', '-', '*'), fc.nat(9))
          .map((parts) => `(${parts.join(' ')})`),
      ),
    })).tree;
    fc.assert(
      fc.property(tree, (source) => {
        // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- digits and operators
        expect(value(source)).toBe(new Function(`return ${source}`)());
      }),
    );
  });
});

describe('an annotation', () => {
  const extentOf = (source: string) => parsePrototype(source).parameters[0]?.extent;

  it('gives a length in elements or in bytes', () => {
    expect(extentOf('void f(_In_reads_(n) const int *p, int n)')).toMatchObject({ unit: 'elements' });
    expect(extentOf('void f(_Out_writes_bytes_(n) void *p, int n)')).toMatchObject({ unit: 'bytes' });
    expect(extentOf('void f(_Out_writes_to_(n, *used) char *p, int n, int *used)')).toMatchObject({
      count: { kind: 'name', path: ['n'] },
    });
    expect(extentOf('void f(_In_z_ const char *p)')).toEqual({ unit: 'elements', count: 'terminated' });
    expect(extentOf('void f(_Out_ int *p)')).toBeNull();
    expect(extentOf('void f(_In_reads_(MAX_PATH) const char *p)')).toBeNull();
  });

  it('that names no parameter is pointed at', () => {
    expect(() => parsePrototype('void f(_In_reads_(count) const int *p, int n)')).toThrow(
      /names "count", which is no parameter[\s\S]*\| {19}\^[\s\S]*Parameters are p, n/,
    );
  });
});
