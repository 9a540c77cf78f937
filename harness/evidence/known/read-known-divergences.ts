import { isMap, isScalar, isSeq } from 'yaml';
import { nearestName } from '../../base/nearest-name.ts';
import type { DllparityError } from '../../base/errors.ts';
import { distributionRange, type RuntimeSelector, versionRange } from '../../base/runtime-selector.ts';
import { readYamlText } from '../../base/yaml-source.ts';
import { checkOverlaps } from './check-overlaps.ts';
import { KNOWN_FORMAT, KnownDocument, type EntryNodes, type Field } from './known-document.ts';
import type { KnownDivergence } from './known-divergence.ts';

/** What each field must be; the hint of an error repeats it. */
const FIELDS: Readonly<Record<string, string>> = {
  suite: 'Name the suite, for example `suite: msvcr120.dll/sin`.',
  reason: 'Say why Wine differs, for example `reason: results differ in the last bit`.',
  bug: 'Give the https address of the bug, or the word none: `bug: none`.',
  wine: "Say which Wine versions it holds for, for example `wine: '>=8.0 <9.0'`.",
  architecture: 'Say for which architecture it holds, x64 or ia32, or leave it out for both.',
  distribution: 'Say on which distribution Wine runs, for example `distribution: debian 12`, or leave it out for all.',
  difference:
    "Say how far Wine may differ, for example `difference: '<= 1 ulp'` or `difference: { ulp: 1 }`, or leave it out.",
  cases:
    'List the case ids, 8 lower-case hexadecimal digits each, with spaces between: `cases: 3f2a9c01 8ab31234`, or `cases: []`.',
};
const OPTIONAL = new Set(['architecture', 'distribution', 'difference']);

/** What ids of cases look like, and what to write. */
export interface CaseIds {
  readonly pattern: RegExp;
  readonly hint: string;
}

/** Those of suites are made from the inputs. */
const OF_SUITES: CaseIds = { pattern: /^[0-9a-f]{8}$/, hint: FIELDS['cases'] ?? '' };

/**
 * Reads the known divergences of a file.
 *
 * @throws KNOWN_SYNTAX at the first thing that is wrong, with its line and column
 */
export function readKnownDivergences(file: string, ids: CaseIds = OF_SUITES): KnownDivergence[] {
  return parseKnownDivergences(readYamlText(file, KNOWN_FORMAT), file, ids);
}

/** As `readKnownDivergences`, from text; `file` is named in errors. */
export function parseKnownDivergences(text: string, file: string, ids: CaseIds = OF_SUITES): KnownDivergence[] {
  const document = new KnownDocument(text, file);
  const nodes = document.entries();
  const entries = nodes.map((entry, index) => readEntry(document, entry, index, ids));
  checkOverlaps(entries, (entry, id, what, hint) => {
    const cases = nodes[entry.index]?.fields.get('cases');
    return document.error(cases === undefined ? 0 : document.text.lastIndexOf(id, cases.end), what, hint, id.length);
  });
  return entries;
}

function readEntry(document: KnownDocument, entry: EntryNodes, index: number, ids: CaseIds): KnownDivergence {
  for (const [name, { keyOffset }] of entry.fields) {
    if (Object.hasOwn(FIELDS, name)) continue;
    const nearest = nearestName(name, Object.keys(FIELDS));
    const hint =
      nearest === undefined ? `The fields are ${Object.keys(FIELDS).join(', ')}.` : `Did you mean "${nearest}"?`;
    throw document.error(keyOffset, `"${name}" is not a field of a known divergence`, hint, name.length);
  }
  for (const [name, hint] of Object.entries(FIELDS)) {
    if (!entry.fields.has(name) && !OPTIONAL.has(name))
      throw document.error(entry.offset, `"${name}" is missing`, hint);
  }
  const bug = text(document, entry, 'bug');
  if (bug !== 'none' && !/^https:\/\/[^\s/]+\/\S*$/.test(bug))
    throw wrong(document, entry, 'bug', `"${bug}" is neither an https address nor the word none`);
  const wine = text(document, entry, 'wine');
  return {
    suite: text(document, entry, 'suite'),
    reason: text(document, entry, 'reason'),
    bug,
    wine,
    runtimes: readRuntimes(document, entry, wine),
    difference: readDifference(document, entry),
    cases: readCases(document, entry, ids),
    file: document.file,
    line: entry.line,
    index,
  };
}

