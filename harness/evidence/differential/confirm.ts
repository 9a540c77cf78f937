import { asksSystem } from '../oracle/system-functions.ts';
import { examine, type Finding, type Search } from './finding.ts';
import type { LiveSide, Pair } from './pair.ts';

/** Whether a finding is evidence. */
export type Confirmed =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'not-repeatable'; readonly why: string }
  /** Microsoft's code asked the system, and here Wine answered. */
  | { readonly kind: 'asks-system'; readonly asked: readonly string[] };

const TIMES = 3;

/** Runs a case again in fresh processes, several times: each has to end as it did first. */
export function confirm(pair: Pair, search: Search, finding: Finding): Confirmed {
  const native = [pair.a, pair.b].filter(({ oracle }) => oracle !== undefined);
  const first = outcomesOf(finding);
  const asked = new Set<string>();
  for (let time = 1; time <= TIMES; time++) {
    pair.renew();
    const watches = native.map(watch);
    const both = pair.observeOne(finding.inputs);
    for (const called of watches) for (const name of asksSystem(called())) asked.add(name);
    if (asked.size > 0) return { kind: 'asks-system', asked: [...asked].toSorted() };
    const again = both && examine(pair.suite, search, finding.inputs, both);
    if (!again) return { kind: 'not-repeatable', why: `in fresh process ${time.toString()} there is no difference` };
    if (outcomesOf(again) !== first)
      return { kind: 'not-repeatable', why: `in fresh process ${time.toString()} the outcome is another one` };
  }
  return { kind: 'confirmed' };
}

/** From now on; what it returns says which functions of the system were called. */
function watch({ agent }: LiveSide): () => readonly string[] {
  const system = agent.systemCalls();
  const before = system.counts();
  return () => system.calledSince(before);
}

/** What has to come out the same: addresses and texts about them change. */
function outcomesOf({ a, b }: Finding): string {
  return JSON.stringify([keep(a), keep(b)]);
}

function keep(seen: Finding['a']): unknown {
  if (seen.kind === 'returned') return seen.fields;
  return 'code' in seen ? [seen.kind, seen.code] : seen.kind;
}
