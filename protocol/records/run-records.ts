import { z } from 'zod';
import type { Frozen } from './frozen.ts';
import { CpuSchema } from './provenance.ts';
import { TotalsSchema } from './verdict.ts';

/** Raised by one whenever a reader of the previous shape would misread a line. */
export const RESULT_SCHEMA = 2;

export const RunSchema = z
  .object({
    record: z.literal('run'),
    schema: z.literal(RESULT_SCHEMA),
    id: z.string(),
    startedAt: z.string().describe('ISO 8601, UTC.'),
    dllparity: z.string().describe('Version of dllparity.'),
    strict: z
      .boolean()
      .optional()
      .describe(
        'Whether what could not be compared fails the run. Absent in files of earlier versions, whose runs were strict.',
      ),
    host: z.object({ os: z.string(), node: z.string(), cpu: CpuSchema }),
  })
  .describe('First line: what ran, where and how.');
export type RunRecord = Frozen<z.infer<typeof RunSchema>>;

export const TestSchema = z
  .object({
    record: z.literal('test'),
    name: z.string(),
    runtime: z
      .string()
      .optional()
      .describe('The runtime whose project of the run it belongs to, where the run has several.'),
    file: z.string(),
    line: z.number().nonnegative().nullable(),
    state: z.enum(['passed', 'failed', 'skipped']),
    durationMs: z.number().nonnegative(),
    errors: z.array(z.string()),
  })
  .describe('A plain vitest test of the same run.');
export type TestRecord = Frozen<z.infer<typeof TestSchema>>;

export const EndSchema = z
  .object({
    record: z.literal('end'),
    finishedAt: z.string().describe('ISO 8601, UTC.'),
    durationMs: z.number().nonnegative(),
    cases: z.number().nonnegative(),
    totals: TotalsSchema,
    tests: z.object({
      passed: z.number().nonnegative(),
      failed: z.number().nonnegative(),
      skipped: z.number().nonnegative(),
    }),
    ok: z.boolean().describe('True when nothing failed the run.'),
  })
  .describe('Last line.');
export type EndRecord = Frozen<z.infer<typeof EndSchema>>;
