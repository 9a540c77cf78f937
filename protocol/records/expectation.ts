import { z } from 'zod';
import type { Frozen } from './frozen.ts';
import { ShownOutcomeSchema } from './shown.ts';

/** Who says what Windows does, where it was not recorded: a page of Microsoft, a test of Wine that runs on Windows too, somebody's report, general knowledge. */
export const EvidenceSchema = z.enum(['documented', 'wine-test', 'reported', 'unverified']);
export type Evidence = z.infer<typeof EvidenceSchema>;

const SourceSchema = z.discriminatedUnion('by', [
  z
    .object({
      by: z.literal('baseline'),
      line: z.number().nonnegative().nullable().describe('Line in the baseline file.'),
      file: z
        .string()
        .optional()
        .describe(
          'The file of that line, where it is not the subject’s: a case that is the same on another architecture stands there.',
        ),
    })
    .describe('It was recorded; the baseline of the subject has the provenance.'),
  z
    .object({
      by: z.literal('citation'),
      evidence: EvidenceSchema,
      citation: z.string().describe('The page, test or report that says it.'),
      file: z.string().describe('Where it is declared, relative to the project.'),
      line: z.number().nonnegative(),
    })
    .describe('A source says it.'),
]);

export const ExpectationSchema = z
  .object({
    extent: z
      .enum(['complete', 'partial'])
      .describe('`partial`: the outcome has only what the source asserts, and nothing else is compared.'),
    outcome: ShownOutcomeSchema,
    windows: z
      .string()
      .optional()
      .describe('The Windows versions it holds for, for example `>=10.0.19041`; absent for all.'),
    source: SourceSchema,
  })
  .describe('What Windows does, and who says so.');

export type Expectation = Frozen<z.infer<typeof ExpectationSchema>>;
