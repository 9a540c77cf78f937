import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LocatedRecord, readResults } from '../../reports/index.ts';
import { PASSING_VERDICTS, type Verdict } from '../../protocol/result-record.ts';
import { loadConfig } from '../config/load-config.ts';
import { acceptPatches, type KnownChange, writeKnownPatch } from '../known/accept-patch.ts';
import { KnownIndex } from '../known/known-index.ts';
import type { KnownDivergence } from '../known/known-divergence.ts';
import { readKnownDivergences } from '../known/read-known-divergences.ts';

interface Found {
  /** Folder of the suite file. */
  readonly folder: string;
  readonly wine: string;
  readonly newIds: string[];
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
        wine: record.runtime.version,
        newIds: [],
        goneIds: [],
      });
    } else if (record.record === 'case' && !PASSING_VERDICTS.includes(record.verdict)) {
      const found = suites.get(record.suite);
      if (record.verdict === 'unexpected-match') found?.goneIds.push(record.id);
      else if (DECLARABLE.includes(record.verdict)) found?.newIds.push(record.id);
    }
  }
  return suites;
}

/** New ids go to the only declaration of their suite. With none, or with several, a person has to say which reason they have. */
function changeOf(suite: string, found: Found, index: KnownIndex | undefined, undeclared: string[]): KnownChange[] {
  const entries = index?.entriesOf(suite) ?? [];
  const [only, ...others] = entries;
  if (found.newIds.length > 0 && (only === undefined || others.length > 0)) {
    const why =
      only === undefined
        ? 'no declaration for this version'
        : `${entries.length.toString()} declarations, so that it is not clear which one they belong to`;
    undeclared.push(
      `${suite}: ${found.newIds.length.toString()} new divergences and ${why}: ${found.newIds.slice(0, 5).join(' ')}${found.newIds.length > 5 ? ' ...' : ''}`,
    );
  }
  const newIds = others.length === 0 ? found.newIds : [];
  return entries
    .map((entry): KnownChange => ({ entry, newIds, goneIds: found.goneIds.filter((id) => isDeclared(entry, id)) }))
    .filter((change) => change.newIds.length + change.goneIds.length > 0);
}

function isDeclared(entry: KnownDivergence, id: string): boolean {
  return entry.cases.includes(id);
}
