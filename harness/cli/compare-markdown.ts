import { cell, list, table } from '../../reports/markdown/text.ts';
import { many } from '../../reports/words.ts';
import type { ChangeGroup } from '../evidence/regressions/comparison.ts';
import { answerOf, CHANGE_MEANINGS, CHANGE_WORDS, type Compared, countRows, notesOf, sectionsOf, sideWords, subjectsText, verdictsText } from './compare-words.ts'; // prettier-ignore

/** A comparison in GitHub's Markdown, for a comment. The cases stand in folds: the counts are what is read first. */
export function markdownOf(compared: Compared): string {
  const { a, b, comparison, limit } = compared;
  const { head, rows } = countRows(compared);
  const parts = [
    `## dllparity compare: ${cell(answerOf(compared).replace(/^(.*?) {2}/, '$1: '))}`,
    list([
      `A: ${sideWords(a, comparison.pairs.map((pair) => pair.a))}`,
      `B: ${sideWords(b, comparison.pairs.map((pair) => pair.b))}`,
    ]),
    table(head, rows),
    ...sectionsOf(compared).flatMap(({ change, cases, listed, left }) => [
      `<details><summary>${CHANGE_WORDS[change]}: ${many(cases, 'case')} (${CHANGE_MEANINGS[change]})</summary>`,
      ...listed.map((group) => groupPart(group, limit)),
      left,
      '</details>',
    ]),
    list(notesOf(compared)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
} // prettier-ignore

function groupPart(group: ChangeGroup, limit: number): string {
  const { dll, cause, cases, shown } = group;
  const listed = shown.slice(0, limit);
  const left = cases - listed.length;
  return [
    `**${cell(`${dll}: ${cause}`)}**, ${cell(`${many(cases, 'case')} in ${subjectsText(group, limit)}`)}`,
    table(
      ['Case', 'Verdict', 'Difference'],
      listed.map((changed) => [`${changed.subject}#${changed.id}`, verdictsText(changed), changed.summary]),
    ),
    left > 0 && listed.length > 0 ? `and ${many(left, 'more case')}` : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
