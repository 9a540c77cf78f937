import { isMap, isScalar, isSeq } from 'yaml';
import { nearestName } from '../../base/nearest-name.ts';
import { distributionRange, type RuntimeSelector, versionRange } from '../../base/runtime-selector.ts';
import { readYamlText } from '../../base/yaml-source.ts';
import { checkOverlaps } from './check-overlaps.ts';
import { KNOWN_FORMAT, KnownDocument, type EntryNodes } from './known-document.ts';
import { isCases, type KnownDivergence } from './known-divergence.ts';
import { readCause, readName } from './read-cause.ts';
import { FIELDS, text, wrong } from './entry-fields.ts';

const OPTIONAL = new Set(['cause', 'suites', 'architecture', 'distribution', 'difference', 'when', 'always']);

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
  checkNames(document, nodes, entries);
  checkOverlaps(entries.filter(isCases), (entry, id, what, hint) => {
    const cases = nodes[entry.index]?.fields.get('cases');
    return document.error(cases === undefined ? 0 : document.text.lastIndexOf(id, cases.end), what, hint, id.length);
  });
  return entries;
}

/** Results name a cause by its name alone. */
function checkNames(document: KnownDocument, nodes: readonly EntryNodes[], entries: readonly KnownDivergence[]): void {
  const lines = new Map<string, number>();
  for (const { cause, line, index } of entries) {
    const other = cause === undefined ? undefined : lines.get(cause);
    const node = nodes[index];
    if (node !== undefined && other !== undefined)
      throw wrong(
        document,
        node,
        'cause',
        `The cause "${cause ?? ''}" is already declared in line ${other}`,
        'Give each a name of its own.',
      );
    if (cause !== undefined) lines.set(cause, line);
  }
}

function readEntry(document: KnownDocument, entry: EntryNodes, index: number, ids: CaseIds): KnownDivergence {
  checkFields(document, entry);
  const bug = text(document, entry, 'bug');
  if (bug !== 'none' && !/^https:\/\/[^\s/]+\/\S*$/.test(bug))
    throw wrong(document, entry, 'bug', `"${bug}" is neither an https address nor the word none`);
  const wine = text(document, entry, 'wine');
  const declared = {
    ...(entry.fields.has('cause') ? { cause: readName(document, entry) } : {}),
    reason: readReason(document, entry),
    bug,
    wine,
    runtimes: readRuntimes(document, entry, wine),
    difference: readDifference(document, entry),
    file: document.file,
    line: entry.line,
    index,
  };
  if (!entry.fields.has('when')) {
    for (const name of ['suites', 'always'])
      if (entry.fields.has(name)) throw wrong(document, entry, name, `"${name}" is for entries with "when"`);
    return { suite: text(document, entry, 'suite'), ...declared, cases: readCases(document, entry, ids) };
  }
  if (typeof declared.difference === 'object')
    throw wrong(document, entry, 'difference', 'With "when" a bound stands in it', 'Write `when: { ulp: 1 }`.');
  return { ...declared, ...readCause(document, entry, index), cause: readName(document, entry) };
}

function checkFields(document: KnownDocument, entry: EntryNodes): void {
  for (const [name, { keyOffset }] of entry.fields) {
    if (Object.hasOwn(FIELDS, name)) continue;
    const nearest = nearestName(name, Object.keys(FIELDS));
    const hint =
      nearest === undefined ? `The fields are ${Object.keys(FIELDS).join(', ')}.` : `Did you mean "${nearest}"?`;
    throw document.error(keyOffset, `"${name}" is not a field of a known divergence`, hint, name.length);
  }
  const isCause = entry.fields.has('when');
  for (const [name, hint] of Object.entries(FIELDS)) {
    const isOptional = name === 'suite' ? isCause : name === 'cause' ? !isCause : OPTIONAL.has(name);
    if (!entry.fields.has(name) && !isOptional) throw document.error(entry.offset, `"${name}" is missing`, hint);
  }
}

function readReason(document: KnownDocument, entry: EntryNodes): string {
  const reason = text(document, entry, 'reason');
  // A declaration that nobody has understood hides what it should explain.
  if (/^(?:todo|tbd|fixme)\b|^\W+$/i.test(reason)) throw wrong(document, entry, 'reason', `"${reason}" is no reason`);
  return reason;
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
