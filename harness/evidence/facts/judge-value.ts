// Whether a value, or memory, is what a check says; and what is there instead.
import type { Layout, RecordLayout } from '../../types/abi/layout-kinds.ts';
import type { ScalarCode } from '../../types/declare/types.ts';
import { ulpDistance } from '../compare/floating.ts';
import type { Block, FactMemory } from './fact-memory.ts';
import { endOfText } from './fact-memory.ts';
import type { Check, Plain } from './fact.ts';
import { isPointerSized } from './build-arguments.ts';
import { bitsIn, bitsOf, doubleOf, floatingBits, floatOf, integerBits, numberOf } from './number-bits.ts';
import { showBytes, showText, showValue } from './show-fact.ts';

/** What a check looks at. */
export interface Subject {
  readonly layout: Layout;
  /** What is there: a value, or as much memory as belongs to it. */
  readonly bytes: Uint8Array;
}

/** What checks refer to besides what they look at. */
export interface Scope {
  readonly memory: FactMemory;
  readonly blocks: readonly (Block | undefined)[];
  readonly first: bigint | undefined;
  readonly ignoresCase: boolean;
  readonly tellsZeros: boolean;
}

/** Undefined where the check holds; otherwise what is there, in words. */
export type Found = string | undefined;

export function judge(check: Check, subject: Subject, scope: Scope): Found {
  switch (check.kind) {
    case 'plain':
      return judgePlain(check.value, subject, scope);
    case 'null':
      return (addressOf(subject, scope) === 0n) === check.isNull ? undefined : showSubject(subject, scope);
    case 'text':
      return judgeText(check, subject, scope);
    case 'bytes': {
      const bytes = pointed(subject, scope, check.bytes.length) ?? subject.bytes;
      const found = bytes.subarray(0, check.bytes.length);
      return Buffer.from(found).equals(check.bytes) ? undefined : showBytes(found);
    }
    case 'units':
      return judgeUnits(check.values, check.type === 'uint16' ? 2 : undefined, subject);
    case 'length': {
      const unit = unitOf(subject);
      const end = endOfText(subject.bytes, unit);
      return end !== undefined && end / unit === check.length
        ? undefined
        : end === undefined
          ? 'no terminator'
          : `${String(end / unit)} characters`;
    }
    case 'inside': {
      const block = scope.blocks[check.argument];
      if (!block) return `argument ${String(check.argument)} is no memory`;
      const step = check.unit === 'bytes' ? 1 : block.element.bytes;
      const wanted = scope.memory.addressOf(block.offset) + BigInt(check.offset * step);
      return addressOf(subject, scope) === wanted ? undefined : showSubject(subject, scope);
    }
    case 'in-first':
      return scope.first !== undefined && addressOf(subject, scope) === scope.first + BigInt(check.offset)
        ? undefined
        : showSubject(subject, scope);
    case 'truthy':
      return (bitsIn(valueBytes(subject)) !== 0n) === check.value ? undefined : showSubject(subject, scope);
    case 'sign':
      return signOf(subject) === check.sign ? undefined : showSubject(subject, scope);
    case 'nan':
    case 'high32':
    case 'finite':
    case 'approx':
      return judgeFloating(check, subject, scope);
    case 'any-of': {
      const found = check.checks.map((each) => judge(each, subject, scope));
      return found.includes(undefined) ? undefined : found[0];
    }
    case 'not':
      return judge(check.check, subject, scope) === undefined ? showSubject(subject, scope) : undefined;
    case 'fields':
      return judgeFields(check, subject, scope);
  }
}

/** One value: the whole of it, or the first element of memory. */
function valueBytes({ layout, bytes }: Subject): Uint8Array {
  return bytes.subarray(0, layout.bytes);
}

function scalarCode({ layout }: Subject): ScalarCode | undefined {
  return layout.kind === 'scalar' ? layout.code : undefined;
}

function unitOf({ layout }: Subject): 1 | 2 {
  const element = layout.kind === 'array' ? layout.element : layout;
  return element.bytes === 2 ? 2 : 1;
}

