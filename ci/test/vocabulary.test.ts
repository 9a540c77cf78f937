import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refusedWords, wordsIn } from '../gates/vocabulary.ts';

const PAGE = `| word | means | not |
| ---- | ----- | --- |
| exit watcher | notes exit codes | \`warden\` |
| limit | how much | \`MOST_*\`, \`patience\` |
| host | the process | |
`;

test('words are refused where they stand, with the one to use', () => {
  const refused = refusedWords(PAGE);
  expect([...refused.keys()]).toEqual(['warden', 'MOST_*', 'patience']);
  expect(wordsIn('a.ts', 'const fine = 1;\nconst MOST_PAGES = warden;', refused)).toEqual([
    'a.ts:2: says "MOST_PAGES"; docs/reference/glossary.md has: limit.',
    'a.ts:2: says "warden"; docs/reference/glossary.md has: exit watcher.',
  ]);
});

test('other words that have them in it are not meant', () => {
  expect(wordsIn('a.ts', 'wardens, impatience, ALMOST_ALL, MAX_PAGES', refusedWords(PAGE))).toEqual([]);
});

test('the glossary refuses some', () => {
  const page = readFileSync(new URL('../../docs/reference/glossary.md', import.meta.url), 'utf8');
  expect(refusedWords(page).size).toBeGreaterThan(10);
});
