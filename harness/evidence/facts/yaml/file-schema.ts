// One entry of a file of facts, in either dialect.
import { z } from 'zod';
import { argument } from './argument-schema.ts';
import { expectation } from './expectation-schema.ts';
import { name } from './plain-values.ts';

/** A fact as it is written. */
export const writtenFact = z
  .strictObject({
    id: name
      .regex(/^[\w.-]+$/, { error: 'must be of letters, digits, dots, dashes and underscores' })
      .describe('Its stable name, unique in a run.'),
    dll: name.describe('A name, looked up in searchPaths and by Windows, or a path from this file.'),
    function: name.describe('The name of the export.'),
    prototype: name.describe('Its declaration in C.'),
    args: z.array(argument).max(64).describe('In the order of the prototype; those for `...` follow.'),
    expect: expectation.describe('What the source asserts, and no more.'),
    setup: name
      .optional()
      .describe('The state that it needs, in words of docs/guides/facts.md, several with semicolons between.'),
    note: z.string().optional().describe('A remark.'),
    todoWine: z.boolean().default(false).describe('The source says itself that Wine differs.'),
    broken: z
      .array(z.string())
      .default([])
      .describe('Results that the source accepts of old versions of Windows only.'),
    arch: z.enum(['both', 'x64', 'ia32']).default('both').describe('The architecture it holds for.'),
    source: name.describe('Where it is documented: an address, or file and line.'),
    test: z.string().optional().describe('The test function in the source.'),
  })
  .meta({ id: 'fact' });

export type WrittenFact = z.infer<typeof writtenFact>;

/** A struct that facts name. */
export const writtenStruct = z
  .strictObject({
    name: name.regex(/^[A-Za-z_]\w*$/, { error: 'must be a name of C' }),
    pack: z.literal([1, 2, 4, 8, 16]).optional().describe('As #pragma pack.'),
    fields: z
      .array(
        z.strictObject({
          name: name.regex(/^[A-Za-z_]\w*$/, { error: 'must be a name of C' }),
          type: name.describe('int8 ... uint64, float, double, size_t, ptr, a struct; T[n] for an array.'),
          to: name.optional().describe('What a ptr leads to.'),
        }),
      )
      .min(1),
  })
  .meta({ id: 'struct' });

/** A whole file: a list of facts, and of structs that they use. */
export const factFile = z.array(z.union([writtenFact, writtenStruct])).meta({
  title: 'Facts of dllparity',
  description: 'What functions of DLLs do on Windows, with citations. See docs/guides/facts.md.',
});