function addressOf(subject: Subject, { memory }: Scope): bigint {
  return bitsIn(subject.bytes.subarray(0, memory.pointerBytes));
}

/** What a pointer leads to, so many bytes of it; undefined for what is no pointer. */
function pointed(subject: Subject, scope: Scope, bytes: number): Uint8Array | undefined {
  if (subject.layout.kind !== 'pointer') return undefined;
  return scope.memory.at(addressOf(subject, scope), bytes) ?? new Uint8Array();
}

function judgePlain(value: Plain, subject: Subject, scope: Scope): Found {
  const { layout } = subject;
  const code = scalarCode(subject);
  // Memory of characters holds text, and a result of one character a number.
  const isMemory = subject.bytes.length > layout.bytes || layout.kind === 'array';
  if (
    typeof value === 'string' &&
    (layout.kind === 'scalar' && layout.bytes <= 2 ? isMemory || !isNumber(value) : !isNumber(value))
  ) {
    return judgeText({ text: value, extent: 'whole', width: 'own', ignoresCase: false }, subject, scope);
  }
  const found = bitsIn(valueBytes(subject));
  if (code === 'double' || code === 'float') {
    if (typeof value === 'string' && /^0x/i.test(value))
      return found === floatingBits(value, code) ? undefined : showSubject(subject, scope);
    const number = code === 'double' ? doubleOf(found) : floatOf(found);
    const wanted = code === 'double' ? numberOf(value) : Math.fround(numberOf(value));
    const tells = scope.tellsZeros || value === '-0' || Object.is(value, -0);
    const same = tells || Number.isNaN(wanted) ? Object.is(number, wanted) : number === wanted;
    return same ? undefined : showSubject(subject, scope);
  }
  const bits = layout.bytes * 8;
  const isWord = layout.kind === 'pointer' || (layout.kind === 'scalar' && isPointerSized(layout));
  const wanted = integerBits(value, isWord ? 64 : code ? bitsOf(code) : bits);
  return wanted !== undefined && BigInt.asUintN(bits, wanted) === found ? undefined : showSubject(subject, scope);
}

function isNumber(value: string): boolean {
  return /^(-?0x[0-9a-f]+|[+-]?\d+(\.\d+)?(e[+-]?\d+)?|[+-]?inf|-?nan)$/i.test(value);
}

type TextCheck = Omit<Extract<Check, { kind: 'text' }>, 'kind'>;

function judgeText(check: TextCheck, subject: Subject, scope: Scope): Found {
  const { layout } = subject;
  const isPointer = layout.kind === 'pointer';
  const target = isPointer && layout.type.target.kind === 'scalar' ? layout.type.target.text : null;
  const unit = check.width === 'wide' || (isPointer ? target === 'wchar' : unitOf(subject) === 2) ? 2 : 1;
  const encoding = unit === 2 ? 'utf16le' : 'latin1';
  const wanted = Buffer.from(check.text, encoding);
  const address = addressOf(subject, scope);
  if (isPointer && address === 0n) return 'null';
  if (check.extent === 'start') {
    const all = isPointer ? (scope.memory.at(address, wanted.length) ?? new Uint8Array()) : subject.bytes;
    const found = Buffer.from(all.subarray(0, wanted.length));
    return same(found.toString(encoding), check.text, check, scope) ? undefined : showText(found, unit);
  }
  const whole = isPointer ? scope.memory.textAt(address, unit) : subject.bytes;
  if (!whole) return 'no text that could be read';
  const end = isPointer ? whole.length : endOfText(whole, unit);
  const found = Buffer.from(whole.subarray(0, end ?? whole.length));
  if (end === undefined) return `${showText(found, unit)} without a terminator`;
  return same(found.toString(encoding), check.text, check, scope) ? undefined : showText(found, unit);
}

function same(found: string, wanted: string, check: TextCheck, { ignoresCase }: Scope): boolean {
  if (found === wanted) return true;
  return (check.ignoresCase || ignoresCase) && found.toLowerCase() === wanted.toLowerCase();
}

