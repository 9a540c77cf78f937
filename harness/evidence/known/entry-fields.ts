// The fields of an entry, and what is wrong with one of them.
import { isScalar } from 'yaml';
import type { DllparityError } from '../../base/errors.ts';
import type { EntryNodes, Field, KnownDocument } from './known-document.ts';

/** What each field must be; the hint of an error repeats it. */
export const FIELDS: Readonly<Record<string, string>> = {
  cause: 'Give the cause a short name, for example `cause: strtod-rounds`.',
  suite: 'Name the suite, for example `suite: msvcr120.dll/sin`.',
  suites: 'List the suites, for example `suites: [msvcr120.dll/strtod, msvcr120.dll/wcs*]`.',
  reason: 'Say why Wine differs, for example `reason: results differ in the last bit`.',
  bug: 'Give the https address of the bug, or the word none: `bug: none`.',
  wine: "Say which Wine versions it holds for, for example `wine: '>=8.0 <9.0'`.",
  architecture: 'Say for which architecture it holds, x64 or ia32, or leave it out for both.',
  distribution: 'Say on which distribution Wine runs, for example `distribution: debian 12`, or leave it out for all.',
  difference:
    "Say how far Wine may differ, for example `difference: '<= 1 ulp'` or `difference: { ulp: 1 }`, or leave it out.",
  when: 'Say what the cases have in common, for example `when: { inputs: { x: { nan: true } }, fields: [errno] }`, or list their ids.',
  always: 'Write `always: true` where every case with such inputs has to diverge.',
  cases:
    'List the case ids, 8 lower-case hexadecimal digits each, with spaces between: `cases: 3f2a9c01 8ab31234`, or `cases: []`.',
};
/** The text of a field. @throws KNOWN_SYNTAX */
export function text(document: KnownDocument, entry: EntryNodes, name: string): string {
  const value = entry.fields.get(name)?.value;
  const words = isScalar(value) && typeof value.value === 'string' ? value.value.trim() : undefined;
  if (words === undefined) throw wrong(document, entry, name, `"${name}" must be text`);
  if (words === '') throw wrong(document, entry, name, `"${name}" is empty`);
  return words;
}

/** The error for a field. */
export function wrong(
  document: KnownDocument,
  entry: EntryNodes,
  name: string,
  what: string,
  hint = FIELDS[name] ?? '',
): DllparityError {
  const field: Field | undefined = entry.fields.get(name);
  const empty = field === undefined || field.start >= field.end;
  const offset = field === undefined ? entry.offset : empty ? field.keyOffset : field.start;
  return document.error(offset, what, hint, field === undefined ? 1 : empty ? name.length : field.end - field.start);
}
