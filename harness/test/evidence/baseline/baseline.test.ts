import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RecordedOutcome } from '../../../evidence/baseline/baseline.ts';
import { caseId, readCaseLine, writeCaseLine } from '../../../evidence/baseline/case-line.ts';
import { readBaseline } from '../../../evidence/baseline/read-baseline.ts';
import { writeBaseline } from '../../../evidence/baseline/write-baseline.ts';
import type { Json } from '../../../evidence/compare/json.ts';
import { isDllparityError } from '../../../base/errors.ts';
import { CASES, HEAD } from './sample-baseline.ts';

let folder: string;
let file: string;
let text: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-baseline-'));
  file = join(folder, 'twice.yaml');
  writeBaseline(file, HEAD, CASES);
  text = readFileSync(file, 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Refusal {
  readonly code: string;
  readonly line: number | undefined;
  readonly message: string;
}

/** What reading a file with this content says. */
function refusal(content: string | Buffer): Refusal | undefined {
  const altered = join(folder, 'altered.yaml');
  writeFileSync(altered, content);
  try {
    readBaseline(altered);
  } catch (error) {
    if (!isDllparityError(error)) throw error;
    expect(error.where?.file).toBe(altered);
    return { code: error.code, line: error.where?.line, message: error.message };
  }
  return undefined;
}

const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const outcome = fc.oneof(
  fc.record({ kind: fc.constant('returned' as const), fields: fc.dictionary(fc.string({ minLength: 1 }), json) }),
  fc.record({ kind: fc.constant('faulted' as const), code: fc.nat(0x7fffffff).map((code) => code * 2 + 1) }),
  fc.record({ kind: fc.constant('exited' as const), code: fc.option(fc.nat(255)) }),
) as fc.Arbitrary<RecordedOutcome>;

describe('a case line', () => {
  it('says the same when it is read', () => {
    fc.assert(
      fc.property(fc.array(json), outcome, (inputs, out) => {
        const plain = JSON.parse(JSON.stringify({ inputs, out })) as { inputs: Json[]; out: RecordedOutcome };
        const line = writeCaseLine(caseId(inputs), inputs, out);
        expect(line).not.toContain('\n');
        expect(readCaseLine(line)).toEqual({ id: caseId(inputs), inputs: plain.inputs, outcome: plain.out, altered: false });
      }),
    );
  }); // prettier-ignore

  it('is YAML too', () => {
    const line = writeCaseLine('abc', ['-0', 'a"b\u0001', 1e-7], { kind: 'returned', fields: { result: 1 } });
    expect(parse(line)).toEqual([{ id: 'abc', in: ['-0', 'a"b\u0001', 1e-7], out: { result: 1 }, sum: expect.any(String) }]);
  }); // prettier-ignore

  it('does not survive the change of a byte unnoticed', () => {
    const lines = CASES.map(({ id, inputs, outcome: out }) => Buffer.from(writeCaseLine(id, inputs, out)));
    fc.assert(
      fc.property(fc.constantFrom(...lines), fc.nat(), fc.integer({ min: 1, max: 255 }), (line, at, change) => {
        const altered = Buffer.from(line);
        altered[at % altered.length]! ^= change;
        const found = readCaseLine(altered.toString('utf8'));
        return found?.altered ?? true;
      }),
      { numRuns: 3000 },
    );
  });

  it('has an id from its inputs alone', () => {
    expect(caseId([1, 'a'])).toBe(caseId([1, 'a']));
    expect(caseId([1, 'a'])).not.toBe(caseId(['a', 1]));
    expect(caseId([0])).not.toBe(caseId(['-0']));
  });
});

describe('a baseline', () => {
  it('says the same when it is read, with the line of each case', () => {
    const { head, cases } = readBaseline(file);
    expect(head).toMatchObject(HEAD);
    expect(cases.map(({ line: _, ...rest }) => rest)).toEqual(CASES);
    for (const { line, id } of cases) expect(text.split('\n')[line - 1]).toContain(id);
  });

  it('is a YAML document', () => {
    expect((parse(text) as { cases: unknown[] }).cases).toHaveLength(CASES.length);
  });

  it('may have no cases', () => {
    const empty = join(folder, 'empty.yaml');
    writeBaseline(empty, HEAD, []);
    expect(readBaseline(empty).cases).toEqual([]);
  });

  it('is read in pieces: a line may be longer than a piece', () => {
    const long = join(folder, 'long.yaml');
    const big = 'ü🙂'.repeat(100_000);
    writeBaseline(long, HEAD, [...CASES, { id: 'x', inputs: [big], outcome: { kind: 'returned', fields: { result: big } } }]);
    expect(readBaseline(long).cases.at(-1)?.inputs).toEqual([big]);
  }); // prettier-ignore
});

describe('a changed baseline', () => {
  it('does not survive the change of any byte unnoticed', () => {
    const bytes = Buffer.from(text);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Buffer.from(bytes);
        altered[at]! ^= change;
        const found = refusal(altered);
        expect(found?.code).toMatch(/^BASELINE_(ALTERED|SYNTAX)$/);
        expect(found?.line).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('is told when a change means the same to a parser', () => {
    for (const altered of [
      text.replace('headDigest: ', 'headDigest:\t'),
      text.replace('headDigest: ', 'headDigest:  '),
      text.replace(/^headDigest: (.*)$/m, 'headDigest: "$1"'),
    ])
      expect(refusal(altered)).toMatchObject({ code: 'BASELINE_ALTERED', line: lineOf('headDigest:') });
    expect(refusal(text.replace('headDigest:', '"headDigest":'))?.code).toBe('BASELINE_ALTERED');
  });

  it('is told when an alias has no anchor, with the line', () => {
    expect(refusal(text.replace('suite: some', 'suite: *ome'))).toMatchObject({
      code: 'BASELINE_SYNTAX',
      line: lineOf('suite:'),
    });
  });

  it('is told with the line of the case', () => {
    const line = lineOf('"in":[0.7]');
    expect(refusal(text.replace('"in":[0.7],"out":{"result":1.4}', '"in":[0.7],"out":{"result":1.5}'))).toMatchObject({
      code: 'BASELINE_ALTERED',
      line,
    });
  });

  it('is told when a case is missing, doubled or moved', () => {
    const lines = text.split('\n');
    const [first, second] = [lineOf('"in":[0.1]') - 1, lineOf('"in":[0.2]') - 1];
    for (const altered of [
      lines.toSpliced(first, 1),
      lines.toSpliced(first, 0, lines[first]!),
      lines.toSpliced(first, 2, lines[second]!, lines[first]!),
    ]) {
      expect(refusal(altered.join('\n'))).toMatchObject({ code: 'BASELINE_ALTERED', line: lineOf('digest:') });
    }
  });

  it('is told when it was cut short, wherever', () => {
    // Without the final end of line nothing is missing.
    for (const length of [0, 10, 200, text.indexOf('cases:'), text.indexOf('cases:') + 7, text.length - 2])
      expect(refusal(text.slice(0, length))?.code).toMatch(/BASELINE_(ALTERED|SYNTAX)/);
  });

  it('is told when somebody edits where it comes from', () => {
    expect(refusal(text.replace('fileVersion: 1.2.3.4', 'fileVersion: 1.2.3.5'))).toMatchObject({
      code: 'BASELINE_ALTERED',
      line: lineOf('headDigest:'),
    });
  });

  it('is told when its head is no YAML, with the line', () => {
    const line = lineOf('seed:');
    expect(refusal(text.replace('seed: 5', 'seed: [5'))?.code).toBe('BASELINE_SYNTAX');
    expect(refusal(text.replace('seed: 5', 'seed: "5'))?.line).toBeGreaterThanOrEqual(line);
  });

  it('is told when its head lacks something or has something else', () => {
    expect(refusal(text.replace('schema: 1', 'schema: 2'))).toMatchObject({ code: 'BASELINE_SYNTAX' });
    expect(refusal(text.replace('schema: 1', 'schema: 2'))?.message).toContain('schema');
    expect(refusal(text.replace('  dll: some.dll\n', ''))?.message).toContain('provenance.dll');
    expect(refusal(text.replace('seed: 5', 'seed: 5\nsalt: 6'))?.code).toBe('BASELINE_SYNTAX');
    expect(refusal(text.replace(`sha256: ${'a'.repeat(64)}`, 'sha256: abc'))?.message).toContain('provenance.sha256');
  });

  it('is told when it holds the marks of a merge', () => {
    const marked = text.replace('cases:\n', 'cases:\n<<<<<<< HEAD\n');
    expect(refusal(marked)).toMatchObject({ code: 'BASELINE_SYNTAX', line: lineOf('cases:') + 1 });
  });
});

it('a baseline that is not there is an error with the command that records it', () => {
  try {
    readBaseline(join(folder, 'nowhere.yaml'));
    expect.fail();
  } catch (error) {
    expect(isDllparityError(error, 'BASELINE_MISSING') && error.message).toContain('npm run record');
  }
});
