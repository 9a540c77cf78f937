import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Comparator, exact, fields, ignored, relative, ulp } from '../../../evidence/compare/comparator.ts';
import { type Json, sameJson } from '../../../evidence/compare/json.ts';

const next = 1 + Number.EPSILON;
const doubles = (comparator: Comparator, a: Json, b: Json): string => comparator.compare('result', 'double', a, b);

describe('exact', () => {
  it.each<[Json, Json, string]>([
    [1, 1, 'same'],
    [1, next, 'different'],
    [0, '-0', 'same'],
    ['nan', '-nan', 'same'],
    ['nan', 'nan(0x7ff8000000000001)', 'same'],
    ['nan', 1, 'different'],
    ['inf', '-inf', 'different'],
    ['inf', 'inf', 'same'],
  ])('%s and %s are %s', (a, b, expected) => {
    expect(doubles(exact(), a, b)).toBe(expected);
    expect(doubles(exact(), b, a)).toBe(expected);
  });

  it('tells signs of zero and payloads of NaN apart on request', () => {
    expect(doubles(exact({ signedZero: true }), 0, '-0')).toBe('different');
    expect(doubles(exact({ signedZero: true }), 'nan', '-nan')).toBe('same');
    expect(doubles(exact({ nanPayload: true }), 'nan', '-nan')).toBe('different');
    expect(doubles(exact({ nanPayload: true }), 0, '-0')).toBe('same');
    expect(exact({ signedZero: true, nanPayload: true }).name).toBe('exact (-0 differs from 0, payloads of NaN count)');
  });

  it('compares everything else by its content', () => {
    const compare = (a: Json, b: Json): string => exact().compare('x', 'other', a, b);
    expect(compare({ in: 's', offset: 3 }, { offset: 3, in: 's' })).toBe('same');
    expect(compare([1, [2]], [1, [2, 3]])).toBe('different');
    expect(compare('-0', '0')).toBe('different');
    expect(compare(null, 0)).toBe('different');
  });
});

describe('ulp', () => {
  it('tolerates up to its limit, included', () => {
    expect(doubles(ulp(1), 1, 1)).toBe('same');
    expect(doubles(ulp(1), 1, next)).toBe('tolerated');
    expect(doubles(ulp(1), 1, next + Number.EPSILON)).toBe('different');
    expect(doubles(ulp(2), 1, next + Number.EPSILON)).toBe('tolerated');
  });

  it('counts in the width of the type', () => {
    expect(ulp(1).compare('result', 'float', 1, 1 + 2 ** -23)).toBe('tolerated');
    expect(ulp(1).compare('result', 'double', 1, 1 + 2 ** -23)).toBe('different');
  });

  it('tolerates no infinity, no NaN and no other kind of value', () => {
    expect(doubles(ulp(1000), Number.MAX_VALUE, 'inf')).toBe('different');
    expect(doubles(ulp(1000), 1, 'nan')).toBe('different');
    expect(ulp(1000).compare('errno', 'other', 0, 1)).toBe('different');
  });

  it('does not let a sign of zero pass that was asked for', () => {
    expect(doubles(ulp(1, { signedZero: true }), 0, '-0')).toBe('different');
    expect(doubles(ulp(1, { signedZero: true }), 0, 5e-324)).toBe('tolerated');
  });

  it('refuses a limit that is none', () => {
    for (const limit of [0, -1, 1.5, NaN]) expect(() => ulp(limit)).toThrow('a whole number of at least 1');
  });
});

describe('relative', () => {
  it('tolerates in proportion to what is expected', () => {
    expect(doubles(relative(1e-3), 1000, 1001)).toBe('tolerated');
    expect(doubles(relative(1e-3), 1000, 1001.1)).toBe('different');
    expect(doubles(relative(1e-3), -1000, -999)).toBe('tolerated');
    expect(doubles(relative(1e-3), 0, 1e-300)).toBe('different');
    expect(doubles(relative(1e-3), 'inf', 1)).toBe('different');
    expect(doubles(relative(1e-3), 1, 'inf')).toBe('different');
    expect(doubles(relative(1e-3), 'inf', '-inf')).toBe('different');
    expect(doubles(relative(1e-3), 1, 'nan')).toBe('different');
    expect(doubles(relative(1e-3, { signedZero: true }), 0, '-0')).toBe('different');
  });

  it('refuses a limit that is none', () => {
    for (const limit of [0, -1, NaN]) expect(() => relative(limit)).toThrow('a positive number');
  });
});

describe('fields and ignored', () => {
  const comparator = fields({ result: ulp(1), time: ignored('the clock') });

  it('gives each field its own comparator', () => {
    expect(comparator.compare('result', 'double', 1, next)).toBe('tolerated');
    expect(comparator.compare('other', 'double', 1, next)).toBe('different');
    expect(comparator.compare('time', 'other', 1, 2)).toBe('tolerated');
    expect(comparator.compare('time', 'other', 2, 2)).toBe('same');
    expect(comparator.compare('toString', 'double', 1, next)).toBe('different');
  });

  it('says so in its name', () => {
    expect(comparator.name).toBe('result: ulp(1), time: ignored (the clock), otherwise exact');
  });
});

it('every comparator calls a value the same as itself', () => {
  const json = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom('nan', '-0', 'inf', '-nan'));
  for (const comparator of [exact(), exact({ nanPayload: true, signedZero: true }), ulp(3), relative(0.1), ignored('x')])
    fc.assert(fc.property(json, (value) => doubles(comparator, value, value) === 'same'));
}); // prettier-ignore

it('JSON values are the same by content, whatever the order of their keys', () => {
  const value = fc.jsonValue() as fc.Arbitrary<Json>;
  const reversed = (json: Json): Json =>
    typeof json !== 'object' || json === null
      ? json
      : Array.isArray(json)
        ? json.map(reversed)
        : Object.fromEntries(
            Object.entries(json)
              .toReversed()
              .map(([key, member]) => [key, reversed(member)]),
          );
  fc.assert(fc.property(value, (json) => sameJson(json, reversed(json))));
  fc.assert(
    fc.property(value, value, (a, b) => sameJson(a, b) === (JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)))),
  );
});

function sorted(json: Json): Json {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(sorted);
  return Object.fromEntries(
    Object.entries(json)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
