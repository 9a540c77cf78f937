// What the views of a comparison say alike.
import { many, moment, number } from '../../reports/words.ts';
import { type Change, type ChangedCase, type ChangeGroup, type Comparison, noChanges, CHANGES } from '../evidence/regressions/comparison.ts'; // prettier-ignore
import type { Side, Sides } from './compare-sides.ts';

export interface Compared extends Sides {
  readonly comparison: Comparison;
  readonly allowRemoved: boolean;
  /** How many causes of a kind, and cases of a cause, are listed. */
  readonly limit: number;
}

/** As headings. */
export const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  'newly-failing': 'newly failing',
  removed: 'removed',
  'newly-passing': 'newly passing',
  changed: 'changed, still wrong',
  new: 'new',
};

/** What each means, for who reads it the first time. */
export const CHANGE_MEANINGS: Readonly<Record<Change, string>> = {
  'newly-failing': 'as on Windows in A, and not in B',
  removed: 'judged in A, and not in B',
  'newly-passing': 'not as on Windows in A, and so in B',
  changed: 'not as on Windows in both, in another way',
  new: 'judged in B, and not in A',
};

export function totalsOf({ dlls }: Comparison): Readonly<Record<Change, number>> {
  const totals = noChanges();
  for (const { changes } of dlls) for (const change of CHANGES) totals[change] += changes[change];
  return totals;
}

/** Whether the command fails. An interrupted run has not shown that nothing got worse. */
export function isWorse({ comparison, allowRemoved, b }: Compared): boolean {
  const totals = totalsOf(comparison);
  return totals['newly-failing'] > 0 || (totals.removed > 0 && !allowRemoved) || !b.set.isComplete;
}

/** The answer in one line. */
export function answerOf(compared: Compared): string {
  const totals = totalsOf(compared.comparison);
  const newWrong = compared.comparison.dlls.reduce((sum, dll) => sum + dll.newWrong, 0);
  const parts = [
    totals['newly-failing'] > 0 ? `${many(totals['newly-failing'], 'case')} newly failing` : '',
    totals.removed > 0 ? `${number(totals.removed)} removed` : '',
    totals['newly-passing'] > 0 ? `${number(totals['newly-passing'])} newly passing` : '',
    totals.changed > 0 ? `${number(totals.changed)} changed and still wrong` : '',
    totals.new > 0 ? `${number(totals.new)} new${newWrong > 0 ? `, ${number(newWrong)} of them wrong` : ''}` : '',
  ].filter((part) => part !== '');
  const said = parts.length === 0 ? 'no case has changed' : parts.join('; ');
  if (totals['newly-failing'] > 0) return `WORSE  ${said}`;
  if (isWorse(compared)) return `UNKNOWN  ${said}`;
  return `${totals['newly-passing'] > 0 ? 'BETTER' : 'NOT WORSE'}  ${said}`;
}

/** What a reader has to know before the counts. */
export function notesOf({ a, b, comparison, limit }: Compared): readonly string[] {
  const interrupted = [
    a.set.isComplete ? '' : `The run of A was interrupted: what it had not reached counts as new.`,
    b.set.isComplete ? '' : `The run of B was interrupted: what it had not reached counts as removed, and nothing says that it did not get worse.`,
  ].filter((note) => note !== ''); // prettier-ignore
  const remarks = comparison.remarks.map(({ subject, runtime, text }) => `${subject} in ${runtime} ${text}`);
  const left = remarks.length - limit;
  return [...interrupted, ...remarks.slice(0, limit), ...(left > 0 ? [`and ${many(left, 'more remark')}`] : [])];
}

/** `out/results.jsonl, wine-8.0-x64: wine-8.0 (Debian 8.0), run of 2026-11-20 23:25 UTC`. */
export function sideWords({ file, set }: Side, runtimes: readonly (string | undefined)[]): string {
  const ids = runtimes.filter((id) => id !== undefined && id !== '');
  const build = ids.length === 1 ? set.runtime(ids[0] ?? '')?.build : undefined;
  const ran = ids.length === 0 ? '' : `, ${ids.join(', ')}${build === undefined ? '' : `: ${build}`}`;
  return `${file}${ran}, run of ${moment(set.run?.startedAt ?? 'unknown')}`;
}

/** The functions of a group with how many cases each has: `sin (10), cos (3) and 4 more`. */
export function subjectsText({ subjects, cases }: ChangeGroup, limit: number): string {
  const shown = subjects
    .slice(0, Math.max(1, limit))
    .map(({ subject, cases: own }) => (own === cases ? subject : `${subject} (${number(own)})`));
  const left = subjects.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${number(left)} more` : shown.join(', ');
}

/** `match → divergence`, where it is not clear from the heading. */
export function verdictsText({ before, after }: ChangedCase): string {
  return `${before ?? 'not there'} → ${after ?? 'not there'}`;
}

/** The rows of the table of counts, below its head. */
export function countRows({ comparison: { dlls, pairs } }: Compared): {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const isSeveral = pairs.length > 1;
  return {
    head: ['DLL', ...(isSeveral ? ['runtime'] : []), 'right in A', 'right in B', ...CHANGES.map((change) => CHANGE_WORDS[change])],
    rows: dlls.map(({ dll, runtime, before, after, changes }) => [
      dll,
      ...(isSeveral ? [runtime] : []),
      `${number(before.right)} of ${number(before.judged)}`,
      `${number(after.right)} of ${number(after.judged)}`,
      ...CHANGES.map((change) => number(changes[change])),
    ]),
  }; // prettier-ignore
}

/** The groups of each change that has any, the listed ones and how many causes and cases are left out. */
export function sectionsOf({ comparison, limit }: Compared): readonly {
  readonly change: Change;
  readonly cases: number;
  readonly listed: readonly ChangeGroup[];
  readonly left: string;
}[] {
  return CHANGES.flatMap((change) => {
    const groups = comparison.groups.filter((group) => group.change === change);
    if (groups.length === 0) return [];
    const sum = (all: readonly ChangeGroup[]): number => all.reduce((cases, group) => cases + group.cases, 0);
    const rest = groups.slice(limit);
    const left = rest.length === 0 ? '' : `and ${many(rest.length, 'more cause')} with ${many(sum(rest), 'case')}`;
    return [{ change, cases: sum(groups), listed: groups.slice(0, limit), left }];
  });
}
