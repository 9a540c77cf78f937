// Arguments of a call as TypeScript writes them.
import { typeOf } from '../../types/declare/type-objects.ts';
import { type CType, type Parameter, textOf } from '../../types/declare/types.ts';
import { numberFromJson } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';

const ARRAYS: Readonly<Record<string, string>> = {
  int8: 'Int8Array',
  uint16: 'Uint16Array',
  int16: 'Int16Array',
  int32: 'Int32Array',
  uint32: 'Uint32Array',
  float: 'Float32Array',
  double: 'Float64Array',
};

/** An argument for a parameter of this type. */
export function scriptArgument(json: Json, type: CType): string {
  if (json === null) return 'null';
  if (type.kind === 'scalar' || type.kind === 'enum') return scalar(json, type.kind === 'scalar' ? type.code : 'int32');
  if (type.kind !== 'pointer') return record(json, type);
  const isWide = textOf(type.target) === 'wchar';
  if (typeof json === 'string') return isWide ? `Buffer.from(${JSON.stringify(`${json}\0`)}, 'utf16le')` : `Buffer.from(${JSON.stringify(`${json}\0`)}, 'latin1')`; // prettier-ignore
  if (Array.isArray(json)) {
    const { target } = type;
    return `[${(json as readonly Json[]).map((value) => scriptArgument(value, target)).join(', ')}]`;
  }
  if (typeof json !== 'object') return JSON.stringify(json);
  const object = json as Readonly<Record<string, Json>>;
  if (typeof object['room'] === 'number') return room(object['room'], object['text'], isWide);
  if (typeof object['bytes'] === 'string') return `Buffer.from('${object['bytes']}', 'hex')`;
  for (const [name, constructor] of Object.entries(ARRAYS)) {
    const values = object[name];
    if (Array.isArray(values))
      return `new ${constructor}([${(values as readonly Json[]).map((value) => number(value)).join(', ')}])`;
  }
  return record(json, type.target);
}

/** Memory for a parameter that the function writes to. */
export function scriptOut({ type, extent }: Parameter): string {
  if (type.kind !== 'pointer' || !extent || textOf(type.target) === null) return '[null]';
  return textOf(type.target) === 'wchar' ? 'new Uint16Array(4096)' : 'Buffer.alloc(4096)';
}

/** An argument for "...". */
export function scriptVariadic(json: Json): string {
  const { as, value } = json as { readonly as: string; readonly value: Json };
  return `as(${scriptArgument(value, typeOf(as))}, ${JSON.stringify(as)})`;
}

function room(size: number, text: Json | undefined, isWide: boolean): string {
  const start = typeof text === 'string' ? JSON.stringify(`${text}\0`) : undefined;
  if (isWide) {
    const empty = `new Uint16Array(${size.toString()}).fill(0xcccc)`;
    return start === undefined ? empty : `Uint16Array.from({ length: ${size.toString()} }, (_, at) => at < ${start}.length ? ${start}.charCodeAt(at) : 0xcccc)`; // prettier-ignore
  }
  const empty = `Buffer.alloc(${size.toString()}, 0xcc)`;
  return start === undefined ? empty : `Buffer.concat([Buffer.from(${start}, 'latin1'), ${empty}]).subarray(0, ${size.toString()})`; // prettier-ignore
}

function record(json: Json, type: CType): string {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return JSON.stringify(json);
  const members = type.kind === 'struct' || type.kind === 'union' ? type.members : [];
  const entries = Object.entries(json).map(([name, value]) => {
    const member = members.find((each) => each.name === name);
    return `${JSON.stringify(name)}: ${member ? scriptArgument(value, member.type) : JSON.stringify(value)}`;
  });
  return `{ ${entries.join(', ')} }`;
}

function scalar(json: Json, code: string): string {
  if (code === 'double' || code === 'float') return number(json);
  if (typeof json === 'string') return json === '-0' ? '0' : `${json}n`;
  return JSON.stringify(json);
}

function number(json: Json): string {
  const value = numberFromJson(json);
  return Object.is(value, -0) ? '-0' : value.toString();
}
