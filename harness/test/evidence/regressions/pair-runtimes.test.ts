import { expect, it } from 'vitest';
import { pairRuntimes } from '../../../evidence/regressions/pair-runtimes.ts';

const all = (...ids: string[]) => ({ ids, isChosen: false });
const chosen = (...ids: string[]) => ({ ids, isChosen: true });

it('compares the only ones with one another, whatever they are called', () => {
  expect(pairRuntimes(all('wine-8.0-x64'), all('wine-10.0-x64'))).toEqual([{ a: 'wine-8.0-x64', b: 'wine-10.0-x64' }]);
});

it('compares those of one id, and does not pass over one that only one side has', () => {
  expect(pairRuntimes(all('one', 'two'), all('two', 'three'))).toEqual([
    { a: 'two', b: 'two' },
    { a: 'one', b: undefined },
    { a: undefined, b: 'three' },
  ]);
});

it('takes what was named, and no more', () => {
  expect(pairRuntimes(all('one', 'two'), chosen('two'))).toEqual([{ a: 'two', b: 'two' }]);
  expect(pairRuntimes(chosen('one'), all('one', 'two'))).toEqual([{ a: 'one', b: 'one' }]);
  expect(pairRuntimes(chosen('one'), all('two', 'three'))).toBeUndefined();
});
