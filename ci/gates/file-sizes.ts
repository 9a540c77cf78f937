import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { complaints, type Gate } from '../gate.ts';

const RULES = 'ci/sizes.json';
const SOURCE = /\.(ts|mts|js|mjs|c|cpp|h|S|css)$/;

const Sizes = z.strictObject({
  warnLines: z.number(),
  maxLines: z.number(),
  entryMaxLines: z.number(),
  /** Files that only lead in: exports, or the start of a program. */
  entries: z.array(z.string()),
  /** Tables and the like, each with its reason. */
  exempt: z.array(z.strictObject({ file: z.string(), why: z.string().min(1) })),
});

/** One concept per file shows in its length. */
export const fileSizes: Gate = {
  name: 'file sizes',
  async run(root, files) {
    const sizes = Sizes.parse(JSON.parse(await readFile(join(root, RULES), 'utf8')));
    const exempt = new Set(sizes.exempt.map((each) => each.file));
    const found: string[] = [];
    const warnings: string[] = [];
    const sources = files.filter((file) => SOURCE.test(file) && !exempt.has(file));
    for (const file of sources) {
      const lines = countLines(await readFile(join(root, file), 'utf8'));
      const limit = sizes.entries.includes(file) ? sizes.entryMaxLines : sizes.maxLines;
      if (lines > limit) {
        found.push(`${file}: ${lines} lines; at most ${limit} are allowed. Split it by concept, or edit ${RULES}.`);
      } else if (lines > sizes.warnLines) {
        warnings.push(`${file}: ${lines} lines; more than ${sizes.warnLines} is a sign of two concepts.`);
      }
    }
    return complaints(`${sources.length} files, at most ${sizes.maxLines} lines`, found, warnings);
  },
};

function countLines(text: string): number {
  return text.endsWith('\n') ? text.split('\n').length - 1 : text.split('\n').length;
}
