import { readFileSync, realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import writeFileAtomic from 'write-file-atomic';
import { DllparityError } from '../../base/errors.ts';
import { type Edit, editCases } from './edit-cases.ts';
import { KnownDocument } from './known-document.ts';
import type { DeclaredNumber } from './case-count.ts';
import { type DeclaredCases, type DeclaredCause, isCases, type KnownDivergence } from './known-divergence.ts';
import { type CaseIds, parseKnownDivergences } from './read-known-divergences.ts';

/** What a run found about one entry that names its cases. */
export interface KnownChange {
  readonly entry: DeclaredCases;
  /** Cases that diverge now and are not declared. */
  readonly newIds: readonly string[];
  /** Cases that are declared and match now. */
  readonly goneIds: readonly string[];
}

/** What a run found about one cause: other numbers of cases than are declared. */
export interface CountChange {
  readonly entry: DeclaredCause;
  /** As they should be. */
  readonly numbers: readonly DeclaredNumber[];
}

/** A change to a file of known divergences that somebody can look at before it is made. */
export interface KnownPatch {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** As a unified diff for `git apply` in `root`; empty when nothing changes. */
  readonly patch: string;
  /** Entries without cases left: they can be removed by hand. */
  readonly emptied: readonly DeclaredCases[];
}

/** As `acceptPatches`, for one entry. */
export function acceptPatch(
  entry: DeclaredCases,
  newIds: readonly string[],
  goneIds: readonly string[],
  root?: string,
): KnownPatch {
  return acceptPatches(entry.file, [{ entry, newIds, goneIds }], { root });
}

export interface PatchOptions {
  /** The folder that paths in the patch are relative to. @default process.cwd() */
  readonly root?: string | undefined;
  /** How the file names its cases. @default as suites do */
  readonly ids?: CaseIds | undefined;
}

/**
 * The patch that brings the cases of entries up to date. Comments, order and all other entries stay as they are; reason, bug and
 * range are a person's to write, so no entry is ever added.
 *
 * @throws KNOWN_CHANGED when the file no longer has the entries; KNOWN_SYNTAX when the result would declare a case twice
 */
export function acceptPatches(
  file: string,
  changes: readonly (KnownChange | CountChange)[],
  { root = process.cwd(), ids }: PatchOptions = {},
): KnownPatch {
  const before = readFileSync(file, 'utf8');
  const current = parseKnownDivergences(before, file, ids);
  const nodes = new KnownDocument(before, file).entries();
  const wanted = [...current];

  const edits = changes.flatMap((change): Edit[] => {
    const { entry } = change;
    const same = current[entry.index];
    const field = nodes[entry.index]?.fields.get('cases');
    if (same === undefined || field === undefined || !isSame(same, entry)) throw changed(file);
    if ('numbers' in change) {
      wanted[entry.index] = withNumbers(change);
      return isCases(same) ? [] : change.numbers.map((number) => numberEdit(same, number));
    }
    if (!isCases(same)) return [];
    const gone = new Set(change.goneIds);
    const added = [...new Set(change.newIds)].filter((id) => !same.cases.includes(id) && !gone.has(id)).sort();
    if (added.length === 0 && !same.cases.some((id) => gone.has(id))) return [];
    wanted[entry.index] = { ...same, cases: [...same.cases.filter((id) => !gone.has(id)), ...added] };
    return [editCases(before, field, added, gone)];
  });
  // From the end, so that the places before stay true.
  const after = edits
    .sort((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), before);

  const result = parseKnownDivergences(after, file, ids);
  // The text was edited, not built from data: that it says what was meant is checked, not assumed.
  if (said(result) !== said(wanted))
    throw new Error('internal: the edited file of known divergences does not say what was meant');
  return {
    file,
    before,
    after,
    patch: after === before ? '' : unified(relative(root, file), before, after),
    emptied: result.filter(isCases).filter(({ cases, index }) => cases.length === 0 && hadCases(current[index])),
  };
}

function withNumbers({ entry, numbers: wanted }: CountChange): DeclaredCause {
  const counts = entry.counts.map(({ suite, numbers }) => ({
    suite,
    numbers: numbers.map((number, at) => {
      const cases = wanted.find((each) => each.suite === suite && each.at === at)?.cases ?? number.cases;
      return { ...number, cases };
    }),
  }));
  return { ...entry, counts };
}

function numberEdit({ counts }: DeclaredCause, { suite, at, cases }: DeclaredNumber): Edit {
  const number = counts.find((each) => each.suite === suite)?.numbers[at];
  if (number === undefined) throw new RangeError('a number that is not declared');
  return { ...number.part, text: cases.toString() };
}

function hadCases(entry: KnownDivergence | undefined): boolean {
  return entry !== undefined && isCases(entry) && entry.cases.length > 0;
}

/**
 * Makes the change, whole or not at all.
 *
 * @throws KNOWN_CHANGED when the file is no longer what the patch was made from
 */
export function writeKnownPatch({ file, before, after }: KnownPatch): void {
  if (readFileSync(file, 'utf8') !== before) throw changed(file);
  // A link stays a link: the file behind it is replaced.
  if (after !== before) writeFileAtomic.sync(realpathSync(file), after);
}

function isSame(one: KnownDivergence, other: KnownDivergence): boolean {
  return said([one]) === said([other]);
}

/** All that entries say, and not where. */
function said(entries: readonly KnownDivergence[]): string {
  return JSON.stringify(entries, (key, value: unknown) => {
    if (key === 'line' || key === 'part' || key === 'file') return undefined;
    if (value instanceof RegExp) return value.source;
    return typeof value === 'bigint' ? value.toString() : value;
  });
}

function unified(name: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
}

function changed(file: string): DllparityError {
  return new DllparityError('KNOWN_CHANGED', {
    what: 'The file changed since the patch was made',
    where: { file },
    hint: 'Run the suite again and accept its result.',
  });
}
