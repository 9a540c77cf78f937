import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LocatedRecord, readResults } from '../../reports/index.ts';
import { type KnownDivergenceRecord, PASSING_VERDICTS, type Verdict } from '../../protocol/records/result-record.ts';
import { loadConfig } from '../config/load-config.ts';
import { FACT_IDS } from '../evidence/facts/fact-ids.ts';
import { functionOfFacts } from '../evidence/facts/fact-results.ts';
import { acceptPatches, type CountChange, type KnownChange, writeKnownPatch } from '../evidence/known/accept-patch.ts';
import { changesOf, type FoundOnRuntime, type NewCase } from '../evidence/known/changes-of.ts';
import { countChanges, type CountedSuite } from '../evidence/known/count-changes.ts';
import { isCases, type KnownDivergence } from '../evidence/known/known-divergence.ts';
import { type CaseIds, readKnownDivergences } from '../evidence/known/read-known-divergences.ts';
import { propose, type ProposeOptions } from './propose.ts';

/** What a run found about a suite. */
interface FoundOfSuite {
  /** Of the suite file. */
  readonly folder: string;
  readonly runtimes: (FoundOnRuntime & {
    readonly newCases: NewCase[];
    readonly goneIds: string[];
    readonly known: readonly KnownDivergenceRecord[];
  })[];
}

/** What changes in a file. */
interface FoundOfFile {
  readonly ids: CaseIds | undefined;
  readonly entries: readonly KnownDivergence[];
  readonly changes: (KnownChange | CountChange)[];
  readonly counted: CountedSuite[];
}

/** Verdicts that a declaration can explain. */
const DECLARABLE: readonly Verdict[] = ['divergence', 'fault', 'timeout'];

export interface KnownOptions extends ProposeOptions {
  readonly accept?: boolean;
  /** A results file, or true for that of the last run. */
  readonly propose?: string | true;
}

/** Compares the declarations with the last run and prints the patch, or makes it; or proposes entries for what is undeclared. */
export async function known({ accept, propose: results, ...options }: KnownOptions): Promise<number> {
  if (results !== undefined || options.write !== undefined)
    return propose(typeof results === 'string' ? results : undefined, options);
  return compareWithRun(accept === true);
}

async function compareWithRun(accept: boolean): Promise<number> {
  const { config, root } = await loadConfig();
  const suites = await readFound(readResults(join(config.outDir, 'results.jsonl')), root);
  const files = new Map<string, FoundOfFile>();
  const open: string[] = [];
  for (const [subject, { folder, runtimes }] of suites) {
    const file = join(folder, 'known-divergences.yaml');
    const ofFacts = functionOfFacts(subject);
    const suite = ofFacts ?? subject;
    const found = files.get(file) ?? fileOf(file, ofFacts === undefined ? undefined : FACT_IDS);
    files.set(file, found);
    const changes = changesOf(suite, runtimes, found.entries.filter(isCases));
    open.push(...changes.open);
    found.changes.push(...changes.changes);
    found.counted.push(...runtimes.map((each) => ({ suite, runtime: each.runtime, known: each.known })));
  }
  let isChanged = false;
  for (const [file, { ids, entries, changes, counted }] of files) {
    const counts = countChanges(
      entries.filter((entry) => !isCases(entry)),
      counted,
    );
    open.push(...counts.open);
    if (changes.length + counts.changes.length === 0) continue;
    isChanged = true;
    const patch = acceptPatches(file, [...changes, ...counts.changes], { ids });
    process.stdout.write(patch.patch);
    if (accept) writeKnownPatch(patch);
  }
  for (const line of open) process.stderr.write(`${line}\n`);
  if (!isChanged && open.length === 0) process.stdout.write('The declarations fit the last run.\n');
  else if (!accept && isChanged)
    process.stdout.write('Nothing was written. `dllparity known --accept` makes this change.\n');
  return open.length > 0 ? 1 : 0;
}

function fileOf(file: string, ids: CaseIds | undefined): FoundOfFile {
  return { ids, entries: existsSync(file) ? readKnownDivergences(file, ids) : [], changes: [], counted: [] };
}

async function readFound(records: AsyncIterable<LocatedRecord>, root: string): Promise<Map<string, FoundOfSuite>> {
  const suites = new Map<string, FoundOfSuite>();
  for await (const { record } of records) {
    // Scenarios of the loader are declared in their own files.
    if (record.record === 'subject' && record.kind !== 'loader-rule') {
      const suite = suites.get(record.subject) ?? { folder: join(root, dirname(record.file)), runtimes: [] };
      suite.runtimes.push({ runtime: record.runtime, newCases: [], goneIds: [], known: record.known });
      suites.set(record.subject, suite);
    } else if (record.record === 'case' && !PASSING_VERDICTS.includes(record.verdict)) {
      const found = suites.get(record.subject)?.runtimes.find(({ runtime }) => runtime.id === record.runtime);
      if (record.verdict === 'unexpected-match') found?.goneIds.push(record.id);
      else if (DECLARABLE.includes(record.verdict))
        found?.newCases.push({ id: record.id, difference: record.detail?.difference });
    }
  }
  return suites;
}
