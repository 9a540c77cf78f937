import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { DllparityError } from '../../base/errors.ts';
import { type Baseline, BASELINE_SCHEMA, type BaselineCase, type BaselineHead } from './baseline.ts';
import { readCaseLine } from './case-line.ts';
import { headDigest } from './head-digest.ts';
import { readPlainYaml } from './plain-yaml.ts';

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
  let number = 0;
  for (const line of linesOf(file)) {
    number++;
    if (!parsed) {
      if (line === 'cases:') parsed = readHead(file, headLines);
      else headLines.push(line);
    } else {
      digest.update(line).update('\n');
      cases.push(readCase(file, line, number));
    }
  }
  if (!parsed) {
    throw new DllparityError('BASELINE_SYNTAX', {
      what: 'the baseline has no `cases:` line',
      where: { file, line: number },
      hint: 'Restore the file from version control, or record it again.',
    });
  }
  if (headDigest(headLines) !== parsed.headDigest) {
    throw new DllparityError('BASELINE_ALTERED', {
      what: 'the head was changed after the recording: its digest does not fit',
      where: { file, line: headLines.findIndex((line) => line.startsWith('headDigest:')) + 1 },
      hint: 'Where expectations come from is never edited by hand. Restore the file from version control, or record it again.',
    });
  }
  if (digest.digest('hex') !== parsed.digest) {
    throw new DllparityError('BASELINE_ALTERED', {
      what: 'cases were added, removed or reordered after the recording: the digest of the case lines does not fit',
      where: { file, line: headLines.findIndex((line) => line.startsWith('digest:')) + 1 },
      hint: 'Restore the file from version control, or record it again.',
    });
  }
  return { file, head: parsed, cases };
}

function readCase(file: string, line: string, number: number): BaselineCase {
  const found = readCaseLine(line);
  if (!found) {
    throw new DllparityError('BASELINE_SYNTAX', {
      what: 'this line is not a case',
      where: { file, line: number },
      excerpt: line.slice(0, 120),
      hint: 'Restore the file from version control, or record it again.',
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
  const counter = new LineCounter();
  const document = parseDocument(lines.join('\n'), { lineCounter: counter });
  const problem = document.errors[0];
  const fail = (what: string, line: number): never => {
    throw new DllparityError('BASELINE_SYNTAX', {
      what: `the head of the baseline cannot be read: ${what}`,
      where: { file, line },
      hint: 'Restore the file from version control, or record it again.',
    });
  };
  if (problem) fail(problem.message.split('\n')[0] ?? 'not YAML', counter.linePos(problem.pos[0]).line);
  const result = head.safeParse(document.toJS());
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const node = document.getIn(issue?.path.slice(0, -1) ?? [], true) as { range?: [number, number, number] } | undefined;
  return fail(
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
    node?.range ? counter.linePos(node.range[0]).line : 1,
  );
}

/** The lines of a file, read in pieces. */
function* linesOf(file: string): Generator<string> {
  const fd = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(1 << 16);
    let rest = Buffer.alloc(0);
    for (let count = readSync(fd, chunk); count > 0; count = readSync(fd, chunk)) {
      let bytes = rest.length === 0 ? chunk.subarray(0, count) : Buffer.concat([rest, chunk.subarray(0, count)]);
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10)) {
        yield bytes.toString('utf8', 0, end);
        bytes = bytes.subarray(end + 1);
      }
      rest = Buffer.from(bytes);
    }
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    closeSync(fd);
  }
}
