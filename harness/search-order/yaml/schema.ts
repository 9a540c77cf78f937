// The YAML form of scenarios, turned into the types of scenario.ts. What belongs together across fields is in check.ts.
import { z } from 'zod';
import { nearestName } from '../../config/nearest-name.ts';
import { wineRange } from '../../known/wine-range.ts';
import { LOAD_FLAGS, type LoadFlag } from '../loader-constants.ts';
import { plainDll } from '../plain-dll.ts';
import { FOLDERS, isFolder } from '../places.ts';
import type {
  AssemblyIdentity,
  EmbeddedManifest,
  Evidence,
  FileContent,
  LoaderCall,
  Manifest,
  PlacedFile,
  Program,
} from '../scenario.ts';

const text = z.string();
const line = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .regex(/^[^\n]*$/, 'must be one line');
/** Counts from 1 in the file, from 0 in the code. */
const position = z
  .int()
  .min(1, 'calls are counted from 1')
  .transform((value) => value - 1);

const identity = z.union([
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

const manifestFields = {
  application: z.array(identity).optional(),
  assembly: z
    .strictObject({
      identity,
      files: z.array(line).default([]),
      dependsOn: z.array(identity).default([]),
    })
    .optional(),
  text: text.optional(),
};

interface WrittenManifest {
  readonly application?: AssemblyIdentity[] | undefined;
  readonly assembly?: { identity: AssemblyIdentity; files: string[]; dependsOn: AssemblyIdentity[] } | undefined;
  readonly text?: string | undefined;
}

const ONE_MANIFEST = 'must have exactly one of application, assembly, text';

function countKinds({ application, assembly, text: raw }: WrittenManifest): number {
  return [application, assembly, raw].filter((part) => part !== undefined).length;
}

function toManifest({ application, assembly, text: raw }: WrittenManifest): Manifest {
  if (assembly !== undefined) return { kind: 'assembly', ...assembly };
  if (raw !== undefined) return { kind: 'text', text: raw };
  return { kind: 'application', dependsOn: application ?? [] };
}

const manifest = z
  .strictObject(manifestFields)
  .refine((written) => countKinds(written) === 1, ONE_MANIFEST)
  .transform(toManifest);

const embedded = z
  .strictObject({ resource: z.literal([1, 2, 3]), ...manifestFields })
  .refine((written) => countKinds(written) === 1, ONE_MANIFEST)
  .transform((written): EmbeddedManifest => ({ resource: written.resource, manifest: toManifest(written) }));

/** A file name, without folders. */
const fileName = z.string().regex(/^[^\\/:*?"<>|\s][^\\/:*?"<>|]*$/, 'must be a file name, without folders');

// Bytes of the test DLLs' placeholders, see reference-dlls/search-order.
const importedName = fileName.max(60, 'must have at most 60 characters');
const variant = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'must be lower-case letters, digits and hyphens, 31 at most');

const dll = z.strictObject({
  dll: variant,
  architecture: z.enum(['own', 'foreign']).default('own'),
  imports: importedName.optional(),
  missingSymbol: z.boolean().default(false),
  forwards: importedName.optional(),
  dllMain: z.union([z.enum(['succeeds', 'fails']), z.strictObject({ loads: importedName })]).default('succeeds'),
  manifest: embedded.optional(),
});

const content = z.union(
  [
    z.literal('dll'),
    z.literal('empty').transform((): FileContent => ({ kind: 'empty' })),
    z.literal('folder').transform((): FileContent => ({ kind: 'folder' })),
    z.strictObject({ text }).transform((written): FileContent => ({ kind: 'text', text: written.text })),
    z
      .strictObject({ manifest })
      .transform((written): FileContent => ({ kind: 'manifest', manifest: written.manifest })),
    z
      .strictObject({ privatePath: z.array(line) })
      .transform((written): FileContent => ({ kind: 'config', privatePath: written.privatePath })),
    dll.transform(({ dll: name, ...rest }): FileContent => ({
      kind: 'dll',
      variant: name,
      ...rest,
      imports: rest.imports,
      forwards: rest.forwards,
      manifest: rest.manifest,
    })),
  ],
  { error: 'must be dll, empty, folder, or fields that begin with dll:, manifest:, privatePath: or text:' },
);

const files = z.record(z.string(), content).transform((written, context): PlacedFile[] =>
  Object.entries(written).flatMap(([place, made]) => {
    const [folder = '', ...rest] = place.split(/[\\/]/);
    if (!isFolder(folder)) {
      const near = nearestName(folder, FOLDERS);
      const proposal = near === undefined ? `the folders are ${FOLDERS.join(', ')}` : `did you mean ${near}?`;
      context.addIssue({ code: 'custom', path: [place], message: `there is no folder "${folder}": ${proposal}` });
      return [];
    }
    if (rest.length === 0 || rest.includes('') || rest.includes('..') || /[:*?"<>|]/.test(place)) {
      context.addIssue({
        code: 'custom',
        path: [place],
        message: 'must be a folder and a path in it, such as app/x.dll',
      });
      return [];
    }
    const whole: FileContent = made === 'dll' ? plainDll(folder) : made;
    return [{ folder, path: rest.join('\\'), content: whole }];
  }),
);

const flags = z.union([
  z.int().min(0).max(0xffffffff),
  z.string().transform((written, context) => {
    let value = 0;
    for (const word of written.split('|').map((part) => part.trim())) {
      if (word in LOAD_FLAGS) value |= LOAD_FLAGS[word as LoadFlag];
      else {
        const near = nearestName(word, Object.keys(LOAD_FLAGS));
        const proposal = near === undefined ? 'see libloaderapi.h' : `did you mean ${near}?`;
        context.addIssue({ code: 'custom', message: `there is no flag ${word}: ${proposal}` });
      }
    }
    return value >>> 0;
  }),
]);

const resource = z.int().min(1).max(0xffff);

/** One schema for what follows the name of each call. */
const CALLS = {
  LoadLibrary: text.nullable().transform((name): LoaderCall => ({ call: 'LoadLibrary', name })),
  LoadLibraryEx: z
    .tuple([text.nullable(), flags])
    .transform(([name, value]): LoaderCall => ({ call: 'LoadLibraryEx', name, flags: value })),
  SetDllDirectory: text.nullable().transform((path): LoaderCall => ({ call: 'SetDllDirectory', path })),
  AddDllDirectory: text.transform((path): LoaderCall => ({ call: 'AddDllDirectory', path })),
  RemoveDllDirectory: position.transform((of): LoaderCall => ({ call: 'RemoveDllDirectory', of })),
  SetDefaultDllDirectories: flags.transform((value): LoaderCall => ({
    call: 'SetDefaultDllDirectories',
    flags: value,
  })),
  FreeLibrary: position.transform((of): LoaderCall => ({ call: 'FreeLibrary', of })),
  GetModuleHandle: text.transform((name): LoaderCall => ({ call: 'GetModuleHandle', name })),
  GetProcAddress: z
    .tuple([position, line])
    .transform(([of, name]): LoaderCall => ({ call: 'GetProcAddress', of, name })),
  same: z.tuple([position, position]).transform((of): LoaderCall => ({ call: 'same', of })),
  SearchPath: z.union([
    text.transform((name): LoaderCall => ({ call: 'SearchPath', path: null, name, extension: null })),
    z
      .strictObject({ name: text, path: text.nullable().default(null), extension: text.nullable().default(null) })
      .transform((written): LoaderCall => ({ call: 'SearchPath', ...written })),
  ]),
  ActivateActCtx: z
    .strictObject({ source: text, directory: text.optional(), resource: resource.optional() })
    .transform((written): LoaderCall => ({
      call: 'ActivateActCtx',
      source: written.source,
      directory: written.directory,
      resource: written.resource,
    })),
  SetEnvironmentVariable: z
    .tuple([line, text.nullable()])
    .transform(([name, value]): LoaderCall => ({ call: 'SetEnvironmentVariable', name, value })),
  SetCurrentDirectory: text.transform((path): LoaderCall => ({ call: 'SetCurrentDirectory', path })),
  lock: text.transform((path): LoaderCall => ({ call: 'lock', path })),
  CreateHardLink: z
    .tuple([text, text])
    .transform(([path, existing]): LoaderCall => ({ call: 'CreateHardLink', path, existing })),
} as const;

const CALL_NAMES = [...Object.keys(CALLS), 'DeactivateActCtx'];

const call = z.unknown().transform((written, context): LoaderCall => {
  if (written === 'DeactivateActCtx') return { call: 'DeactivateActCtx' };
  const entries: [string, unknown][] = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  const [name, argument] = entries[0] ?? [typeof written === 'string' ? written : '', undefined];
  if (!(name in CALLS)) {
    const near = nearestName(name, CALL_NAMES);
    const proposal = near === undefined ? `the calls are ${CALL_NAMES.join(', ')}` : `did you mean ${near}?`;
    context.addIssue({ code: 'custom', message: `there is no call "${name}": ${proposal}` });
    return z.NEVER;
  }
  if (entries.length !== 1) {
    context.addIssue({ code: 'custom', message: 'must be one call, for example "- LoadLibrary: x.dll"' });
    return z.NEVER;
  }
  const result = CALLS[name as keyof typeof CALLS].safeParse(argument);
  if (result.success) return result.data;
  // Pushed whole: the issue of a union has those of its forms inside.
  for (const issue of result.error.issues)
    context.issues.push({ ...issue, path: [name, ...issue.path], input: argument } as z.core.$ZodRawIssue);
  return z.NEVER;
});

const program = z
  .strictObject({
    imports: importedName.optional(),
    missingSymbol: z.boolean().default(false),
    manifest: embedded.optional(),
    environment: z.record(z.string(), z.string()).default({}),
    parentDllDirectory: text.optional(),
  })
  .transform((written): Program => ({
    ...written,
    imports: written.imports,
    manifest: written.manifest,
    parentDllDirectory: written.parentDllDirectory,
  }));

const NO_PROGRAM: Program = {
  imports: undefined,
  missingSymbol: false,
  manifest: undefined,
  environment: {},
  parentDllDirectory: undefined,
};

const versions = line.refine(
  (written) => wineRange(written) !== undefined,
  'must be a range of versions, such as ">=8.0 <9.0"',
);
const outcome = z.union([line.transform((word) => [word]), z.array(line)]);
const EVIDENCE = ['documented', 'wine-test', 'reported', 'unverified', 'none'] as const satisfies readonly Evidence[];

const scenario = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens'),
  title: line,
  files: files.default([]),
  program: program.default(NO_PROGRAM),
  registry: z.record(z.string(), z.union([z.int().min(0).max(0xffffffff), z.string()])).default({}),
  calls: z.array(call).default([]),
  expect: outcome.optional(),
  evidence: z.enum(EVIDENCE),
  source: line,
  wine: z.strictObject({ outcome, versions: versions.optional(), because: line }).optional(),
  twin: line.optional(),
});

/** Every field that there is somewhere, for proposals. */
export const FIELDS: readonly string[] = [
  ...['rule', 'scenarios', ...Object.keys(scenario.shape), ...Object.keys(dll.shape), ...Object.keys(manifestFields)],
  ...['resource', 'privatePath', 'identity', 'dependsOn', 'name', 'version', 'language', 'publicKeyToken'],
  ...['environment', 'parentDllDirectory', 'loads', 'outcome', 'versions', 'because', 'path', 'extension', 'directory'],
];

/** A file of scenarios. */
export const scenarioFile = z.strictObject({ rule: line, scenarios: z.array(scenario).min(1, 'must have a scenario') });

export type WrittenScenario = z.output<typeof scenario>;
