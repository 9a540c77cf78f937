// Values, outcomes and differences as a person reads them. They are exact: nothing is shortened or rounded.
import { z } from 'zod';
import type { Frozen } from './frozen.ts';

const ShownValueSchema = z.object({
  type: z.string().describe('C type, for example `double`, `const char *`, `int[10]`.'),
  text: z.string().describe('The value in words: `0.1`, `"1.5\\0"`, `argument 0 + 3`, `null`. Never shortened.'),
  bits: z
    .string()
    .optional()
    .describe(
      'Bits of a floating-point value or an integer, most significant first, in hexadecimal; absent otherwise.',
    ),
});
export type ShownValue = Frozen<z.infer<typeof ShownValueSchema>>;

export const ShownFieldSchema = z
  .object({ name: z.string(), value: ShownValueSchema })
  .describe(
    'One named part of inputs or of an outcome: an argument, `result`, `errno`, memory behind an argument, a step of a scenario.',
  );
export type ShownField = Frozen<z.infer<typeof ShownFieldSchema>>;

export const ShownOutcomeSchema = z.object({
  kind: z
    .enum(['returned', 'faulted', 'exited', 'timed-out', 'wire-damaged', 'not-callable', 'observed'])
    .describe('`observed` is what was seen of something else than one call, for example of a scenario.'),
  text: z
    .string()
    .describe(
      '`returned`, `faulted: STATUS_ACCESS_VIOLATION (0xC0000005) reading 0x0 in msvcr120.dll+0x1234`, and so on.',
    ),
  fields: z.array(ShownFieldSchema),
});
export type ShownOutcome = Frozen<z.infer<typeof ShownOutcomeSchema>>;

export const ShownDifferenceSchema = z.object({
  summary: z.string().describe('One line, for example `result differs by 1 ulp` or `buffer differs at character 17`.'),
  fields: z.array(z.string()).describe('Names of the fields that differ.'),
  ulp: z
    .string()
    .optional()
    .describe(
      'Distance in units in the last place, when a floating-point field differs and both values are finite. A decimal string: it may exceed 2^53.',
    ),
  offset: z
    .number()
    .nonnegative()
    .optional()
    .describe('Index of the first byte, character or element that differs, when a field is a sequence.'),
});
export type ShownDifference = Frozen<z.infer<typeof ShownDifferenceSchema>>;
