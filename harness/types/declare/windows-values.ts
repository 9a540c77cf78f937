// Values of SDK structs that people write as text.
import { DllparityError } from '../../base/errors.ts';
import type { ValueOf } from './values.ts';
import type { GUID } from './windows-types.ts';

type GuidValue = ValueOf<typeof GUID>;

/** The GUID behind its text: `{8BA5FB08-5195-40e2-AC58-0D989C3A0102}`, with or without braces. */
export function guid(text: string): GuidValue {
  const parts = /^\{?([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})\}?$/i.exec(text);
  if (!parts) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${JSON.stringify(text)} is no GUID`,
      hint: 'Write it as {8BA5FB08-5195-40E2-AC58-0D989C3A0102}.',
    });
  }
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = parts.slice(1);
  const number = (digits: string): number => Number.parseInt(digits, 16);
  const bytes = Buffer.from(fourth + fifth, 'hex');
  return { Data1: number(first), Data2: number(second), Data3: number(third), Data4: [...bytes] };
}

/** The text of a GUID, upper case and in braces, as StringFromGUID2 writes it. */
export function guidText({ Data1, Data2, Data3, Data4 }: GuidValue): string {
  const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
  const tail = Data4.map((byte) => hex(byte, 2)).join('');
  return `{${hex(Data1, 8)}-${hex(Data2, 4)}-${hex(Data3, 4)}-${tail.slice(0, 4)}-${tail.slice(4)}}`;
}

/** A UNICODE_STRING with this text: lengths are in bytes, and the terminator is part of the room alone. */
export function unicodeString(text: string): { Length: number; MaximumLength: number; Buffer: string } {
  return { Length: text.length * 2, MaximumLength: (text.length + 1) * 2, Buffer: text };
}
