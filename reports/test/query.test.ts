import { expect, test } from 'vitest';
import { caseMatches, nameMatches, needsCases, parseQuery, runtimeMatches } from '../html/client/query.js';
import type { CaseContext, FunctionData } from '../html/client/query.js';

const DATA: FunctionData = { suite: 'msvcr120.dll/sin', dll: 'msvcr120.dll', name: 'sin', totals: [] };
const CONTEXT: CaseContext = {
  data: DATA,
  runtime: 'wine-8.0-x64',
  fails: false,
  cause: {
    verdict: 'known-divergence',
    title: 'the last bit differs',
    known: { cause: 'last-bit', bug: 'none', url: null, wine: '', place: '' },
    cases: [],
  },
  found: {
    id: 'sin-1',
    inputs: [{ name: 'x', type: 'double', text: '0.5', bits: '3fe0000000000000' }],
    expected: null,
    actual: null,
    summary: 'result differs by 12 ulp',
    ulp: '12',
    place: null,
    replay: '',
    log: [],
    fresh: null,
    versions: [],
    elsewhere: [],
    x: 0.5,
  },
};

test.each([
  ['', true],
  ['verdict:known-divergence', true],
  ['verdict:divergence', false],
  ['verdict:divergence,known-divergence', true],
  ['verdict:pass', true],
  ['verdict:fail', false],
  ['-verdict:fault', true],
  ['ulp:12', true],
  ['ulp:>11', true],
  ['ulp:<=11', false],
  ['ulp:>99999999999999999999', false],
  ['ulp:many', false],
  ['bug:none', true],
  ['bug:winehq', false],
  ['case:sin-1', true],
  ['case:sin', false],
  ['3FE0', true],
  ['"last bit"', true],
  ['last nothing', false],
  ['-"last bit"', false],
  ['verdict:pass ulp:>2 0.5', true],
])('%s', (text, matches) => {
  expect(caseMatches(parseQuery(text), CONTEXT)).toBe(matches);
});

test.each([
  ['function:sin', true],
  ['function:si', false],
  ['function:s*', true],
  ['FUNCTION:SIN', true],
  ['function:cos,sin', true],
  ['-function:sin', false],
  ['dll:msvcr120', true],
  ['dll:msvcp', false],
  ['function:"a b"', false],
])('%s', (text, matches) => {
  expect(nameMatches(parseQuery(text), DATA)).toBe(matches);
});

test('a runtime is found by how its name begins', () => {
  expect(runtimeMatches(parseQuery('runtime:wine-8'), 'wine-8.0-x64')).toBe(true);
  expect(runtimeMatches(parseQuery('runtime:wine-1'), 'wine-8.0-x64')).toBe(false);
});

test('totals answer what needs no case', () => {
  expect(needsCases(parseQuery('verdict:fault dll:msvcr120'))).toBe(false);
  expect(needsCases(parseQuery('word'))).toBe(true);
});

test('a key that does not exist is named', () => {
  expect(parseQuery('colour:red').problem).toMatch(/“colour:” is not a key; the keys are verdict/u);
  expect(parseQuery('https://bugs.winehq.org').problem).toBeNull();
});
