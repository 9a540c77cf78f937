// How many elements a member has, as others say: `count`, `header.count`, `width * height`.
import { layoutOf } from '../../types/abi/layout.ts';
import type { BitPlace, Layout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import { evaluate, expressionOf, pathsIn } from '../../types/declare/expression.ts';
import { DllparityError } from '../../base/errors.ts';
import { readBits, writeBits } from './bit-fields.ts';
import { decodeAddress, decodeScalar } from './decode-scalar.ts';
import { encodeScalar } from './encode-scalar.ts';
import { type Source, sourceAt } from './source.ts';
import type { Where } from './transfer.ts';
import { isTyped } from './typed-value.ts';

/** Part of a record in memory. */
interface Part {
  readonly source: Source;
  readonly layout: Layout;
  readonly at: number;
  readonly bits: BitPlace | null;
}

/** The count that the record at byte `at` says; what is negative, or cannot be told, counts nothing. */
export function countIn(source: Source, record: RecordLayout, countedBy: string, at: number): number {
  const expression = expressionOf(countedBy);
  const count =
    expression &&
    evaluate(expression, (path, dereferenced) => {
      let part = partOf({ source, layout: record, at, bits: null }, path);
      for (let left = dereferenced; part && left > 0; left--) part = behind(part);
      return part && numberIn(part);
    });
  return count !== undefined && Number.isFinite(count) ? Math.max(0, Math.floor(count)) : 0;
}

function partOf(record: Part, path: readonly string[]): Part | undefined {
  let part: Part | undefined = record;
  for (const name of path) {
    if (part.layout.kind === 'pointer') part = behind(part);
    if (part?.layout.kind !== 'struct' && part?.layout.kind !== 'union') return undefined;
    const member = part.layout.members.find((each) => each.name === name);
    if (!member) return undefined;
    part = { source: part.source, layout: member.layout, at: part.at + member.offset, bits: member.bits };
  }
  return part;
}

function behind({ source, layout, at }: Part): Part | undefined {
  if (layout.kind !== 'pointer') return undefined;
  const address = decodeAddress(layout.bytes, source.view, at);
  const target = layoutOf(layout.type.target, layout.bytes);
  if (address === 0n || target.kind === 'sizeless') return undefined;
  const found = sourceAt(source, address, target.bytes, `the ${target.name} with a count`);
  return { source: found.source, layout: target, at: found.at, bits: null };
}

function numberIn({ source, layout, at, bits }: Part): number | undefined {
  if (layout.kind !== 'scalar') return undefined;
  return Number(bits ? readBits(layout, bits, source.view, at) : decodeScalar(layout.code, source.view, at));
}

/** How many elements a value has that is memory. */
export function elementsIn(value: unknown, elementBytes: number): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return ArrayBuffer.isView(value) ? Math.floor(value.byteLength / elementBytes) : undefined;
}

/**
 * Writes counts that the values leave out, from the arrays they count, and refuses those beyond their arrays: the record at byte
 * `at` has all its other members.
 */
export function settleCounts(
  source: Source,
  record: RecordLayout,
  members: Readonly<Record<string, unknown>>,
  at: number,
  where: Where,
): void {
  const filled = new Map<string, number>();
  for (const { name, layout } of record.members) {
    const counts = countOf(layout);
    const length = counts && elementsIn(memberOf(members, name), counts.elementBytes);
    const expression = counts && expressionOf(counts.by);
    if (length === undefined || !expression) continue;
    const { by } = counts;
    const isLeftOut = pathsIn(expression).some((path) => isMissing(members, path));
    if (isLeftOut && expression.kind === 'name' && expression.dereferenced === 0) {
      const before = filled.get(by);
      if (before !== undefined && before !== length)
        throw tooMany(by, name, Math.max(before, length), Math.min(before, length), where);
      const counter = partOf({ source, layout: record, at, bits: null }, expression.path);
      if (counter && fill(counter, length, by, name, where)) {
        filled.set(by, length);
        continue;
      }
    }
    if (isLeftOut && length > 0) {
      throw new DllparityError('ARGUMENT_RANGE', {
        what: `member ${name} of ${where()} is counted by ${by}, and what that needs is left out`,
        figures: [{ name, value: length, unit: 'elements' }],
        hint: 'Give those members: only a count that is one member can be filled in.',
      });
    }
    const count = countIn(source, record, by, at);
    if (count > length) throw tooMany(by, name, count, length, where);
  }
}

/** What counts the elements of a member. */
function countOf(layout: Layout): { readonly by: string; readonly elementBytes: number } | undefined {
  if (layout.kind !== 'array' && layout.kind !== 'pointer') return undefined;
  const by = layout.type.countedBy;
  if (by === null) return undefined;
  const element = layout.kind === 'array' ? layout.element : layoutOf(layout.type.target, layout.bytes);
  return { by, elementBytes: element.bytes };
}

/** Whether the caller's values leave open what lies there. What a pointer of another kind leads to says it itself. */
function isMissing(members: Readonly<Record<string, unknown>>, path: readonly string[]): boolean {
  let value: unknown = members;
  for (const name of path) {
    if (isTyped(value)) ({ value } = value);
    if (Array.isArray(value)) value = (value as unknown[])[0];
    if (value === undefined || value === null) return true;
    if (Object.getPrototypeOf(value) !== Object.prototype) return false;
    value = memberOf(value as Readonly<Record<string, unknown>>, name);
  }
  return value === undefined || value === null;
}

/** What an object says about a member; not what every object inherits, such as `constructor`. */
export function memberOf(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return name in Object.prototype && !Object.hasOwn(members, name) ? undefined : members[name];
}

/** False where the count lies in memory that is not this call's to write. */
function fill({ source, layout, at, bits }: Part, length: number, by: string, name: string, where: Where): boolean {
  if (layout.kind !== 'scalar' || source.view !== source.session.view) return false;
  const refusal = bits
    ? writeBits(layout, bits, length, source.view, at)
    : encodeScalar(layout, length, source.view, at);
  if (refusal === undefined) return true;
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `member ${name} of ${where()} has more elements than its count ${by} can say`,
    figures: [{ name, value: length, unit: 'elements' }],
    hint: 'Pass fewer elements.',
  });
}

function tooMany(by: string, name: string, count: number, length: number, where: Where): DllparityError {
  return new DllparityError('ARGUMENT_RANGE', {
    what: `member ${by} of ${where()} counts more elements than ${name} has`,
    figures: [
      { name: by, value: count, unit: 'elements' },
      { name, value: length, unit: 'elements' },
    ],
    hint: /^\w+$/.test(by) ? `Leave ${by} out to have it counted.` : `Pass as many elements as ${by} says.`,
  });
}

const counting = new WeakMap<RecordLayout, boolean>();

/** Whether a member of the record is counted by others. */
export function hasCounts(record: RecordLayout): boolean {
  let has = counting.get(record);
  if (has === undefined) {
    has = record.members.some(
      ({ layout }) => (layout.kind === 'array' || layout.kind === 'pointer') && layout.type.countedBy !== null,
    );
    counting.set(record, has);
  }
  return has;
}

/** Bytes that the flexible array of a struct needs behind the struct. */
export function flexibleBytes(layout: RecordLayout, value: Readonly<Record<string, unknown>>): number {
  const last = layout.members.at(-1);
  if (last?.layout.kind !== 'array' || last.layout.type.length !== null) return 0;
  const given = value[last.name];
  const end = last.offset + (elementsIn(given, last.layout.element.bytes) ?? 0) * last.layout.element.bytes;
  return Math.max(0, end - layout.bytes);
}