function judgeUnits(values: readonly Plain[], width: number | undefined, { layout, bytes }: Subject): Found {
  const element = layout.kind === 'array' ? layout.element : layout;
  const step = width ?? element.bytes;
  const code = element.kind === 'scalar' && width === undefined ? element.code : undefined;
  const wanted = values.map((value) =>
    code === 'double' || code === 'float' ? floatingBits(value, code) : integerBits(value, step * 8),
  );
  const found = values.map((_, i) => bitsIn(bytes.subarray(i * step, (i + 1) * step)));
  const isSame = bytes.length >= values.length * step && wanted.every((each, i) => each === found[i]);
  return isSame ? undefined : `[${found.map((each) => each.toString()).join(', ')}]`;
}

function signOf(subject: Subject): number {
  const bits = bitsIn(valueBytes(subject));
  const code = scalarCode(subject);
  if (code === 'double') return Math.sign(doubleOf(bits));
  if (code === 'float') return Math.sign(floatOf(bits));
  const value = BigInt.asIntN(subject.layout.bytes * 8, bits);
  return value === 0n ? 0 : value < 0n ? -1 : 1;
}

type FloatingCheck = Extract<Check, { kind: 'nan' | 'high32' | 'finite' | 'approx' }>;

function judgeFloating(check: FloatingCheck, subject: Subject, scope: Scope): Found {
  const code = scalarCode(subject) === 'float' ? 'float' : 'double';
  const bits = bitsIn(valueBytes(subject));
  const value = code === 'double' ? doubleOf(bits) : floatOf(bits);
  return holds() ? undefined : showSubject(subject, scope);

  function holds(): boolean {
    switch (check.kind) {
      case 'nan': {
        const isNegative = bits >> (code === 'double' ? 63n : 31n) === 1n;
        return Number.isNaN(value) && (check.negative === undefined || check.negative === isNegative);
      }
      case 'high32':
        return bits >> 32n === BigInt(check.bits);
      case 'finite':
        return Number.isFinite(value) === check.value;
      case 'approx': {
        const wanted = code === 'double' ? numberOf(check.value) : Math.fround(numberOf(check.value));
        if (Object.is(value, wanted) || value === wanted) return true;
        if (check.absTol !== undefined && Math.abs(value - wanted) <= check.absTol) return true;
        if (check.ulps === undefined)
          return check.absTol === undefined && Math.abs(value - wanted) <= Math.abs(wanted) * 1e-12;
        const distance = ulpDistance(value, wanted, code === 'double' ? 64 : 32);
        return distance !== undefined && distance <= BigInt(Math.trunc(check.ulps));
      }
    }
  }
}

function judgeFields(check: Extract<Check, { kind: 'fields' }>, subject: Subject, scope: Scope): Found {
  const { layout, bytes } = subject;
  if (layout.kind !== 'struct' && layout.kind !== 'union') return `${layout.name}, which is no struct`;
  const different = Object.entries(check.fields).flatMap(([name, each]) => {
    const found = judgeMember(layout, bytes, name, each, scope);
    return found === undefined ? [] : [`${name}: ${found}`];
  });
  return different.length === 0 ? undefined : different.join(', ');
}

function judgeMember(record: RecordLayout, bytes: Uint8Array, name: string, check: Check, scope: Scope): Found {
  const member = record.members.find((each) => each.name === name);
  if (!member) return 'no such member';
  return judge(
    check,
    { layout: member.layout, bytes: bytes.subarray(member.offset, member.offset + member.layout.bytes) },
    scope,
  );
}

/** What is there, for people: an address as the place it stands for. */
export function showSubject(subject: Subject, { memory, blocks }: Scope): string {
  const { layout } = subject;
  if (layout.kind !== 'pointer') return showValue(layout, subject.bytes);
  const address = bitsIn(subject.bytes.subarray(0, memory.pointerBytes));
  if (address === 0n) return 'null';
  for (const [index, block] of blocks.entries()) {
    if (!block) continue;
    const offset = address - memory.addressOf(block.offset);
    if (offset >= 0n && offset <= BigInt(block.bytes)) return `argument ${String(index)} + ${offset.toString()} bytes`;
  }
  return 'a pointer elsewhere';
}
