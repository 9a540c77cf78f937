// Baselines belong to an architecture. The first that is recorded has all its cases in `<title>.yaml`; what another one
// recorded stands in `<architecture>/<title>.yaml`, and only as far as it is different.
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import type { Architecture, Baseline, BaselineCase, SameAs } from './baseline.ts';
import { readBaseline } from './read-baseline.ts';

export const ARCHITECTURES: readonly Architecture[] = ['x64', 'ia32'];

/** Where the differences of an architecture stand. */
export function differencesFile(file: string, architecture: Architecture): string {
  return join(dirname(file), architecture, basename(file));
}

/**
 * The baseline of one architecture, with all its cases.
 * @param file of the suite: `baselines/<title>.yaml`
 * @throws BASELINE_MISSING where nothing was recorded on this architecture, BASELINE_STALE where the file that it shares
 * cases with is another by now, and what `readBaseline` throws
 */
export function findBaseline(file: string, architecture: Architecture): Baseline {
  const own = differencesFile(file, architecture);
  const other = recordedOn(file);
  if (other !== architecture && existsSync(own)) return withShared(readBaseline(own), readBaseline(file));
  if (other === undefined || other === architecture) return readBaseline(file);
  throw new DllparityError('BASELINE_MISSING', {
    what: `there is no baseline for ${architecture}: the one there is was recorded on ${other}, whose code is another`,
    where: { file },
    hint: `Record it with a runtime for ${architecture}: DLLPARITY_RUNTIME=<runtime> npm run record -- <suite file>.`,
  });
}

/** The architecture that a file says it was recorded on. Only its head is looked at. */
export function recordedOn(file: string): Architecture | undefined {
  if (!existsSync(file)) return undefined;
  const fd = openSync(file, 'r');
  try {
    const head = Buffer.alloc(8192);
    const text = head.toString('utf8', 0, readSync(fd, head));
    return /^ {2}architecture: (x64|ia32)$/m.exec(text)?.[1] as Architecture | undefined;
  } finally {
    closeSync(fd);
  }
}

/** A file of differences together with the cases that it leaves to another baseline. */
export function withShared(differences: Baseline, shared: Baseline): Baseline {
  const { sameAs } = differences.head;
  if (!sameAs) return differences;
  checkShared(differences, shared);
  const without = new Set(sameAs.without);
  const different = new Map(differences.cases.map((found) => [found.id, found]));
  let same = 0;
  const cases: BaselineCase[] = [];
  for (const found of shared.cases) {
    const own = different.get(found.id);
    different.delete(found.id);
    if (own) cases.push(own);
    else if (!without.delete(found.id)) {
      same++;
      cases.push({ ...found, file: found.file ?? shared.file });
    }
  }
  if (without.size > 0 || same !== sameAs.cases) throw notTheSame(differences.file, sameAs, shared);
  cases.push(...different.values());
  const digest = createHash('sha256').update(`${differences.head.digest}\n${sameAs.digest}`).digest('hex');
  return { file: differences.file, head: { ...differences.head, digest }, cases };
}

/** Throws BASELINE_STALE where the baseline that shares its cases is another by now. */
export function checkShared({ file, head: { sameAs } }: Baseline, shared: Baseline): void {
  if (sameAs === undefined) return;
  const { digest, provenance } = shared.head;
  if (digest !== sameAs.digest || provenance.architecture !== sameAs.architecture)
    throw notTheSame(file, sameAs, shared);
}

function notTheSame(file: string, { architecture, digest, cases }: SameAs, shared: Baseline): DllparityError {
  return new DllparityError('BASELINE_STALE', {
    what: `${cases.toLocaleString('en-US')} cases of this baseline stand in that of ${architecture}, which has changed since`,
    where: { file },
    details: [`recorded beside: ${digest}`, `now: ${shared.head.digest} (${shared.file})`],
    hint: `Record it again with a runtime for this architecture, or restore ${basename(shared.file)} from version control.`,
  });
}
