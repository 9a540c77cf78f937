import { visible } from '../../reports/visible-text.ts';
import { many } from '../../reports/words.ts';
import { tableLines } from '../base/text-table.ts';
import type { ChangeGroup } from '../evidence/regressions/comparison.ts';
import { answerOf, CHANGE_MEANINGS, CHANGE_WORDS, type Compared, countRows, notesOf, sectionsOf, sideWords, subjectsText, verdictsText } from './compare-words.ts'; // prettier-ignore

/** A comparison as a person reads it in a terminal. */
export function textOf(compared: Compared): string {
  const { a, b, comparison, limit } = compared;
  const { head, rows } = countRows(compared);
  const several = comparison.pairs.length > 1;
  const parts = [
    [
      `A  ${visible(sideWords(a, comparison.pairs.map((pair) => pair.a)))}`,
      `B  ${visible(sideWords(b, comparison.pairs.map((pair) => pair.b)))}`,
    ],
    rows.length === 0 ? [] : tableLines([head, ...rows.map((row) => row.map(visible))], head.map((_, index) => ({ align: index === 0 || (several && index === 1) ? 'left' : 'right' }))),
    ...sectionsOf(compared).map(({ change, cases, listed, left }) => [
      `${capital(CHANGE_WORDS[change])} (${CHANGE_MEANINGS[change]}): ${many(cases, 'case')}`,
      ...listed.flatMap((group) => groupLines(group, limit)),
      ...(left === '' ? [] : [`  ${left}`]),
    ]),
    notesOf(compared).map((note) => `note: ${visible(note)}`),
    [answerOf(compared)],
  ];
  return `${parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
} // prettier-ignore

function groupLines(group: ChangeGroup, limit: number): string[] {
  const { cause, cases, dll, shown } = group;
  const listed = shown.slice(0, limit);
  const left = cases - listed.length;
  return [
    `  ${visible(`${dll}: ${cause}, ${many(cases, 'case')} in ${subjectsText(group, limit)}`)}`,
    ...tableLines(
      listed.map((changed) => [
        `    ${visible(`${changed.subject}#${changed.id}`)}`,
        verdictsText(changed),
        visible(changed.summary),
      ]),
    ),
    ...(left > 0 && listed.length > 0 ? [`    and ${many(left, 'more case')}`] : []),
    ...(listed[0] === undefined ? [] : [`    try one: ${visible(listed[0].replay)}`]),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
