import fc from 'fast-check';
import type { Folder } from '../../harness/loader/places.ts';
import type { AssemblyIdentity, EmbeddedManifest, Manifest, PlacedFile } from '../../harness/loader/scenario.ts';
import { dll } from './dll-arbitrary.ts';
import { application, asked } from './identities.ts';
import { ASSEMBLY, CONTEXT_MANIFEST, DEPENDENCY, INNER_ASSEMBLY, TARGET } from './names.ts';

/** Manifests that ask for an assembly, and the assembly. */
export interface Assemblies {
  /** Of the program: beside it, or inside as this resource. */
  readonly program: readonly ProgramManifest[];
  /** Where a manifest for CreateActCtx lies. */
  readonly context: Folder | undefined;
  /** Whether that is one. */
  readonly isBroken: boolean;
  /** Where assemblies are put, beside the folders of the manifests that ask for them: for lpAssemblyDirectory. */
  readonly elsewhere: Folder | undefined;
  readonly isThere: boolean;
  readonly place: 'own folder' | 'beside' | 'private' | 'private above' | 'language' | 'dll' | 'dll without manifest';
  readonly wanted: Partial<AssemblyIdentity>;
  readonly found: Partial<AssemblyIdentity>;
  /** Who brings the dependency: the assembly itself, or one that it asks for. */
  readonly inner: 'none' | 'there' | 'missing';
}

interface ProgramManifest {
  readonly as: 'beside' | EmbeddedManifest['resource'];
  readonly asks: boolean;
}

const rarely = <T, U>(often: T, weight: number, ...others: readonly U[]): fc.Arbitrary<T | U> =>
  fc.oneof({ weight, arbitrary: fc.constant(often) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

/** What one manifest asks for and the other one is, mostly the same. */
const identities: fc.Arbitrary<Pick<Assemblies, 'wanted' | 'found'>> = rarely<
  readonly [Partial<AssemblyIdentity>, Partial<AssemblyIdentity>],
  readonly [Partial<AssemblyIdentity>, Partial<AssemblyIdentity>]
>(
  [{}, {}],
  3,
  [{}, { version: '1.0.0.1' }],
  [{ version: '2.0.0.0' }, {}],
  [{ architecture: 'foreign' }, { architecture: 'foreign' }],
  [{ architecture: 'foreign' }, {}],
  [{}, { architecture: 'foreign' }],
  [{ architecture: '*' }, {}],
  [{ language: 'en-us' }, { language: 'en-us' }],
  [{ language: 'de-de' }, { language: 'de-de' }],
  [{ language: '*' }, {}],
  [{ language: '*' }, { language: 'en-us' }],
  [{}, { language: 'de-de' }],
  [{ publicKeyToken: '0123456789abcdef' }, { publicKeyToken: '0123456789abcdef' }],
  [{ publicKeyToken: '0123456789abcdef' }, {}],
  [{}, { publicKeyToken: '0123456789abcdef' }],
  [{}, { name: 'so.other' }],
).map(([wanted, found]) => ({ wanted, found }));

export const assemblies: fc.Arbitrary<Assemblies> = fc
  .record({
    program: fc.oneof(
      { weight: 16, arbitrary: fc.constant([]) },
      {
        weight: 7,
        arbitrary: fc.uniqueArray(
          fc.record({
            as: fc.constantFrom<ProgramManifest['as']>('beside', 1, 'beside', 1, 2, 3),
            asks: rarely(true, 3, false),
          }),
          { minLength: 1, maxLength: 2, selector: ({ as }) => (as === 'beside' ? as : 'inside') },
        ),
      },
    ),
    context: rarely<undefined, Folder>(undefined, 4, 'app', 'dir1', 'other'),
    isBroken: rarely(false, 12, true),
    elsewhere: rarely<undefined, Folder>(undefined, 4, 'dir2', 'app'),
    // Wine starts these processes, and Windows does not: there is nothing more to compare.
    isThere: rarely(true, 12, false),
    place: fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom<Assemblies['place']>('own folder', 'beside') },
      {
        weight: 2,
        arbitrary: fc.constantFrom<Assemblies['place']>(
          'private',
          'private above',
          'language',
          'dll',
          'dll without manifest',
        ),
      },
    ),
    inner: rarely<Assemblies['inner'], Assemblies['inner']>('none', 5, 'there', 'missing'),
    identities,
  })
  .map(({ identities: both, ...rest }) => ({ ...rest, ...both }));

/** The manifest inside the program. */
export function programManifest({ program, wanted }: Assemblies): EmbeddedManifest | undefined {
  for (const { as, asks } of program) {
    if (as !== 'beside') return { resource: as, manifest: application(asks ? [asked(wanted)] : []) };
  }
  return undefined;
}