function text(document: KnownDocument, entry: EntryNodes, name: string): string {
  const value = entry.fields.get(name)?.value;
  const words = isScalar(value) && typeof value.value === 'string' ? value.value.trim() : undefined;
  if (words === undefined) throw wrong(document, entry, name, `"${name}" must be text`);
  if (words === '') throw wrong(document, entry, name, `"${name}" is empty`);
  return words;
}

function readRuntimes(document: KnownDocument, entry: EntryNodes, wine: string): RuntimeSelector {
  const versions = versionRange(wine);
  if (versions === undefined)
    throw wrong(document, entry, 'wine', `"${wine}" is not a range of versions, or no version lies in it`);
  return {
    kind: 'wine',
    versions,
    architecture: readArchitecture(document, entry),
    distribution: readDistribution(document, entry),
  };
}

function readArchitecture(document: KnownDocument, entry: EntryNodes): RuntimeSelector['architecture'] {
  if (!entry.fields.has('architecture')) return undefined;
  const name = text(document, entry, 'architecture');
  if (name === 'x64' || name === 'ia32') return name;
  throw wrong(document, entry, 'architecture', `"${name}" is no architecture`);
}

function readDistribution(document: KnownDocument, entry: EntryNodes): RuntimeSelector['distribution'] {
  if (!entry.fields.has('distribution')) return undefined;
  const written = text(document, entry, 'distribution');
  const distribution = distributionRange(written);
  if (distribution !== undefined) return distribution;
  const what = `"${written}" is no distribution, or no version of it lies in the range`;
  throw wrong(document, entry, 'distribution', what);
}

function readDifference(document: KnownDocument, entry: EntryNodes): KnownDivergence['difference'] {
  const field = entry.fields.get('difference');
  if (field === undefined) return undefined;
  if (!isMap(field.value)) return text(document, entry, 'difference');
  const bound: unknown = field.value.get('ulp');
  const ulp = typeof bound === 'string' && /^\d+(\.\d+)?$/.test(bound) ? Number(bound) : 0;
  if (field.value.items.length !== 1 || !(ulp > 0))
    throw wrong(document, entry, 'difference', 'A bound is one number above 0, "ulp"');
  return { ulp };
}

function readCases(document: KnownDocument, entry: EntryNodes, { pattern, hint }: CaseIds): string[] {
  const field = entry.fields.get('cases');
  if (field === undefined || (isSeq(field.value) && field.value.items.length === 0)) return [];
  const { value } = field;
  // A list could hold comments, which accepting a change could not keep: there is one way to write ids.
  if (!isScalar(value) || typeof value.value !== 'string')
    throw wrong(document, entry, 'cases', 'The ids must be one text with spaces between them');
  const ids = value.value.split(/\s+/).filter((id) => id !== '');
  const seen = new Set<string>();
  let at = field.start;
  for (const id of ids) {
    at = document.text.indexOf(id, at);
    if (!pattern.test(id)) throw document.error(at, `"${id}" is not a case id`, hint, id.length);
    if (seen.has(id)) throw document.error(at, `The case ${id} is listed twice`, 'Remove one of the two.', id.length);
    seen.add(id);
    at += id.length;
  }
  return ids;
}

function wrong(document: KnownDocument, entry: EntryNodes, name: string, what: string): DllparityError {
  const field: Field | undefined = entry.fields.get(name);
  const empty = field === undefined || field.start >= field.end;
  const offset = field === undefined ? entry.offset : empty ? field.keyOffset : field.start;
  return document.error(
    offset,
    what,
    FIELDS[name] ?? '',
    field === undefined ? 1 : empty ? name.length : field.end - field.start,
  );
}
