// A recorded baseline finds its place beside those of other architectures.
import { existsSync, rmSync } from 'node:fs';
import { isDllparityError } from '../../base/errors.ts';
import type { Architecture, Baseline, BaselineCase, BaselineHead } from './baseline.ts';
import { writeCaseLine } from './case-line.ts';
import { ARCHITECTURES, differencesFile, findBaseline, recordedOn } from './find-baseline.ts';
import { readBaseline } from './read-baseline.ts';
import { writeBaseline } from './write-baseline.ts';

type NewHead = Omit<BaselineHead, 'digest' | 'headDigest' | 'sameAs'>;
type NewCase = Omit<BaselineCase, 'line' | 'file'>;

/**
 * Writes what was recorded on one architecture, and leaves what the others have recorded as it is.
 * @param file of the suite: `baselines/<title>.yaml`
 * @returns the file that was written
 */
export function saveBaseline(file: string, head: NewHead, cases: readonly NewCase[]): string {
  const { architecture } = head.provenance;
  const other = recordedOn(file);
  if (other !== undefined && other !== architecture) {
    const own = differencesFile(file, architecture);
    writeDifferences(own, readBaseline(file), head, cases);
    return own;
  }
  // What others share with this file is read before it changes.
  const beside = ARCHITECTURES.filter((each) => each !== architecture).map((each) => besides(file, each));
  writeBaseline(file, head, cases);
  rmSync(differencesFile(file, architecture), { force: true });
  const written = beside.some(Boolean) ? readBaseline(file) : undefined;
  for (const baseline of beside) {
    if (!baseline || !written) continue;
    const { digest: _, headDigest: _seal, sameAs: _same, ...rest } = baseline.head;
    writeDifferences(baseline.file, written, rest, baseline.cases);
  }
  return file;
}

/** The baseline of another architecture, unless there is none that can be read. */
function besides(file: string, architecture: Architecture): Baseline | undefined {
  if (!existsSync(differencesFile(file, architecture))) return undefined;
  try {
    return findBaseline(file, architecture);
  } catch (error) {
    // A run for that architecture says what is wrong with it.
    if (isDllparityError(error)) return undefined;
    throw error;
  }
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