/** @param owners folders of DLLs that ask for an assembly themselves */
export function assemblyFiles(all: Assemblies, owners: readonly Folder[]): readonly PlacedFile[] {
  const { program, context, wanted, isThere, elsewhere } = all;
  const beside = program.find(({ as }) => as === 'beside');
  const manifests: PlacedFile[] = [];
  if (beside !== undefined)
    manifests.push(file('app', 'probe.exe.manifest', application(beside.asks ? [asked(wanted)] : [])));
  if (context !== undefined) {
    const manifest: Manifest = all.isBroken ? { kind: 'text', text: '<assembly' } : application([asked(wanted)]);
    manifests.push(file(context, CONTEXT_MANIFEST, manifest));
  }
  const asks = program.some((each) => each.asks);
  if (!isThere || !(asks || context !== undefined || owners.length > 0)) return manifests;
  const folders = new Set<Folder>([...(asks ? ['app' as const] : []), ...owners]);
  if (context !== undefined) folders.add(elsewhere ?? context);
  if (context !== undefined && elsewhere !== undefined && all.inner === 'none') folders.add(context);
  return [...manifests, ...[...folders].flatMap((where) => filesOf(where, all))];
}

/** An assembly for the manifests in one folder, with the DLLs that can be imported. */
function filesOf(where: Folder, { place, found, inner }: Assemblies): readonly PlacedFile[] {
  const [base, config] = placeOf(where, place, found.language ?? 'en-us');
  const isBeside = place === 'beside';
  const manifest: Manifest = {
    kind: 'assembly',
    identity: asked(found),
    files: inner === 'none' ? [TARGET, DEPENDENCY] : [TARGET],
    dependsOn: inner === 'none' ? [] : [asked({ name: INNER_ASSEMBLY })],
  };
  const isDll = place === 'dll' || place === 'dll without manifest';
  const file_ = (path: string, made: Manifest): PlacedFile => file(base.folder, `${base.path}${path}`, made);
  const library: PlacedFile = {
    folder: base.folder,
    path: `${base.path}${ASSEMBLY}.dll`,
    content: {
      ...dll(`${where}-asm-dll`),
      manifest: place === 'dll' ? { resource: 1, manifest } : undefined,
    },
  };
  const own = isDll ? [library] : [];
  if (place !== 'dll') own.push(file_(`${ASSEMBLY}.manifest`, manifest));
  const innerManifest: Manifest = {
    kind: 'assembly',
    identity: asked({ name: INNER_ASSEMBLY }),
    files: [DEPENDENCY],
    dependsOn: [],
  };
  const innerFiles: PlacedFile[] =
    inner === 'there'
      ? [
          file(where, `${INNER_ASSEMBLY}\\${INNER_ASSEMBLY}.manifest`, innerManifest),
          { folder: where, path: `${INNER_ASSEMBLY}\\${DEPENDENCY}`, content: dll(`${where}-asn-dep`) },
        ]
      : [];
  if (isBeside) return [...own, ...config, ...innerFiles];
  return [
    ...config,
    ...own,
    { folder: base.folder, path: `${base.path}${TARGET}`, content: dll(`${where}-asm-tgt`) },
    { folder: base.folder, path: `${base.path}${DEPENDENCY}`, content: dll(`${where}-asm-dep`) },
    ...innerFiles,
  ];
}

/** Folder and path in front of the names of an assembly's files, and the configuration that leads there. */
function placeOf(
  where: Folder,
  place: Assemblies['place'],
  language: string,
): readonly [{ readonly folder: Folder; readonly path: string }, readonly PlacedFile[]] {
  const config = (privatePath: string): PlacedFile[] =>
    where === 'app'
      ? [{ folder: where, path: 'probe.exe.config', content: { kind: 'config', privatePath: [privatePath] } }]
      : [];
  switch (place) {
    case 'beside':
      return [{ folder: where, path: '' }, []];
    case 'private':
      return [{ folder: where, path: `bin\\${ASSEMBLY}\\` }, config('bin')];
    case 'private above':
      return [{ folder: where === 'app' ? 'dir2' : where, path: `${ASSEMBLY}\\` }, config('..\\dir2')];
    case 'language':
      return [{ folder: where, path: `${language}\\${ASSEMBLY}\\` }, []];
    default:
      return [{ folder: where, path: `${ASSEMBLY}\\` }, []];
  }
}

function file(where: Folder, path: string, manifest: Manifest): PlacedFile {
  return { folder: where, path, content: { kind: 'manifest', manifest } };
}
