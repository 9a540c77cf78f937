import { z } from 'zod';
import { EvidenceSchema } from './expectation.ts';
import type { Frozen } from './frozen.ts';
import { ProvenanceSchema } from './provenance.ts';
import { RuntimeSchema } from './runtime-record.ts';
import { TotalsSchema, VerdictSchema } from './verdict.ts';

/** What can be judged. */
const SUBJECT_KINDS = ['function', 'behaviour', 'method', 'loader-rule', 'program-test'] as const;

const KnownDivergenceSchema = z
  .object({
    cause: z.string().optional().describe('Its short name, which does not change. Absent where it has none.'),
    reason: z.string(),
    bug: z.string().describe('Address of a bug report, or `none` when nobody has filed one.'),
    wine: z.string().describe('Range of Wine versions in which it is expected, for example `>=8.0 <9.0`.'),
    cases: z.number().nonnegative().describe('How many cases the declaration names, or says that it covers.'),
    found: z
      .number()
      .nonnegative()
      .optional()
      .describe('How many it covers, where that is another number: it is too wide, or too narrow, and fails the run.'),
    file: z.string().describe('File of the declaration, relative to the project.'),
    line: z.number().nonnegative(),
  })
  .describe('A declared divergence, as its author wrote it.');
export type KnownDivergenceRecord = Frozen<z.infer<typeof KnownDivergenceSchema>>;

const LateFaultSchema = z
  .object({
    text: z.string().describe('What happened, in one line.'),
    withinMs: z
      .number()
      .nonnegative()
      .describe('It came at most so many milliseconds after the last call had returned.'),
    suspects: z
      .array(
        z.object({
          call: z.string().describe('For example `codec.dll!start_worker(4)`.'),
          replayed: z
            .enum(['crashed again', 'survived', 'not replayed'])
            .describe('What came of making the call again by itself, in a fresh process.'),
        }),
      )
      .describe('The calls that may be the cause, newest first.'),
  })
  .describe('A process that died after a call had returned.');
export type LateFaultRecord = Frozen<z.infer<typeof LateFaultSchema>>;

const OtherVersionSchema = z
  .object({
    fileVersion: z.string(),
    windows: z.string().optional().describe('The Windows it is part of, for example `Windows 10 1607`.'),
    sha256: z.string(),
    source: z.string(),
    file: z.string().describe('Where what it does differently is recorded, relative to the project.'),
    different: z.number().nonnegative().describe('Cases in which it has another outcome than the baseline.'),
    silent: z
      .number()
      .nonnegative()
      .describe('Cases of which it says nothing, since it asked the system when it was recorded.'),
  })
  .describe('Another version of the DLL that was recorded. Its outcomes are accepted too.');
export type OtherVersionRecord = Frozen<z.infer<typeof OtherVersionSchema>>;

export const SubjectSchema = z
  .object({
    record: z.literal('subject'),
    subject: z
      .string()
      .describe('Stable name, for example `msvcr120.dll/pow` or `search order/standard order`. Unique with `runtime`.'),
    kind: z.enum(SUBJECT_KINDS),
    group: z.string().describe('What reports list it under: the DLL, the program, or `search order`.'),
    name: z.string().describe('Its name in the group, for example `pow`, `rand sequence` or `standard order`.'),
    prototype: z.string().nullable().describe('C prototype of a function or method; null otherwise.'),
    runtime: RuntimeSchema,
    file: z.string().describe('The file that declares it, relative to the project.'),
    line: z.number().nonnegative(),
    comparator: z.string().describe('The comparator in words, for example `exact (-0 differs from 0)` or `ulp(1)`.'),
    baseline: z
      .object({
        file: z.string(),
        digest: z.string().describe('SHA-256 over the case lines.'),
        provenance: ProvenanceSchema,
        others: z
          .array(OtherVersionSchema)
          .optional()
          .describe('Further versions of the DLL that vouch for the cases. Absent where there is one version only.'),
      })
      .nullable()
      .describe('Null where nothing was recorded: its cases cite their sources, or cannot be compared.'),
    cited: z
      .array(EvidenceSchema)
      .optional()
      .describe('What its cases cite where no baseline is: the kinds of sources, each once. Absent where none does.'),
    known: z.array(KnownDivergenceSchema),
    cases: z.number().nonnegative(),
    totals: TotalsSchema,
    durationMs: z.number().nonnegative(),
    problem: z
      .object({ verdict: VerdictSchema, message: z.string().describe('With the next step.') })
      .nullable()
      .describe('Why no case could be compared.'),
    lateFaults: z
      .array(LateFaultSchema)
      .optional()
      .describe(
        'Deaths of the process that are the outcome of no case; they fail the run. Absent when there were none.',
      ),
  })
  .describe('What is judged, in one runtime, with all its cases counted.');
export type SubjectRecord = Frozen<z.infer<typeof SubjectSchema>>;
