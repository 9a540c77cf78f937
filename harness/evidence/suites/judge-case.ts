import type { ShownDifference, Verdict } from '../../../protocol/records/result-record.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';
import { type Comparator, widthOf } from '../compare/comparator.ts';
import { ulpDistance } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import type { Behaviour } from './behaviour.ts';
import type { Observed } from './observed.ts';

/** What comparing one case says, before declarations of known divergences are looked at. */
export interface Judged {
  readonly verdict: Extract<Verdict, 'match' | 'tolerated' | 'divergence' | 'fault' | 'timeout' | 'unsupported'>;
  readonly difference: ShownDifference | null;
}

const MATCH: Judged = { verdict: 'match', difference: null };

/** HOT: compares what was seen with what is expected. */
export function judgeCase(
  behaviour: Behaviour,
  comparator: Comparator,
  expected: RecordedOutcome,
  seen: Observed,
): Judged {
  if (seen === expected) return MATCH; // Given back by `observe`: nothing else was seen.
  if (seen.kind === 'returned' && expected.kind === 'returned')
    return judgeFields(behaviour, comparator, expected.fields, seen.fields);
  if (seen.kind === 'not-callable') return { verdict: 'unsupported', difference: null };
  if (seen.kind === 'timed-out')
    return { verdict: 'timeout', difference: { summary: withoutEnd(expected), fields: [] } };
  if (seen.kind === 'wire-damaged')
    return { verdict: 'fault', difference: { summary: withoutEnd(expected), fields: [] } };
  if (seen.kind === expected.kind && 'code' in seen && 'code' in expected && seen.code === expected.code) return MATCH;
  const summary =
    seen.kind === expected.kind
      ? `both ${WORDS[seen.kind].replace(/s\b/, '')}, with different codes`
      : `Microsoft ${WORDS[expected.kind]}, this runtime ${WORDS[seen.kind]}`;
  return { verdict: seen.kind === 'returned' ? 'divergence' : 'fault', difference: { summary, fields: [] } };
}

const WORDS = { returned: 'returns', faulted: 'faults', exited: 'ends the process' };

function withoutEnd({ kind }: RecordedOutcome): string {
  return `Microsoft ${WORDS[kind]}, this runtime does not${kind === 'returned' ? '' : ' return'}`;
}

function judgeFields(
  behaviour: Behaviour,
  comparator: Comparator,
  expected: Readonly<Record<string, Json>>,
  seen: Readonly<Record<string, Json>>,
): Judged {
  let tolerated: string[] | undefined;
  let different: string[] | undefined;
  const compare = (field: string): void => {
    // A field that one side lacks is at its default there: errno 0.
    const [wanted, found] = [expected[field], seen[field]];
    const kind = behaviour.fieldKind(field);
    const comparison = comparator.compare(
      field,
      kind,
      wanted === undefined ? 0 : wanted,
      found === undefined ? 0 : found,
    );
    if (comparison === 'different') (different ??= []).push(field);
    else if (comparison === 'tolerated') (tolerated ??= []).push(field);
  };
  for (const field in expected) if (expected[field] !== seen[field]) compare(field);
  for (const field in seen) if (!(field in expected)) compare(field);
  const fields = different ?? tolerated;
  if (!fields) return MATCH;
  return {
    verdict: different ? 'divergence' : 'tolerated',
    difference: describeDifference(behaviour, fields, expected, seen),
  };
}

/** Says where the first of the differing fields differs, with distance or position. */
function describeDifference(
  behaviour: Behaviour,
  fields: readonly string[],
  expected: Readonly<Record<string, Json>>,
  seen: Readonly<Record<string, Json>>,
): ShownDifference {
  const parts: string[] = [];
  let ulp: bigint | undefined;
  let offset: number | undefined;
  for (const field of fields) {
    const wanted = expected[field] ?? 0;
    const found = seen[field] ?? 0;
    const kind = behaviour.fieldKind(field);
    const distance = kind === 'other' ? undefined : ulpDistance(wanted, found, widthOf(kind));
    if (distance !== undefined && distance > 0n) {
      ulp ??= distance;
      parts.push(`${field} differs by ${distance.toString()} ulp`);
    } else if (typeof wanted === 'string' && typeof found === 'string' && kind === 'other') {
      const at = firstDifference(wanted, found);
      offset ??= at;
      parts.push(`${field} differs at character ${at.toString()}`);
    } else if (Array.isArray(wanted) && Array.isArray(found)) {
      const at = wanted.findIndex((value, index) => JSON.stringify(value) !== JSON.stringify(found[index]));
      offset ??= at < 0 ? wanted.length : at;
      parts.push(`${field} differs at element ${offset.toString()}`);
    } else {
      parts.push(`${field} differs`);
    }
  }
  return {
    summary: parts.join(', '),
    fields,
    ...(ulp === undefined ? {} : { ulp: ulp.toString() }),
    ...(offset === undefined ? {} : { offset }),
  };
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}
