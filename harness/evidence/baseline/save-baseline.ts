// A recorded baseline finds its place beside those of other architectures and of other versions of the DLL.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDllparityError } from '../../base/errors.ts';
import type { Baseline, BaselineCase, BaselineHead } from './baseline.ts';
import { writeCaseLine } from './case-line.ts';
import { ARCHITECTURES, differencesFile, findBaseline, recordedOn, withShared } from './find-baseline.ts';
import { versionFile } from './other-versions.ts';
import { readBaseline } from './read-baseline.ts';
import { writeBaseline } from './write-baseline.ts';

type NewHead = Omit<BaselineHead, 'digest' | 'headDigest' | 'sameAs'>;
type NewCase = Omit<BaselineCase, 'line' | 'file'>;

/**
 * Writes what the first version of the DLL did on one architecture, and leaves what others have recorded as it is.
 * @param file of the suite: `baselines/<title>.yaml`
 * @returns the file that was written
 */
export function saveBaseline(file: string, head: NewHead, cases: readonly NewCase[]): string {
  const { architecture } = head.provenance;
  const other = recordedOn(file);
  const isBase = other === undefined || other === architecture;
  // What others share with what is written now is read before it changes.
  const architectures = ARCHITECTURES.filter((each) => isBase && each !== architecture).flatMap((each) => {
    const found = existsSync(differencesFile(file, each)) ? readable(() => findBaseline(file, each)) : undefined;
    return found ? [found] : [];
  });
  const versions = recordedVersions(file);
  let written = file;
  if (isBase) {
    writeBaseline(file, head, cases);
    rmSync(differencesFile(file, architecture), { force: true });
  } else {
    written = differencesFile(file, architecture);
    writeDifferences(written, readBaseline(file), head, cases);
  }
  if (architectures.length > 0) {
    const base = readBaseline(file);
    for (const each of architectures) writeDifferences(each.file, base, headOf(each), each.cases);
  }
  for (const each of versions) {
    const first = readable(() => findBaseline(file, each.head.provenance.architecture));
    if (first) writeDifferences(each.file, first, headOf(each), each.cases);
  }
  return written;
}

/**
 * Writes what another version of the DLL did differently from the first.
 * @param file of the suite: `baselines/<title>.yaml`
 */
export function saveOtherVersion(file: string, head: NewHead, cases: readonly NewCase[]): string {
  const own = versionFile(file, head.provenance);
  writeDifferences(own, findBaseline(file, head.provenance.architecture), head, cases);
  return own;
}

/** All that other versions have recorded for the suite, each with all its cases. */
function recordedVersions(file: string): Baseline[] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const own = join(folder, entry.name, basename(file));
    if (!entry.isDirectory() || !/^(?:x64|ia32)-/.test(entry.name) || !existsSync(own)) return [];
    const found = readable(() => {
      const differences = readBaseline(own);
      return withShared(differences, findBaseline(file, differences.head.provenance.architecture));
    });
    return found ? [found] : [];
  });
}

/** Nothing where a file is wrong: a run that compares with it says what. */
function readable(read: () => Baseline): Baseline | undefined {
  try {
    return read();
  } catch (error) {
    if (isDllparityError(error)) return undefined;
    throw error;
  }
}

function headOf({ head: { digest: _, headDigest: _seal, sameAs: _same, ...rest } }: Baseline): NewHead {
  return rest;
}

function writeDifferences(file: string, shared: Baseline, head: NewHead, cases: readonly NewCase[]): void {
  const lines = new Map(shared.cases.map(({ id, inputs, outcome }) => [id, writeCaseLine(id, inputs, outcome)]));
  const different = cases.filter(({ id, inputs, outcome }) => lines.get(id) !== writeCaseLine(id, inputs, outcome));
  const here = new Set(cases.map(({ id }) => id));
  const { provenance, digest } = shared.head;
  const sameAs = {
    architecture: provenance.architecture,
    digest,
    cases: cases.length - different.length,
    without: [...lines.keys()].filter((id) => !here.has(id)),
  };
  writeBaseline(file, { ...head, sameAs }, different);
}
