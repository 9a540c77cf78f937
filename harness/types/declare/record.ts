// Structs and unions from their members. Internal: `struct` and `union` are the public ways, and know the SDK's types.
import { DllparityError } from '../../base/errors.ts';
import { requireRecord, requireType } from './check-declared.ts';
import { expressionOf, pathsIn } from './expression.ts';
import { type Declaration, type NamedTypes, parseDeclaration } from './parse-declaration.ts';
import type { ArrayType, CType, Member, RecordType } from './types.ts';

/** How a record is laid out, where it is not by default. */
export interface RecordOptions<T extends NamedTypes = NamedTypes> {
  /**
   * `#pragma pack(n)`: no member is aligned to more than this many bytes.
   * @default natural alignment
   */
  readonly pack?: 1 | 2 | 4 | 8 | 16;
  /**
   * `__declspec(align(n))`: the whole is aligned to at least this many bytes.
   * @default as its members ask
   */
  readonly align?: 1 | 2 | 4 | 8 | 16 | 32 | 64 | 128;
  /** Types by name that the members' texts use. The record's own name is known already. */
  readonly types?: T;
}

/** Types of members: C text or type objects. */
export type MemberTypes = Readonly<Record<string, string | CType>>;

/** Makes a record. A member may point to the record itself by its name. */
export function recordType(
  kind: RecordType['kind'],
  name: string,
  members: MemberTypes,
  options: RecordOptions,
  known: NamedTypes,
): RecordType {
  const laid: Member[] = [];
  const record: RecordType = {
    kind,
    name,
    members: laid,
    pack: options.pack ?? null,
    align: options.align ?? null,
  };
  const types = { ...known, ...options.types, [name]: record };
  requireRecord(members, `the members of ${name}`, "names with types: `{ x: 'int', y: 'int' }`");
  const entries = Object.entries(members);
  entries.forEach(([key, source], index) => {
    checkAlignment(record, key, source);
    requireType(source, `the member "${key}" of ${name}`);
    const declared: Declaration =
      typeof source === 'string' ? parseDeclaration(source, types) : { name: undefined, type: source, bits: null };
    if (declared.name !== undefined) {
      fail(record, key, `has the name "${declared.name}" twice`, 'Write the type alone: the key is the name.');
    }
    checkMember(record, key, declared, index === entries.length - 1);
    laid.push({ name: key, type: declared.type, bits: declared.bits });
  });
  for (const member of laid) checkCount(record, member);
  if (laid.length === 0) {
    throw new DllparityError('PROTOTYPE_SYNTAX', {
      what: `${kind} ${name} has no members`,
      hint: 'C knows no empty struct. Use `opaque` for a type of which only the name is known.',
    });
  }
  return record;
}

/** `__declspec(align(8)) int`, `_Alignas(8) int`, and koffi's `[8, 'int']`: read without the alignment they would lie elsewhere. */
const OWN_ALIGNMENT =
  /\b__declspec\s*\(\s*align\b|\b__attribute__\b.*\b(?:_*aligned_*|_*packed_*)\b|\b(?:_A|a)lignas\b/s;

function checkAlignment(record: RecordType, key: string, source: unknown): void {
  if (typeof source === 'string' ? !OWN_ALIGNMENT.test(source) : !Array.isArray(source)) return;
  fail(
    record,
    key,
    'has an alignment of its own, which cannot be declared',
    "Put the bytes before it as a member, `gap: 'char[12]'`, and give the struct `align`. For less alignment there is `pack`.",
  );
}

function checkMember(record: RecordType, key: string, { type, bits }: Declaration, isLast: boolean): void {
  if (elementOf(type) === record) fail(record, key, 'contains itself', 'Use a pointer to it.');
  if (type.kind === 'void' || type.kind === 'function' || type.kind === 'opaque') {
    fail(record, key, `cannot have the type "${type.name}"`, 'Use a pointer to it.');
  }
  if (bits !== null && bits > widthOf(type)) {
    fail(record, key, `has ${bits.toString()} bits, and its type ${widthOf(type).toString()}`, 'Use a wider type.');
  }
  if (type.kind === 'array') checkArray(record, key, type, isLast);
}

/** What counts a member is worked out from other members, wherever they stand. */
function checkCount(record: RecordType, { name, type }: Member): void {
  const countedBy = type.kind === 'array' || type.kind === 'pointer' ? type.countedBy : null;
  if (countedBy === null) return;
  const hint = "Name integer members, with their paths and with arithmetic: 'count', 'header.count', 'width * height'.";
  const expression = expressionOf(countedBy);
  if (!expression) return fail(record, name, `is counted by "${countedBy}", which is no arithmetic of members`, hint);
  for (const path of pathsIn(expression)) {
    const counter = memberAt(record, path);
    if (!counter) fail(record, name, `is counted by "${path.join('.')}", which is no member`, hint);
    else if (!isInteger(counter)) {
      fail(record, name, `is counted by "${path.join('.')}", which is no integer but a "${counter.name}"`, hint);
    }
  }
}

function memberAt(record: RecordType, path: readonly string[]): CType | undefined {
  let type: CType | undefined = record;
  for (const name of path) {
    if (type?.kind === 'pointer') type = type.target;
    if (type?.kind !== 'struct' && type?.kind !== 'union') return undefined;
    type = type.members.find((member) => member.name === name)?.type;
  }
  return type;
}

function isInteger(type: CType): boolean {
  // `*count`: what lies there is a number.
  if (type.kind === 'pointer') return isInteger(type.target);
  return type.kind === 'enum' || (type.kind === 'scalar' && type.code !== 'float' && type.code !== 'double');
}

/** What an array of arrays consists of in the end; the type itself where it is no array. */
function elementOf(type: CType): CType {
  return type.kind === 'array' ? elementOf(type.element) : type;
}

function checkArray(record: RecordType, key: string, type: ArrayType, isLast: boolean): void {
  if (type.length !== null && type.length >= 1) return;
  if (type.length === null && isLast && record.kind === 'struct') return;
  fail(record, key, 'has no length', 'Only the last member of a struct may be an array without one.');
}

function widthOf(type: CType): number {
  const code = type.kind === 'scalar' || type.kind === 'enum' ? type.code : 'int32';
  if (code === 'bool') return 8;
  return Number(/\d+$/.exec(code)?.[0] ?? 32);
}

function fail(record: RecordType, key: string, problem: string, hint: string): never {
  throw new DllparityError('PROTOTYPE_TYPE_UNKNOWN', {
    what: `member "${key}" of ${record.kind} ${record.name} ${problem}`,
    hint,
  });
}
