import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LocatedRecord, readResults } from '../../reports/index.ts';
import { PASSING_VERDICTS, type ShownDifference, type Verdict } from '../../protocol/result-record.ts';
import { loadConfig } from '../config/load-config.ts';
import { acceptPatches, type KnownChange, writeKnownPatch } from '../known/accept-patch.ts';
import { KnownIndex } from '../known/known-index.ts';
import { covers, type WineRuntime } from '../known/known-divergence.ts';
import { readKnownDivergences } from '../known/read-known-divergences.ts';

/** A case that a declaration may explain. */
interface NewCase {
  readonly id: string;
  readonly difference: ShownDifference | null | undefined;
}

interface Found {
  /** Folder of the suite file. */
  readonly folder: string;
  readonly wine: WineRuntime;
  readonly newCases: NewCase[];
  readonly goneIds: string[];
}

/** Verdicts that a declaration can explain. */
const DECLARABLE: readonly Verdict[] = ['divergence', 'fault', 'timeout'];

/** Compares the declarations with the last run, prints the patch, and with `accept` makes it. */
export async function known(accept: boolean): Promise<number> {
  const { config, root } = await loadConfig();
  const suites = await readChanges(readResults(join(config.outDir, 'results.jsonl')), root);
  const changes = new Map<string, KnownChange[]>();
  const undeclared: string[] = [];
  for (const [suite, found] of suites) {
    const file = join(found.folder, 'known-divergences.yaml');
    const entries = existsSync(file) ? new KnownIndex(readKnownDivergences(file), found.wine) : undefined;
    const change = changeOf(suite, found, entries, undeclared);
    if (change.length > 0) changes.set(file, [...(changes.get(file) ?? []), ...change]);
  }
  for (const [file, list] of changes) {
    const patch = acceptPatches(file, list);
    process.stdout.write(patch.patch);
    if (accept) writeKnownPatch(patch);
  }
  for (const line of undeclared) process.stderr.write(`${line}\n`);
  if (changes.size === 0 && undeclared.length === 0) process.stdout.write('The declarations fit the last run.\n');
  else if (!accept && changes.size > 0)
    process.stdout.write('Nothing was written. `dllparity known --accept` makes this change.\n');
  return undeclared.length > 0 ? 1 : 0;
}

async function readChanges(records: AsyncIterable<LocatedRecord>, root: string): Promise<Map<string, Found>> {
  const suites = new Map<string, Found>();
  for await (const { record } of records) {
    if (record.record === 'suite') {
      suites.set(record.suite, {
        folder: join(root, dirname(record.file)),
        wine: record.runtime,
        newCases: [],
        goneIds: [],
      });
    } else if (record.record === 'case' && !PASSING_VERDICTS.includes(record.verdict)) {
      const found = suites.get(record.suite);
      if (record.verdict === 'unexpected-match') found?.goneIds.push(record.id);
      else if (DECLARABLE.includes(record.verdict)) {
        found?.newCases.push({ id: record.id, difference: record.detail?.difference });
      }
    }
  }
  return suites;
}

/**
 * A new case goes to the declaration whose bound covers it. Where none does, or several do, a person has to say what the
 * reason is.
 */
function changeOf(suite: string, found: Found, index: KnownIndex | undefined, undeclared: string[]): KnownChange[] {
  const changes = (index?.entriesOf(suite) ?? []).map((entry) => ({
    entry,
    newIds: [] as string[],
    goneIds: found.goneIds.filter((id) => entry.cases.includes(id)),
  }));
  const open: string[] = [];
  for (const { id, difference } of found.newCases) {
    const [only, another] = changes.filter(({ entry }) => covers(entry, difference));
    if (only && !another) only.newIds.push(id);
    else open.push(id);
  }
  if (open.length > 0) {
    const why =
      changes.length === 0 ? 'no declaration holds for this runtime' : 'not exactly one declaration covers them';
    const shown = `${open.slice(0, 5).join(' ')}${open.length > 5 ? ' ...' : ''}`;
    undeclared.push(`${suite}: ${open.length.toString()} new divergences, and ${why}: ${shown}`);
  }
  return changes.filter(({ newIds, goneIds }) => newIds.length + goneIds.length > 0);
}
