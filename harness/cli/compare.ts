import { join, relative } from 'node:path';
import { DllparityError } from '../base/errors.ts';
import { loadConfig } from '../config/load-config.ts';
import { compareSets } from '../evidence/regressions/compare-sets.ts';
import { markdownOf } from './compare-markdown.ts';
import { readSides, type Side } from './compare-sides.ts';
import { type Compared, isWorse, totalsOf } from './compare-words.ts';
import { textOf } from './compare-text.ts';
import { writeDocument, writeJson } from './write-document.ts';

export interface CompareOptions {
  /** Where runtimes that are named alone are looked up. */
  readonly results?: string;
  readonly limit?: string | number;
  readonly allowRemoved?: boolean;
  /** True to print it. */
  readonly markdown?: string | true;
  readonly json?: string;
}

/** How many causes of a kind, and cases of a cause, are listed. */
const LISTED = 5;
/** Of the JSON document. */
const SCHEMA = 1;

/** Says what got better and what got worse from A to B. */
export async function compare(a: string, b: string, options: CompareOptions = {}): Promise<number> {
  const { results, allowRemoved = false, markdown, json } = options;
  const limit = limitOf(options.limit);
  const file = results ?? relative(process.cwd(), join((await loadConfig()).config.outDir, 'results.jsonl'));
  const sides = await readSides(a, b, file);
  // Whoever asks for a document wants all of it.
  const kept = limit ?? (json === undefined ? LISTED : Infinity);
  const comparison = compareSets(sides.a.set, sides.b.set, sides.pairs, kept);
  const compared: Compared = { ...sides, comparison, allowRemoved, limit: limit ?? LISTED };
  process.stdout.write(markdown === true ? markdownOf(compared) : textOf(compared));
  if (typeof markdown === 'string') writeDocument('the comparison', markdown, markdownOf(compared));
  if (json !== undefined) writeJson('the comparison', json, documentOf(compared));
  return isWorse(compared) ? 1 : 0;
}

/** @throws ARGUMENT_TYPE for what is no number */
function limitOf(text: string | number | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'all') return Infinity;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `"${String(text)}" is no number of cases to list`,
    hint: 'Write a whole number, for example --limit 20, or --limit all.',
  });
}

function documentOf(compared: Compared): unknown {
  const { a, b, comparison } = compared;
  const { pairs, dlls, groups, remarks } = comparison;
  return {
    schema: SCHEMA,
    worse: isWorse(compared),
    a: sideOf(a),
    b: sideOf(b),
    totals: totalsOf(comparison),
    pairs,
    dlls,
    groups: groups.map(({ shown, ...group }) => ({ ...group, listed: shown })),
    remarks,
  };
}

function sideOf({ file, set }: Side): unknown {
  const { run, isComplete } = set;
  return {
    file,
    complete: isComplete,
    run: run?.id,
    startedAt: run?.startedAt,
    runtimes: set.runtimes.flatMap((id) => {
      const runtime = set.runtime(id);
      return runtime === undefined ? [] : [{ id, build: runtime.build, architecture: runtime.architecture }];
    }),
  };
}
