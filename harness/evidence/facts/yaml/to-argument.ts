import type { Argument, Content, MemberValue, Plain, StructContent } from '../fact.ts';
import type { WrittenArgument, WrittenMember } from './argument-schema.ts';

/** The argument behind any of its forms. */
export function toArgument(written: WrittenArgument): Argument {
  const { str, wstr, wchars, bytes } = written;
  if (written.out !== undefined) return toOut(written.out, written);
  if (written.inout !== undefined) return toInout(written.inout, written);
  if (written.in !== undefined) return memory(written.in, undefined, units(written.values));
  if (written.struct !== undefined) return { kind: 'struct', name: written.struct, content: fieldsOf(written) };
  if (written.type !== undefined) return { kind: 'scalar', type: written.type, value: single(written.value) };
  if (str !== undefined) return memory('char', undefined, { kind: 'text', text: str });
  if (wstr !== undefined) return memory('char16', undefined, { kind: 'text', text: wstr });
  if (wchars !== undefined) return memory('char16', undefined, units(wchars));
  if (bytes !== undefined) return memory('uint8', undefined, { kind: 'bytes', bytes: toBytes(bytes) });
  if (written.ref !== undefined) return inside(written.ref, written.offset, 'elements');
  if (written.relTo !== undefined) return inside(written.relTo, written.offset, 'bytes');
  if (written.callback !== undefined) return { kind: 'callback', words: written.callback };
  if (written.argArray !== undefined)
    return memory('uintptr_t', undefined, { kind: 'slots', values: written.argArray.map(toArgument) });
  const list = written.va_list ?? written.vaList;
  if (list === undefined) return { kind: 'null' };
  return { kind: 'va-list', values: list.map(toArgument), isBehind: written.vaList !== undefined };
}

function memory(element: string, count: number | undefined, content: Content): Argument {
  return { kind: 'memory', element, count, content };
}

function inside(argument: number, offset = 0, unit: 'elements' | 'bytes'): Argument {
  return { kind: 'inside', argument, offset, unit };
}

function units(values: readonly Plain[] = []): Content {
  return { kind: 'units', values };
}

function isText(init: Plain | readonly Plain[], element: string): init is string {
  return typeof init === 'string' && /^(char|wchar_t|char16|u?int8|uint16)$/.test(element);
}

function single(value: WrittenArgument['value']): Plain {
  return typeof value === 'object' ? (value[0] ?? 0) : (value ?? 0);
}

/** Elements that stand for a whole struct. */
const structNamed = (element: string, name: string | undefined): string | undefined =>
  element === 'struct' ? (name ?? '') : element === 'tm' ? 'tm' : undefined;

function toOut(element: string, { size, init, name }: WrittenArgument): Argument {
  const struct = structNamed(element, name);
  if (struct !== undefined) {
    const content: StructContent = typeof init === 'number' ? { kind: 'fill', byte: init & 0xff } : { kind: 'zero' };
    return { kind: 'struct', name: struct, content };
  }
  if (init === undefined) return memory(element, size ?? 1, { kind: 'zero' });
  if (isText(init, element)) return memory(element, size, { kind: 'text', text: init });
  return memory(element, size, units(typeof init === 'object' ? init : [init]));
}

function toInout(element: string, written: WrittenArgument): Argument {
  const { size, name, value, str, wstr, bytes } = written;
  const struct = structNamed(element, name);
  if (struct !== undefined) {
    if (written.after !== undefined) {
      return { kind: 'struct', name: struct, content: { kind: 'after', calls: written.after, data: written.data } };
    }
    const content: StructContent = bytes === undefined ? fieldsOf(written) : { kind: 'bytes', bytes: toBytes(bytes) };
    return { kind: 'struct', name: struct, content };
  }
  const text = str ?? wstr;
  if (text !== undefined) return memory(element, size, { kind: 'text', text });
  if (bytes !== undefined) return memory(element, size, { kind: 'bytes', bytes: toBytes(bytes) });
  return value === undefined
    ? memory(element, size ?? 1, { kind: 'zero' })
    : memory(element, size, units(typeof value === 'object' ? value : [value]));
}

function fieldsOf({ fields = {} }: WrittenArgument): StructContent {
  return {
    kind: 'fields',
    fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, toMember(value)])),
  };
}

/** Keys of which any makes an object an argument. */
const ARGUMENT_KEYS = [
  'str',
  'wstr',
  'null',
  'type',
  'out',
  'inout',
  'in',
  'bytes',
  'wchars',
  'struct',
  'ref',
  'relTo',
];

function toMember(written: WrittenMember): MemberValue {
  if (typeof written !== 'object') return written;
  if (isList(written)) return written;
  if (ARGUMENT_KEYS.some((key) => Object.hasOwn(written, key))) return toArgument(written);
  return Object.fromEntries(
    Object.entries(written as Readonly<Record<string, WrittenMember>>).map(([key, value]) => [key, toMember(value)]),
  );
}

function isList(written: object): written is readonly Plain[] {
  return Array.isArray(written);
}

export function toBytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}
