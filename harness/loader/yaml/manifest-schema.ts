// Manifests and the identities in them, as files of scenarios write them.
import { z } from 'zod';
import type { AssemblyIdentity, EmbeddedManifest, Manifest } from '../scenario.ts';
import { line, text } from './texts.ts';

export const identity = z.union([
  z
    .string()
    .regex(/^\S+ \d+\.\d+\.\d+\.\d+$/, 'must be a name and a version, for example "so.asm 1.0.0.0"')
    .transform((written): AssemblyIdentity => {
      const [name = '', version = ''] = written.split(' ');
      return { name, version, architecture: 'own', language: undefined, publicKeyToken: undefined };
    }),
  z
    .strictObject({
      name: line,
      version: z.string().regex(/^\d+\.\d+\.\d+\.\d+$/, 'must be four numbers, for example 1.0.0.0'),
      architecture: z.enum(['own', 'foreign', 'x86', 'amd64', '*']).default('own'),
      language: line.optional(),
      publicKeyToken: z
        .string()
        .regex(/^[0-9a-f]{16}$/i, 'must be 16 hexadecimal digits')
        .optional(),
    })
    .transform((written): AssemblyIdentity => ({
      ...written,
      language: written.language,
      publicKeyToken: written.publicKeyToken,
    })),
]);

export const manifestFields = {
  application: z.array(identity).optional(),
  assembly: z
    .strictObject({
      identity,
      files: z.array(line).default([]),
      dependsOn: z.array(identity).default([]),
    })
    .optional(),
  /** Of the application itself. */
  files: z.array(line).optional(),
  text: text.optional(),
};

interface WrittenManifest {
  readonly application?: AssemblyIdentity[] | undefined;
  readonly assembly?: { identity: AssemblyIdentity; files: string[]; dependsOn: AssemblyIdentity[] } | undefined;
  readonly files?: string[] | undefined;
  readonly text?: string | undefined;
}

const ONE_MANIFEST = 'must have exactly one of application, assembly, text';

function countKinds({ application, assembly, text: raw }: WrittenManifest): number {
  return [application, assembly, raw].filter((part) => part !== undefined).length;
}

const FILES_APART = 'files stand beside application; those of an assembly stand in it';

function hasFilesInPlace({ application, files }: WrittenManifest): boolean {
  return files === undefined || application !== undefined;
}

function toManifest({ application, assembly, files, text: raw }: WrittenManifest): Manifest {
  if (assembly !== undefined) return { kind: 'assembly', ...assembly };
  if (raw !== undefined) return { kind: 'text', text: raw };
  return { kind: 'application', dependsOn: application ?? [], ...(files === undefined ? {} : { files }) };
}

export const manifest = z
  .strictObject(manifestFields)
  .refine((written) => countKinds(written) === 1, ONE_MANIFEST)
  .refine(hasFilesInPlace, FILES_APART)
  .transform(toManifest);

const embedded = z
  .strictObject({ resource: z.literal([1, 2, 3]), ...manifestFields })
  .refine((written) => countKinds(written) === 1, ONE_MANIFEST)
  .refine(hasFilesInPlace, FILES_APART)
  .transform((written): EmbeddedManifest => ({ resource: written.resource, manifest: toManifest(written) }));

/** One, or several with different resources. */
export const embeddedOnes = z.union([
  embedded,
  z
    .array(embedded)
    .refine((all) => new Set(all.map(({ resource }) => resource)).size === all.length, 'must have different resources'),
]);
