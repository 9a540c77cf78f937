import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { complaints, type Gate } from '../gate.ts';

const PAGE = 'docs/reference/glossary.md';
const TEXT = /\.(ts|mjs|js|c|h|S|md)$/;
/** They tell of words. */
const EXEMPT = new Set([PAGE, 'CHANGELOG.md', 'ci/test/vocabulary.test.ts']);

/** Words that the glossary has replaced are not used any more. */
export const vocabulary: Gate = {
  name: 'vocabulary',
  async run(root, files) {
    const refused = refusedWords(await readFile(join(root, PAGE), 'utf8'));
    const texts = files.filter((file) => TEXT.test(file) && !EXEMPT.has(file));
    const found: string[] = [];
    for (const file of texts) found.push(...wordsIn(file, await readFile(join(root, file), 'utf8'), refused));
    return complaints(`${refused.size} words of ${PAGE} in ${texts.length} files`, found);
  },
};

/** The words of the column "not", each with the word to use. `*` at the end of one stands for anything. */
export function refusedWords(page: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const row of page.matchAll(/^\| ([^|]+)\|[^|]*\|([^|]*)\|$/gm)) {
    for (const [, word = ''] of (row[2] ?? '').matchAll(/`([^`]+)`/g)) words.set(word, (row[1] ?? '').trim());
  }
  return words;
}

/** Complaints about one file. */
export function wordsIn(file: string, text: string, refused: ReadonlyMap<string, string>): readonly string[] {
  const patterns = [...refused.keys()].map((word) => (word.endsWith('*') ? `${word.slice(0, -1)}\\w+` : `${word}\\b`));
  const pattern = new RegExp(`\\b(?:${patterns.join('|')})`, 'g');
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(pattern)].map(([word]) => {
      const instead = [...refused].find(([each]) =>
        each.endsWith('*') ? word.startsWith(each.slice(0, -1)) : each === word,
      );
      return `${file}:${(index + 1).toString()}: says "${word}"; ${PAGE} has: ${instead?.[1] ?? ''}.`;
    }),
  );
}
