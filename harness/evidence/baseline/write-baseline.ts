import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { makeFolders } from '../../base/make-folders.ts';
import writeFileAtomic from 'write-file-atomic';
import { stringify } from 'yaml';
import { type BaselineCase, type BaselineHead } from './baseline.ts';
import { writeCaseLine } from './case-line.ts';
import { headDigestLine } from './head-digest.ts';

const REMARK = [
  '# Recorded by dllparity. Not to be edited by hand: every case line carries a checksum.',
  '# A case is: id (from the inputs), in (the inputs), out | fault | exit (what came of it), sum (checksum of the line).',
].join('\n');

/** Writes a baseline to a temporary name and renames it, so that an interrupted recording leaves the old one. */
export function writeBaseline(
  file: string,
  head: Omit<BaselineHead, 'digest' | 'headDigest'>,
  cases: readonly Omit<BaselineCase, 'line'>[],
): void {
  const lines = cases.map(({ id, inputs, outcome }) => writeCaseLine(id, inputs, outcome));
  const digest = createHash('sha256');
  for (const line of lines) digest.update(line).update('\n');
  const text = `${REMARK}\n${stringify({ ...head, digest: digest.digest('hex') }, { lineWidth: 0 })}`;
  const seal = headDigestLine(text.trimEnd().split('\n'));
  try {
    makeFolders(dirname(file));
    writeFileAtomic.sync(file, `${text}${seal}\ncases:\n${lines.map((line) => `${line}\n`).join('')}`);
  } catch (cause) {
    throw new DllparityError('RESULTS_WRITE', {
      what: 'the baseline cannot be written; what was there before still is',
      where: { file },
      hint: 'Free space, and see that the folder of the suite can be written to.',
      cause,
    });
  }
}
