import { z } from 'zod';
import { ExpectationSchema } from './expectation.ts';
import type { Frozen } from './frozen.ts';
import { ShownDifferenceSchema, ShownFieldSchema, ShownOutcomeSchema } from './shown.ts';
import { VerdictSchema } from './verdict.ts';

const CaseDetailSchema = z
  .object({
    inputs: z.array(ShownFieldSchema),
    expectations: z
      .array(ExpectationSchema)
      .describe(
        'What is expected. None where nobody knows. Where there are several, each is accepted in its Windows versions.',
      ),
    actual: ShownOutcomeSchema.nullable().describe(
      'The outcome in the runtime under test, or null when there was none.',
    ),
    difference: ShownDifferenceSchema.nullable(),
    confirmed: z
      .boolean()
      .optional()
      .describe('True when a fault, an exit or a time limit came in a fresh process too.'),
    known: z
      .number()
      .nonnegative()
      .optional()
      .describe('Index into `known` of the subject, when a declaration is about the case.'),
    note: z.string().optional().describe('Why the verdict is what it is, where the outcomes alone do not say.'),
    replay: z.string().describe('A shell command that runs this case alone, in the same runtime.'),
    log: z.array(z.string()).optional().describe('Last lines of the agent’s log, when they bear on the case.'),
  })
  .describe('What a person needs in order to judge a case that did not simply match.');
export type CaseDetail = Frozen<z.infer<typeof CaseDetailSchema>>;

export const CaseSchema = z
  .object({
    record: z.literal('case'),
    subject: z.string(),
    runtime: z.string().describe('Id of the runtime.'),
    id: z.string().describe('Stable id, from the inputs alone or as the author named it.'),
    title: z.string().optional().describe('What it is about, where its author says so.'),
    verdict: VerdictSchema,
    durationMs: z.number().nonnegative().optional().describe('Where a case takes a process of its own.'),
    carriedOver: z
      .string()
      .optional()
      .describe(
        'What came of the case after other calls of its process, when that was another outcome than in a fresh process. The verdict is about the latter.',
      ),
    detail: CaseDetailSchema.optional().describe(
      'Present for every verdict but `match`, and where a match has more to tell than its baseline.',
    ),
  })
  .describe('One case. A plain match carries no values: they are those of its baseline.');
export type CaseRecord = Frozen<z.infer<typeof CaseSchema>>;
