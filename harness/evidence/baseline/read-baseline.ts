import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DllparityError } from '../../base/errors.ts';
import { fileLinesSync } from '../../base/file-lines.ts';
import { LineTooLong } from '../../base/line-splitter.ts';
import { type YamlFormat, type YamlPath, YamlSource } from '../../base/yaml-source.ts';
import { type Baseline, BASELINE_SCHEMA, type BaselineCase, type BaselineHead } from './baseline.ts';
import { readCaseLine } from './case-line.ts';
import { headDigestLine } from './head-digest.ts';
import { readPlainYaml } from './plain-yaml.ts';

const FORMAT: YamlFormat = {
  name: 'The head of the baseline',
  code: 'BASELINE_SYNTAX',
  hint: 'Restore the file from version control, or record it again.',
};

const provenance = z.strictObject({
  oracle: z.enum(['windows', 'microsoft-dll', 'documented']),
  dll: z.string(),
  company: z.string(),
  fileVersion: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  architecture: z.enum(['x64', 'ia32']),
  source: z.string(),
  host: z.string(),
  cpu: z.strictObject({ model: z.string(), features: z.array(z.string()) }),
  recorder: z.string(),
  recordedAt: z.string(),
  systemCalls: z.array(z.string()).optional(),
  askedWhileLoading: z.array(z.string()).optional(),
  withheld: z.strictObject({ cases: z.number(), asked: z.array(z.string()) }).optional(),
});

const sameAs = z.strictObject({
  architecture: z.enum(['x64', 'ia32']),
  digest: z.string(),
  cases: z.number(),
  without: z.array(z.string()),
});

const head = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA),
  suite: z.string(),
  prototype: z.string().nullable(),
  seed: z.number(),
  provenance,
  sameAs: sameAs.optional(),
  digest: z.string(),
  headDigest: z.string(),
});

/** Reads a baseline line by line. Throws BASELINE_MISSING, BASELINE_SYNTAX or BASELINE_ALTERED with file and line. */
export function readBaseline(file: string): Baseline {
  if (!existsSync(file)) {
    throw new DllparityError('BASELINE_MISSING', {
      what: 'there is no baseline to compare with',
      where: { file },
      hint: 'Record it from the oracle: npm run record -- <suite file>.',
    });
  }
  const headLines: string[] = [];
  const cases: BaselineCase[] = [];
  const digest = createHash('sha256');
  let parsed: BaselineHead | undefined;
  let last = 0;
  try {
    for (const { number, text: line } of fileLinesSync(file)) {
      last = number;
      if (!parsed) {
        if (line === 'cases:') parsed = readHead(file, headLines);
        else headLines.push(line);
      } else {
        digest.update(line).update('\n');
        cases.push(readCase(file, line, number));
      }
    }
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    const where = { file, line: last + 1 };
    throw new DllparityError('BASELINE_SYNTAX', { what: error.message, where, hint: FORMAT.hint });
  }
  if (!parsed) {
    throw new DllparityError('BASELINE_SYNTAX', {
      what: 'the baseline has no `cases:` line',
      where: { file, line: Math.max(1, last) },
      hint: FORMAT.hint,
    });
  }
  if (!headLines.includes(headDigestLine(headLines))) {
    throw new DllparityError('BASELINE_ALTERED', {
      what: 'the head was changed after the recording: its digest does not fit',
      where: { file, line: lineOf(headLines, 'headDigest') },
      hint: 'Where expectations come from is never edited by hand. Restore the file from version control, or record it again.',
    });
  }
  if (digest.digest('hex') !== parsed.digest) {
    throw new DllparityError('BASELINE_ALTERED', {
      what: 'cases were added, removed or reordered after the recording: the digest of the case lines does not fit',
      where: { file, line: lineOf(headLines, 'digest') },
      hint: FORMAT.hint,
    });
  }
  return { file, head: parsed, cases };
}

/** Counts from 1; the first line where no line begins with the key. */
function lineOf(lines: readonly string[], key: string): number {
  return (
    Math.max(
      0,
      lines.findIndex((line) => line.startsWith(`${key}:`)),
    ) + 1
  );
}

function readCase(file: string, line: string, number: number): BaselineCase {
  const found = readCaseLine(line);
  if (!found) {
    throw new DllparityError('BASELINE_SYNTAX', {
      what: 'this line is not a case',
      where: { file, line: number },
      excerpt: line.slice(0, 120),
      hint: FORMAT.hint,
    });
  }
  if (found.altered) {
    throw new DllparityError('BASELINE_ALTERED', {
      what: `case ${found.id} was changed after the recording: its checksum does not fit`,
      where: { file, line: number },
      excerpt: line.slice(0, 120),
      hint: 'An expectation is never edited by hand. Restore the file from version control, or record it again.',
    });
  }
  return { id: found.id, inputs: found.inputs, outcome: found.outcome, line: number };
}

function readHead(file: string, lines: readonly string[]): BaselineHead {
  const plain = head.safeParse(readPlainYaml(lines));
  return plain.success ? plain.data : readAnyHead(file, lines);
}

/** A head that is written in another way than the recorder's, or has something wrong in it, which a parser can point at. */
function readAnyHead(file: string, lines: readonly string[]): BaselineHead {
  // The head is the beginning of the file, so its lines and columns are those of the file.
  const source = new YamlSource(lines.join('\n'), file, FORMAT);
  if (source.problem) throw source.problem;
  const result = head.safeParse(source.data());
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []) as YamlPath;
  throw source.error(
    path,
    'value',
    `The head of the baseline cannot be read: ${path.join('.')}: ${issue?.message ?? 'invalid'}`,
  );
}
