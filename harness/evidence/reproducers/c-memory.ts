// Memory behind pointers, and values that are passed: what of a case becomes declarations of a program.
import type { Json } from '../compare/json.ts';
import { type CType, type PointerType, type RecordType, type ScalarType, textOf } from '../../types/declare/types.ts';
import { doubleLiteral, floatLiteral, identifier, integerLiteral, stringLiteral, wideInitialiser } from './c-text.ts';
import type { CTypes } from './c-types.ts';
import { NotInC } from './not-in-c.ts';

/** Memory with a name of its own. */
export interface Memory {
  readonly name: string;
  /** Type of its elements, and their number. */
  readonly element: CType;
  readonly count: number;
  /** Its declaration. */
  readonly declaration: string;
  /** What is done to it before the call. */
  readonly statements: readonly string[];
}

const UNSIGNED_CHAR: ScalarType = { kind: 'scalar', code: 'uint8', name: 'unsigned char', text: null };
const CHAR: ScalarType = { kind: 'scalar', code: 'int8', name: 'char', text: 'char' };
const WCHAR: ScalarType = { kind: 'scalar', code: 'uint16', name: 'wchar_t', text: 'wchar' };

/** Types of elements by the name under which a typed array is in a case. */
const ARRAYS: Readonly<Record<string, ScalarType>> = {
  int8: { kind: 'scalar', code: 'int8', name: '', text: null },
  uint16: { kind: 'scalar', code: 'uint16', name: '', text: null },
  int16: { kind: 'scalar', code: 'int16', name: '', text: null },
  int32: { kind: 'scalar', code: 'int32', name: '', text: null },
  uint32: { kind: 'scalar', code: 'uint32', name: '', text: null },
  float: { kind: 'scalar', code: 'float', name: 'float', text: null },
  double: { kind: 'scalar', code: 'double', name: 'double', text: null },
};

/** Memory as the case gives it. Throws NotInC. */
export function memoryOf(types: CTypes, name: string, type: PointerType, json: Json): Memory {
  const isWide = textOf(type.target) === 'wchar';
  if (typeof json === 'string') {
    if (isWide) return declared(types, name, WCHAR, json.length + 1, wideInitialiser(json), '[]');
    return declared(types, name, CHAR, json.length + 1, stringLiteral(json), '[]');
  }
  if (Array.isArray(json)) return listMemory(types, name, type.target, json as readonly Json[]);
  if (typeof json !== 'object' || json === null) throw new NotInC(`${name} is a pointer that is given as a number`);
  const object = json as Readonly<Record<string, Json>>;
  if (typeof object['room'] === 'number') return roomMemory(types, name, object['room'], object['text'], isWide);
  if (typeof object['bytes'] === 'string') {
    const bytes = [...Buffer.from(object['bytes'], 'hex')].map((byte) => `0x${byte.toString(16)}`);
    return declared(types, name, UNSIGNED_CHAR, bytes.length, `{ ${bytes.join(', ') || '0'} }`);
  }
  for (const [array, element] of Object.entries(ARRAYS)) {
    const values = object[array];
    if (Array.isArray(values)) return listMemory(types, name, element, values as readonly Json[]);
  }
  if (type.target.kind !== 'struct' && type.target.kind !== 'union')
    throw new NotInC(`what lies behind ${name} has no type`);
  return declared(types, name, type.target, 1, `{ ${initialiser(type.target, json)} }`);
}

/** Fresh memory for a function to write to: filled where it is text, and otherwise 0. */
export function placeOf(types: CTypes, name: string, target: CType, count: number): Memory {
  const text = textOf(target);
  if (text !== null) return roomMemory(types, name, count, undefined, text === 'wchar');
  return declared(types, name, target, count, '{ 0 }');
}

function roomMemory(types: CTypes, name: string, size: number, text: Json | undefined, isWide: boolean): Memory {
  const fill = [`memset(${name}, 0xcc, sizeof ${name});`];
  if (!isWide) {
    if (typeof text === 'string') fill.push(`memcpy(${name}, ${stringLiteral(text)}, ${(text.length + 1).toString()});`);
    return { ...declared(types, name, CHAR, size, undefined), statements: fill };
  }
  if (typeof text === 'string') {
    const units = Array.from({ length: text.length }, (_, at) => `0x${text.charCodeAt(at).toString(16)}`);
    for (const [at, unit] of [...units, '0'].entries()) fill.push(`${name}[${at.toString()}] = ${unit};`);
  }
  return { ...declared(types, name, WCHAR, size, undefined), statements: fill };
} // prettier-ignore

function listMemory(types: CTypes, name: string, element: CType, list: readonly Json[]): Memory {
  const values = list.map((value) => initialiser(element, value));
  return declared(types, name, element.kind === 'void' ? UNSIGNED_CHAR : element, list.length, `{ ${values.join(', ') || '0'} }`);
} // prettier-ignore

function declared(
  types: CTypes,
  name: string,
  element: CType,
  count: number,
  initial: string | undefined,
  size = `[${Math.max(1, count).toString()}]`,
): Memory {
  const start = initial === undefined ? '' : ` = ${initial}`;
  return {
    name,
    element,
    count,
    declaration: `static ${types.declare(element, `${name}${size}`)}${start};`,
    statements: [],
  };
}

/** The value of a scalar, of a member, of an element. Throws NotInC. */
export function initialiser(type: CType, json: Json): string {
  switch (type.kind) {
    case 'scalar':
    case 'enum':
      return scalarLiteral(type.code, json);
    case 'pointer':
      if (json === null) return 'NULL';
      throw new NotInC('a pointer lies in memory that is passed');
    case 'array':
      if (typeof json === 'string' && textOf(type.element) === 'char') return stringLiteral(json);
      if (Array.isArray(json))
        return `{ ${(json as readonly Json[]).map((value) => initialiser(type.element, value)).join(', ') || '0'} }`;
      throw new NotInC('an array in a struct is given in another way');
    case 'struct':
    case 'union':
      return recordInitialiser(type, json);
    case 'void':
      return integerLiteral(json, 8, false);
    default:
      throw new NotInC(`a value of type ${type.name} is passed`);
  }
}

function recordInitialiser(type: RecordType, json: Json): string {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new NotInC('a struct is given in another way');
  const members = json as Readonly<Record<string, Json>>;
  const given = type.members.filter(({ name }) => Object.hasOwn(members, name));
  return `{ ${given.map((member) => `.${identifier(member.name)} = ${initialiser(member.type, members[member.name] ?? null)}`).join(', ') || '0'} }`;
} // prettier-ignore

function scalarLiteral(code: ScalarType['code'], json: Json): string {
  switch (code) {
    case 'double':
      return doubleLiteral(json);
    case 'float':
      return floatLiteral(json);
    case 'bool':
      return json === true ? '1' : '0';
    case 'intptr':
    case 'uintptr':
      return `(${code}_t)${integerLiteral(json, 64, code === 'intptr')}`;
    default: {
      const bits = Number(/\d+/.exec(code)?.[0]) as 8 | 16 | 32 | 64;
      return integerLiteral(json, bits, code.startsWith('int'));
    }
  }
}
