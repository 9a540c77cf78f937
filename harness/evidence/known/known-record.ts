import { relative } from 'node:path';
import type { KnownDivergenceRecord } from '../../../protocol/records/result-record.ts';
import { isCases, type KnownDivergence } from './known-divergence.ts';
import type { SuiteKnown } from './suite-known.ts';

/** What results say of the declarations of a suite. Paths are relative to `root`. */
export function knownRecords(known: SuiteKnown, root: string): KnownDivergenceRecord[] {
  const miscounts = known.miscounts();
  return known.entries.map((entry) => {
    const miscount = miscounts.find((each) => each.entry === entry);
    return knownRecord(entry, known.declared(entry) ?? 0, root, miscount?.found);
  });
}

/** What results say of one declaration. */
export function knownRecord(
  entry: KnownDivergence,
  cases: number,
  root: string,
  found?: number,
): KnownDivergenceRecord {
  return {
    ...(entry.cause === undefined ? {} : { cause: entry.cause }),
    reason: entry.reason,
    bug: entry.bug,
    wine: entry.wine,
    cases: isCases(entry) ? entry.cases.length : cases,
    ...(found === undefined ? {} : { found }),
    file: relative(root, entry.file),
    line: entry.line,
  };
}
