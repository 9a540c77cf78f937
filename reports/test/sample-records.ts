import {
  countVerdicts,
  RESULT_SCHEMA,
  type CaseRecord,
  type EndRecord,
  type Provenance,
  type ResultRecord,
  type RunRecord,
  type RuntimeRecord,
  type SandboxRecord,
  type ShownField,
  type ShownOutcome,
  type SubjectRecord,
  type TestRecord,
  type Verdict,
} from '../../protocol/records/result-record.ts';

/** Small builders of records, so that a test says only what it is about. */

export const RUN: RunRecord = {
  record: 'run',
  schema: RESULT_SCHEMA,
  id: '2026-11-20T23-25-00-4f1c',
  startedAt: '2026-11-20T23:25:00.000Z',
  dllparity: '0.1.0',
  host: {
    os: 'Linux 6.1.0 x64 (Debian GNU/Linux 12)',
    node: '20.20.2',
    cpu: { model: 'Example CPU 3', features: ['sse2', 'sse4_2', 'avx', 'avx2', 'fma'] },
  },
};

const SANDBOX: SandboxRecord = {
  state: 'on',
  reason: null,
  clone: 'overlay',
  limits: { memoryBytes: 2 ** 32, processes: 500, diskBytes: 2 ** 29 },
};

export function runtime(version = '8.0'): RuntimeRecord {
  return {
    id: `wine-${version}-x64`,
    kind: 'wine',
    version,
    build: `wine-${version} (Debian ${version}~repack-4)`,
    architecture: 'x64',
    reportsWindows: '10.0.19043',
    agent: { revision: 'a41f0c2' },
    sandbox: SANDBOX,
  };
}

export const PROVENANCE: Provenance = {
  oracle: 'microsoft-dll',
  dll: 'msvcr120.dll',
  company: 'Microsoft Corporation',
  fileVersion: '12.0.21005.1',
  sha256: 'b8b1d3bb8ad17f4f4a5b1a0d3ab7a1c95f8bd8e9d2f4b70a3c2e65d7e9f01234',
  architecture: 'x64',
  source: 'npm:edge@5.9.2',
  host: 'wine-8.0-x64, loaded natively',
  cpu: { model: 'Example CPU 3', features: ['sse2', 'sse4_2', 'avx', 'avx2', 'fma'] },
  recorder: '0.1.0',
  recordedAt: '2026-11-18T09:12:00.000Z',
};

export function suite(
  name: string,
  cases: readonly CaseRecord[],
  changes: Partial<SubjectRecord> = {},
): readonly ResultRecord[] {
  const record: SubjectRecord = {
    record: 'subject',
    subject: `msvcr120.dll/${name}`,
    kind: 'function',
    group: 'msvcr120.dll',
    name,
    prototype: `double __cdecl ${name}(double x)`,
    runtime: runtime(),
    file: 'suites/msvcr120/math.test.ts',
    line: 24,
    comparator: 'exact (-0 differs from 0)',
    baseline: { file: `suites/msvcr120/baselines/${name}.yaml`, digest: `digest-of-${name}`, provenance: PROVENANCE },
    known: [],
    cases: cases.length,
    totals: countVerdicts(cases),
    durationMs: 31.4,
    problem: null,
    ...changes,
  };
  return [record, ...cases.map((found) => ({ ...found, subject: record.subject, runtime: record.runtime.id }))];
}

export function match(id: string): CaseRecord {
  return { record: 'case', subject: '', runtime: '', id, verdict: 'match' };
}

export function test(name: string, state: TestRecord['state'], errors: readonly string[] = []): TestRecord {
  return { record: 'test', name, file: 'suites/msvcr120/errno.test.ts', line: 12, state, durationMs: 3.2, errors };
}

export function end(records: readonly ResultRecord[], ok: boolean): EndRecord {
  const cases = records.filter((record) => record.record === 'case');
  const tests = records.filter((record) => record.record === 'test');
  const of = (state: TestRecord['state']): number => tests.filter((found) => found.state === state).length;
  return {
    record: 'end',
    finishedAt: '2026-11-20T23:25:09.500Z',
    durationMs: 9500,
    cases: cases.length,
    totals: countVerdicts(cases),
    tests: { passed: of('passed'), failed: of('failed'), skipped: of('skipped') },
    ok,
  };
}

export function jsonLines(records: Iterable<ResultRecord>): string {
  return [...records].map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** A whole, finished run. */
export function wholeRun(records: readonly ResultRecord[], ok: boolean, strict = true): string {
  return jsonLines([{ ...RUN, strict }, ...records, end(records, ok)]);
}

export function textField(name: string, type: string, text: string): ShownField {
  return { name, value: { type, text } };
}

export function doubleField(name: string, value: number): ShownField {
  return {
    name,
    value: {
      type: 'double',
      text: Object.is(value, -0) ? '-0' : String(value),
      bits: bitsOf(value).toString(16).padStart(16, '0'),
    },
  };
}

export function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

export function fromBits(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

export function returned(fields: readonly ShownField[]): ShownOutcome {
  return { kind: 'returned', text: 'returned', fields };
}

export function differing(
  id: string,
  verdict: Verdict,
  inputs: readonly ShownField[],
  expected: ShownOutcome | null,
  actual: ShownOutcome | null,
  difference: NonNullable<CaseRecord['detail']>['difference'],
  known?: number,
  log?: readonly string[],
): CaseRecord {
  return {
    record: 'case',
    subject: '',
    runtime: '',
    id,
    verdict,
    detail: {
      inputs,
      expectations:
        expected === null
          ? []
          : [{ extent: 'complete', outcome: expected, source: { by: 'baseline', line: 40 + id.length } }],
      actual,
      difference,
      replay: `npm run replay -- --case '${id}'`,
      ...(known === undefined ? {} : { known }),
      ...(log === undefined ? {} : { log }),
    },
  };
}
