import { existsSync } from 'node:fs';
import { readResults } from '../../reports/index.ts';
import { refuseMixture } from '../../reports/refuse-mixture.ts';
import type { SubjectRecord } from '../../protocol/records/result-record.ts';
import { DllparityError } from '../base/errors.ts';
import { nearestName } from '../base/nearest-name.ts';
import type { RuntimePair } from '../evidence/regressions/comparison.ts';
import { pairRuntimes } from '../evidence/regressions/pair-runtimes.ts';
import { ResultSet } from '../evidence/regressions/result-set.ts';

/** One of the two that are compared. */
export interface Side {
  readonly file: string;
  /** The runtime that was named. */
  readonly runtime: string | undefined;
  readonly set: ResultSet;
}

export interface Sides {
  readonly a: Side;
  readonly b: Side;
  readonly pairs: readonly RuntimePair[];
}

/**
 * Reads what was named: a results file, `file#runtime`, or a runtime of the results file.
 *
 * @param results where a runtime that is named alone is looked up
 * @throws RUNTIME_NOT_IN_RESULTS, and what `readResults` does
 */
export async function readSides(a: string, b: string, results: string): Promise<Sides> {
  const named = { a: placeOf(a, results), b: placeOf(b, results) };
  const first = await readSet(named.a.file);
  // Two runtimes of one run: it is read once.
  const second = named.b.file === named.a.file ? first : await readSet(named.b.file);
  const sides = { a: { ...named.a, set: first }, b: { ...named.b, set: second } };
  const pairs = pairRuntimes(chosen(sides.a), chosen(sides.b));
  if (pairs === undefined)
    throw new DllparityError('RUNTIME_NOT_IN_RESULTS', {
      what: 'the two have no runtime in common',
      where: { file: sides.b.file },
      details: [sides.a, sides.b].map(({ file, set }) => `${file}: ${set.runtimes.join(', ')}`),
      hint: `Name one of each: dllparity compare ${sides.a.file}#${first.runtimes[0] ?? ''} ${sides.b.file}#${second.runtimes[0] ?? ''}`,
    });
  return { ...sides, pairs };
}

function placeOf(text: string, results: string): { readonly file: string; readonly runtime: string | undefined } {
  if (existsSync(text)) return { file: text, runtime: undefined };
  const hash = text.lastIndexOf('#');
  if (hash > 0) return { file: text.slice(0, hash), runtime: text.slice(hash + 1) };
  // The reader says that there is no such file.
  if (/[\\/]|\.jsonl?$/.test(text)) return { file: text, runtime: undefined };
  if (existsSync(results)) return { file: results, runtime: text };
  throw new DllparityError('RUNTIME_NOT_IN_RESULTS', {
    what: `there is no file ${text}, and no results file in which it could be a runtime`,
    where: { file: results },
    hint: 'Run the suites first (npm run conformance), or pass two results files.',
  });
}

function chosen({ file, runtime, set }: Side): { readonly ids: readonly string[]; readonly isChosen: boolean } {
  if (runtime === undefined) return { ids: set.runtimes, isChosen: false };
  if (set.runtimes.includes(runtime)) return { ids: [runtime], isChosen: true };
  const near = nearestName(runtime, set.runtimes);
  throw new DllparityError('RUNTIME_NOT_IN_RESULTS', {
    what: `the results have no runtime ${runtime}, and there is no file of that name`,
    where: { file },
    details: set.runtimes,
    hint: `${near === undefined ? 'Pass' : `Did you mean ${near}? Otherwise pass`} a results file, or run the suites on that runtime.`,
  });
}

async function readSet(file: string): Promise<ResultSet> {
  const set = new ResultSet();
  const subjects: { readonly file: string; readonly line: number; readonly record: SubjectRecord }[] = [];
  for await (const { record, line } of readResults(file)) {
    if (record.record === 'subject') {
      const added = { file, line, record };
      refuseMixture(subjects, added);
      subjects.push(added);
    }
    set.add(record);
  }
  return set;
}
