import { z } from 'zod';
import type { Frozen } from './frozen.ts';

export const ArchitectureSchema = z.enum(['x64', 'ia32']);

export const CpuSchema = z.object({
  model: z.string(),
  features: z.array(z.string()).describe('The instruction-set extensions that a DLL may branch on.'),
});

/** Who vouches for a recorded baseline. */
export const OracleSchema = z.enum(['windows', 'microsoft-dll', 'documented']);
export type Oracle = z.infer<typeof OracleSchema>;

export const ProvenanceSchema = z
  .object({
    oracle: OracleSchema,
    dll: z.string().describe('File name of the DLL whose code ran, for example `msvcr120.dll`.'),
    company: z.string().describe('`CompanyName` of the version resource of the DLL.'),
    fileVersion: z
      .string()
      .describe('`FileVersion` of the fixed version information: four numbers, for example `12.0.21005.1`.'),
    sha256: z.string().describe('SHA-256 of the DLL file, 64 lower-case hexadecimal digits.'),
    architecture: ArchitectureSchema,
    source: z.string().describe('Where the file came from, for example `npm:edge@5.9.2`.'),
    host: z.string().describe('What ran it: `wine-8.0-x64` with the DLL loaded natively, or a Windows build.'),
    cpu: CpuSchema.describe('The processor of the recording machine.'),
    recorder: z.string().describe('Version of dllparity that recorded.'),
    recordedAt: z.string().describe('ISO 8601 date and time of the recording, UTC.'),
    systemCalls: z
      .array(z.string())
      .optional()
      .describe(
        'Functions of the system that the DLL called in these cases, for example `KERNEL32.dll!HeapAlloc`: outcomes do not depend on their answers. Absent where nobody has looked.',
      ),
    askedWhileLoading: z
      .array(z.string())
      .optional()
      .describe(
        'Functions of the system that the DLL asked when it was loaded, for example `KERNEL32.dll!IsProcessorFeaturePresent`: outcomes may depend on what the host answered. Absent where nobody has looked.',
      ),
    withheld: z
      .object({ cases: z.number().nonnegative(), asked: z.array(z.string()) })
      .optional()
      .describe(
        'Cases that were left out: in them the DLL asked the system, and what was recorded would be the answer of Wine.',
      ),
  })
  .describe(
    'Where the expected outcomes come from. Every field is read from the file or machine that gave the results, none is typed in.',
  );

export type Provenance = Frozen<z.infer<typeof ProvenanceSchema>>;
