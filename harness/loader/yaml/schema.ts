// The YAML form of scenarios, turned into the types of scenario.ts. What belongs together across fields is in check.ts.
import { z } from 'zod';
import { nearestName } from '../../base/nearest-name.ts';
import { versionRange } from '../../base/runtime-selector.ts';
import { plainDll } from '../plain-dll.ts';
import { FOLDERS, isFolder } from '../places.ts';
import type { DllContent, Evidence, FileContent, PlacedFile, Program, SharedAssembly } from '../scenario.ts';
import { call } from './call-schema.ts';
import { embeddedOnes, identity, manifest, manifestFields } from './manifest-schema.ts';
import { fileName, line, text } from './texts.ts';

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
  manifest: embeddedOnes.optional(),
});

const dllContent = dll.transform(({ dll: name, ...rest }): DllContent => ({
  kind: 'dll',
  variant: name,
  ...rest,
  imports: rest.imports,
  forwards: rest.forwards,
  manifest: rest.manifest,
}));

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
    dllContent,
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

/** An assembly in WinSxS. Its DLLs are named `shared` unless they have names of their own. */
const shared = z
  .strictObject({
    identity: identity.refine(
      ({ publicKeyToken, architecture }) => publicKeyToken !== undefined && architecture !== '*',
      {
        error:
          'must have a publicKeyToken, and be for one processor: { name: so.asm, version: 1.0.0.0, publicKeyToken: 0123456789abcdef }',
      },
    ),
    files: z.record(fileName, z.union([z.literal('dll').transform(() => plainDll('shared')), dllContent])).default({}),
    dependsOn: z.array(identity).default([]),
  })
  .transform(({ files: named, ...rest }): SharedAssembly => ({
    ...rest,
    files: Object.entries(named).map(([name, made]) => ({ name, content: made })),
  }));

/** A folder below another one. */
const subfolder = z
  .string()
  .regex(/^[^\\/:*?"<>|]+([\\/][^\\/:*?"<>|]+)*$/, 'must be a folder below app, such as bin/x64')
  .refine((written) => !written.split(/[\\/]/).includes('..'), 'must not lead out of app')
  .transform((written) => written.replaceAll('/', '\\'));

const program = z
  .strictObject({
    folder: subfolder.optional(),
    imports: importedName.optional(),
    missingSymbol: z.boolean().default(false),
    manifest: embeddedOnes.optional(),
    environment: z.record(z.string(), z.string()).default({}),
    parentDllDirectory: text.optional(),
  })
  .transform(({ folder, ...written }): Program => ({
    ...written,
    ...(folder === undefined ? {} : { folder }),
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
  (written) => versionRange(written) !== undefined,
  'must be a range of versions, such as ">=8.0 <9.0"',
);
const outcome = z.union([line.transform((word) => [word]), z.array(line)]);
const EVIDENCE = ['documented', 'wine-test', 'reported', 'unverified', 'none'] as const satisfies readonly Evidence[];

const scenario = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case letters, digits and single hyphens'),
  title: line,
  files: files.default([]),
  shared: z.array(shared).optional(),
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
  ...[
    'folder',
    'environment',
    'parentDllDirectory',
    'loads',
    'outcome',
    'versions',
    'because',
    'path',
    'extension',
    'directory',
  ],
];

/** A file of scenarios. */
export const scenarioFile = z.strictObject({ rule: line, scenarios: z.array(scenario).min(1, 'must have a scenario') });

export type WrittenScenario = z.output<typeof scenario>;
