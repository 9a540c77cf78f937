import type { Provenance } from '../../../../protocol/records/result-record.ts';
import type { BaselineCase, BaselineHead } from '../../../evidence/baseline/baseline.ts';
import { caseId } from '../../../evidence/baseline/case-line.ts';
import type { Json } from '../../../evidence/compare/json.ts';

export const PROVENANCE: Provenance = {
  oracle: 'microsoft-dll',
  dll: 'some.dll',
  company: 'Microsoft Corporation',
  fileVersion: '1.2.3.4',
  sha256: 'a'.repeat(64),
  architecture: 'x64',
  source: 'npm:some@1.2.3',
  host: 'wine-8.0-x64',
  cpu: { model: 'Some(R) Processor: 2 "GHz"', features: ['sse2', 'fma'] },
  recorder: 'dllparity 0.1.0',
  recordedAt: '2026-01-02T03:04:05.678Z',
};

export const HEAD: Omit<BaselineHead, 'digest' | 'headDigest'> = {
  schema: 1,
  suite: 'some.dll/twice',
  prototype: 'double twice(double x)',
  seed: 5,
  provenance: PROVENANCE,
};

/** A case with the id that its inputs give it. */
export function sampleCase(inputs: readonly Json[], outcome: BaselineCase['outcome']): Omit<BaselineCase, 'line'> {
  return { id: caseId(inputs), inputs, outcome };
}

/** Twenty cases of a function that doubles, and one of each other kind of outcome. */
export const CASES: readonly Omit<BaselineCase, 'line'>[] = [
  ...Array.from({ length: 20 }, (_, i) => sampleCase([i / 10], { kind: 'returned', fields: { result: i / 5 } })),
  sampleCase(['inf'], { kind: 'faulted', code: 0xc0000005 }),
  sampleCase(['nan'], { kind: 'exited', code: 3 }),
  sampleCase(['-0', 'grüße\u0000🙂'], { kind: 'exited', code: null }),
];
