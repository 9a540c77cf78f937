import { z } from 'zod';
import type { Frozen } from './frozen.ts';
import { ArchitectureSchema } from './provenance.ts';

const SandboxSchema = z
  .object({
    state: z.enum(['on', 'off']),
    reason: z.string().nullable().describe('Why there was none although one was wanted; null otherwise.'),
    clone: z.enum(['overlay', 'copy']).describe('How the prefix was kept apart from its template.'),
    limits: z
      .object({
        memoryBytes: z.number().nonnegative().optional(),
        processes: z.number().nonnegative().optional().describe('Processes and threads.'),
        diskBytes: z.number().nonnegative().optional(),
      })
      .describe('The limits that were enforced.'),
  })
  .describe('Whether a sandbox was in force, and which limits. Files of earlier versions do not say.');

export type SandboxRecord = Frozen<z.infer<typeof SandboxSchema>>;

export const RuntimeSchema = z
  .object({
    id: z.string().describe('For example `wine-8.0-x64`.'),
    kind: z.enum(['wine', 'windows']),
    version: z.string().describe('For example `8.0`.'),
    build: z.string().describe('The runtime’s own words, for example `wine-8.0 (Debian 8.0~repack-4)`.'),
    architecture: ArchitectureSchema,
    distribution: z
      .string()
      .optional()
      .describe('What Wine runs on, as that says it: `debian 12`. Absent where it does not say.'),
    reportsWindows: z
      .string()
      .describe('The Windows version that the runtime reports to programs, for example `10.0.19043`.'),
    agent: z
      .object({ revision: z.string(), node: z.string().optional(), koffi: z.string().optional() })
      .describe(
        '`revision` is the first digits of the SHA-256 of the agent’s program. Files of earlier versions also name its Node and koffi.',
      ),
    sandbox: SandboxSchema.optional(),
  })
  .describe('What ran the code under test.');

export type RuntimeRecord = Frozen<z.infer<typeof RuntimeSchema>>;
