// What a fact asserts, against what was seen. Nothing that it does not assert is looked at.
import type { Verdict } from '../../../protocol/records/result-record.ts';
import { layoutOf } from '../../types/abi/layout.ts';
import type { Layout } from '../../types/abi/layout-kinds.ts';
import { describeOutcome } from '../../calls/marshal/outcome.ts';
import { addressIn, type Lost, type Returned } from './call-fact.ts';
import type { ErrorCheck, Fact, OutCheck } from './fact.ts';
import type { Block } from './fact-memory.ts';
import { judge, type Scope, type Subject } from './judge-value.ts';
import { showCheck, showErrorCheck } from './show-fact.ts';

/** One thing that is not as asserted. */
export interface Mismatch {
  /** `return`, `out 2`, `errno`, and so on. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

export interface JudgedFact {
  readonly verdict: Extract<Verdict, 'match' | 'divergence' | 'fault' | 'timeout' | 'unsupported'>;
  readonly mismatches: readonly Mismatch[];
  /** Why it could not be tried. */
  readonly reason?: string;
  /** The runtime lacks the function. */
  readonly isMissing?: true;
}

export function judgeFact(fact: Fact, seen: Returned | Lost): JudgedFact {
  if (seen.kind === 'lost') return judgeLost(seen);
  const mismatches = [
    ...judgeResult(fact, seen),
    ...judgeMemory(fact, seen),
    ...judgeErrors(fact, seen),
    ...judgeCalls(fact, seen),
  ];
  return { verdict: mismatches.length === 0 ? 'match' : 'divergence', mismatches };
}

function judgeLost({ outcome }: Lost): JudgedFact {
  const text = describeOutcome(outcome);
  if (outcome.kind === 'not-callable') return { verdict: 'unsupported', mismatches: [], reason: text, isMissing: true };
  const mismatch = { what: 'the call', expected: 'returns', actual: text };
  return { verdict: outcome.kind === 'timed-out' ? 'timeout' : 'fault', mismatches: [mismatch] };
}

function scopeOf({ expect }: Fact, { memory, args, prepared }: Returned): Scope {
  const { first, ignoresCase } = prepared;
  return { memory, blocks: args.blocks, first, ignoresCase, tellsZeros: expect.tellsZeros };
}

function judgeResult(fact: Fact, seen: Returned): Mismatch[] {
  const check = fact.expect.returns;
  if (!check) return [];
  const { memory } = seen;
  const layout = layoutOf(fact.declared.type.result, memory.pointerBytes);
  // A struct behind a returned pointer is asserted as if it were the result.
  const isBehind = check.kind === 'fields' && layout.kind === 'pointer';
  const subject = isBehind ? behind(layout, seen) : { layout, bytes: seen.result.subarray(0, layout.bytes) };
  const found = subject ? judge(check, subject, scopeOf(fact, seen)) : 'null';
  return found === undefined ? [] : [{ what: 'return', expected: showCheck(check), actual: found }];
}

function behind(layout: Extract<Layout, { kind: 'pointer' }>, { memory, result }: Returned): Subject | undefined {
  const target = layoutOf(layout.type.target, memory.pointerBytes);
  const bytes = memory.at(addressIn(result, memory.pointerBytes), target.bytes);
  return bytes && { layout: target, bytes };
}

function judgeMemory(fact: Fact, seen: Returned): Mismatch[] {
  return fact.expect.out.flatMap((out) => {
    const what = `out ${out.inVaList ? 'va' : ''}${String(out.argument)}`;
    const block = blockOf(fact, seen, out);
    if (!block) return [{ what, expected: showCheck(out.check), actual: 'no memory' }];
    const start = out.offset * block.element.bytes;
    const bytes = seen.memory.read(block.offset + start, Math.max(0, block.bytes - start));
    const found = judge(out.check, { layout: layoutIn(fact, out, block), bytes }, scopeOf(fact, seen));
    return found === undefined ? [] : [{ what, expected: showCheck(out.check), actual: found }];
  });
}

/** An argument that points into another is compared from there on. */
function blockOf(fact: Fact, { args }: Returned, { argument, inVaList }: OutCheck): Block | undefined {
  if (inVaList) return args.vaBlocks[argument];
  const given = fact.args[argument];
  if (given?.kind !== 'inside') return args.blocks[argument];
  const block = args.blocks[given.argument];
  if (!block) return undefined;
  const by = given.unit === 'bytes' ? given.offset : given.offset * block.element.bytes;
  return { ...block, offset: block.offset + by, bytes: block.bytes - by };
}

/** What a stored pointer leads to is known to the prototype alone: `char **`. */
function layoutIn(fact: Fact, { argument, inVaList }: OutCheck, { element }: Block): Layout {
  const parameter = inVaList ? undefined : fact.declared.type.parameters[argument];
  if (element.kind !== 'pointer' || parameter?.type.kind !== 'pointer') return element;
  const { target } = parameter.type;
  return target.kind === 'pointer' ? layoutOf(target, element.bytes) : element;
}

function judgeErrors({ expect }: Fact, { errno, doserrno, lastError, prepared }: Returned): Mismatch[] {
  return [
    ...judgeError('errno', expect.errno, errno, prepared.errno),
    ...judgeError('doserrno', expect.doserrno, doserrno, prepared.doserrno),
    ...judgeError('lastError', expect.lastError, lastError, prepared.lastError),
  ];
}

function judgeError(
  what: string,
  check: ErrorCheck | undefined,
  found: number | undefined,
  before: number,
): Mismatch[] {
  if (!check || (found !== undefined && holds(check, found >>> 0, before >>> 0))) return [];
  const actual = found === undefined ? 'not known' : found >>> 0 === before >>> 0 ? 'unchanged' : String(found);
  return [{ what, expected: showErrorCheck(check), actual }];
}

function holds(check: ErrorCheck, found: number, before: number): boolean {
  if (check.kind === 'unchanged') return found === before;
  return check.kind === 'code' ? found === check.code >>> 0 : check.checks.some((each) => holds(each, found, before));
}

function judgeCalls({ expect }: Fact, { told, prepared }: Returned): Mismatch[] {
  const { callbackCount, matherrType } = expect;
  const { invalidParameters } = prepared;
  const found: Mismatch[] = [];
  if (callbackCount !== undefined && told.callbacks !== callbackCount)
    found.push({ what: 'callbacks', expected: times(callbackCount), actual: times(told.callbacks) });
  if (invalidParameters !== undefined && told.invalidParameters !== invalidParameters)
    found.push({
      what: 'invalid parameter handler',
      expected: times(invalidParameters),
      actual: times(told.invalidParameters),
    });
  const type = told.matherr ?? 'none';
  if (matherrType !== undefined && type !== matherrType)
    found.push({ what: 'matherr type', expected: String(matherrType), actual: String(type) });
  return found;
}

function times(count: number): string {
  return count === 1 ? 'called once' : `called ${String(count)} times`;
}
