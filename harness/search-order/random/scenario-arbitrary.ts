import fc from 'fast-check';
import type { Program, RegistryValue, Scenario } from '../scenario.ts';
import { calls } from './call-arbitrary.ts';
import { files } from './file-arbitrary.ts';
import { NAMES, PARENT } from './names.ts';

const SAFE_MODE = 'HKLM\\System\\CurrentControlSet\\Control\\Session Manager\\SafeDllSearchMode';

const program: fc.Arbitrary<Program> = fc
  .oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 2, arbitrary: fc.constantFrom(...NAMES) })
  .map((imports) => ({
    imports,
    missingSymbol: false,
    manifest: undefined,
    environment: {},
    parentDllDirectory: undefined,
  }));

/** Registry values are shared by all processes of a prefix: rare, as such scenarios run one at a time. */
const registry: fc.Arbitrary<readonly RegistryValue[]> = fc.oneof(
  { weight: 30, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constant([{ path: SAFE_MODE, value: 0 }]) },
);

/** Scenarios that the reader of files would take, too. They shrink to fewer files and fewer calls. */
export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({ files, calls, program, registry })
  .map(({ files: placed, calls: made, program: started, registry: values }) => ({
    id: 'random',
    rule: 'random scenarios',
    title: 'random',
    files: placed,
    program: started,
    // With nothing to do there is nothing to compare.
    calls: made.length === 0 && started.imports === undefined ? [{ call: 'LoadLibrary', name: PARENT }] : made,
    registry: values,
    expect: { outcome: undefined, evidence: 'none', source: 'random' },
    wine: undefined,
    twin: undefined,
    file: 'random',
    line: 0,
  }));
