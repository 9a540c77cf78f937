import fc from 'fast-check';
import type { Scenario } from '../../harness/loader/scenario.ts';
import { callsOf, drafts } from './call-arbitrary.ts';
import { laid } from './file-arbitrary.ts';
import { PARENT } from './names.ts';
import { program, registry } from './program-arbitrary.ts';
import { themedCall } from './theme.ts';

/** Scenarios that the reader of files would take, too. They shrink to fewer files and fewer calls. */
export const scenarios: fc.Arbitrary<Scenario> = fc
  .record({ laid, drafts, program, registry })
  .map(({ laid: { files, programManifest, theme }, drafts: made, program: started, registry: values }) => {
    const process = started(files);
    const calls = callsOf(made, files).map((call) => themedCall(call, theme));
    return {
      id: 'random',
      rule: 'random scenarios',
      title: 'random',
      files,
      program: { ...process, manifest: programManifest },
      // With nothing to do there is nothing to compare.
      calls: calls.length === 0 && process.imports === undefined ? [{ call: 'LoadLibrary', name: PARENT }] : calls,
      registry: values,
      expect: { outcome: undefined, evidence: 'none', source: 'random' },
      wine: undefined,
      twin: undefined,
      file: 'random',
      line: 0,
    };
  });
