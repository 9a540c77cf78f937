import type { KnownDivergenceRecord } from '../../../protocol/records/result-record.ts';
import { type SelectableRuntime, selects } from '../../base/runtime-selector.ts';
import type { CountChange } from './accept-patch.ts';
import { type DeclaredNumber, declaredNumber } from './case-count.ts';
import type { DeclaredCause } from './known-divergence.ts';

/** What a run says of the declarations of one suite on one runtime. */
export interface CountedSuite {
  readonly suite: string;
  readonly runtime: SelectableRuntime & { readonly id: string };
  readonly known: readonly KnownDivergenceRecord[];
}

/** What the numbers of the causes of a file need to become, and what only a person can say, in sentences. */
export interface CountChanges {
  readonly changes: readonly CountChange[];
  readonly open: readonly string[];
}

/** A number changes where all runtimes of the run that it is for found another one, and the same. */
export function countChanges(entries: readonly DeclaredCause[], suites: readonly CountedSuite[]): CountChanges {
  const open: string[] = [];
  const changes = entries.flatMap((entry): CountChange[] => {
    const found = new Map<string, { readonly number: DeclaredNumber; readonly seen: Map<string, number> }>();
    for (const { suite, runtime, known } of suites) {
      const record = known.find(({ cause }) => cause === entry.cause);
      if (record === undefined || !selects(entry.runtimes, runtime)) continue;
      const number = declaredNumber(entry.counts, suite, runtime);
      const cases = record.found ?? record.cases;
      if (number === undefined) {
        if (record.found !== undefined)
          open.push(
            `${suite} on ${runtime.id}: the cause "${entry.cause}" covers ${cases.toString()} cases, and has no number for them`,
          );
        continue;
      }
      const key = `${suite}\n${number.at.toString()}`;
      const of = found.get(key) ?? { number, seen: new Map<string, number>() };
      found.set(key, of);
      of.seen.set(runtime.id, cases);
    }
    const numbers = [...found.values()].flatMap(({ number, seen }) => {
      const [cases = 0, ...others] = new Set(seen.values());
      if (others.length > 0) {
        const each = [...seen].map(([id, count]) => `${count.toString()} on ${id}`).join(', ');
        open.push(`${number.suite}: the cause "${entry.cause}" covers ${each}; give each its own number`);
      }
      return others.length > 0 || cases === number.cases ? [] : [{ ...number, cases }];
    });
    return numbers.length > 0 ? [{ entry, numbers }] : [];
  });
  return { changes, open };
}
