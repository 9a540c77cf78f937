import fc from 'fast-check';
import { FOLDERS, type Folder } from '../places.ts';
import { plainDll } from '../plain-dll.ts';
import type { AssemblyIdentity, DllContent, EmbeddedManifest, FileContent, Manifest, PlacedFile } from '../scenario.ts';
import { ASSEMBLY, DEPENDENCY, NAMES, PARENT, TARGET } from './names.ts';

/** How a DLL is out of the ordinary. */
type Oddity =
  'none' | 'foreign' | 'text' | 'empty' | 'missing symbol' | 'fails' | 'loads' | 'forwards' | 'own manifest';

interface DllPlace {
  readonly folder: Folder;
  readonly name: (typeof NAMES)[number];
  readonly oddity: Oddity;
}

const oddity: fc.Arbitrary<Oddity> = fc.oneof(
  { weight: 20, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constant('foreign' as const) },
  { weight: 1, arbitrary: fc.constant('text' as const) },
  { weight: 1, arbitrary: fc.constant('empty' as const) },
  { weight: 1, arbitrary: fc.constant('missing symbol' as const) },
  { weight: 1, arbitrary: fc.constant('fails' as const) },
  { weight: 1, arbitrary: fc.constant('loads' as const) },
  { weight: 1, arbitrary: fc.constant('forwards' as const) },
  { weight: 2, arbitrary: fc.constant('own manifest' as const) },
);

/** Scenarios that write to shared folders run one at a time: these folders are rarer. */
const folder: fc.Arbitrary<Folder> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...FOLDERS.slice(0, 7)) },
  { weight: 1, arbitrary: fc.constantFrom(...FOLDERS.slice(7)) },
);

const dllPlaces: fc.Arbitrary<readonly DllPlace[]> = fc.uniqueArray(
  fc.record({ folder, name: fc.constantFrom(...NAMES), oddity }),
  { maxLength: 7, selector: ({ folder: where, name }) => `${where} ${name}` },
);

/** Files beside the DLLs that change where one comes from. */
interface Surroundings {
  readonly local: 'none' | 'file' | 'folder' | 'folder with a DLL';
  readonly manifest: 'none' | 'no dependency' | 'assembly' | 'missing assembly';
  /** Where the assembly lies; `private` needs the configuration file. */
  readonly assembly: 'beside' | 'own folder' | 'private' | 'other version';
}

const surroundings: fc.Arbitrary<Surroundings> = fc.record({
  local: fc.oneof(
    { weight: 12, arbitrary: fc.constant('none' as const) },
    { weight: 1, arbitrary: fc.constantFrom('file' as const, 'folder' as const, 'folder with a DLL' as const) },
  ),
  manifest: fc.oneof(
    { weight: 16, arbitrary: fc.constant('none' as const) },
    { weight: 5, arbitrary: fc.constantFrom('assembly' as const, 'no dependency' as const) },
    // Wine starts these processes, and Windows does not: there is nothing more to compare.
    { weight: 1, arbitrary: fc.constant('missing assembly' as const) },
  ),
  assembly: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('own folder' as const, 'beside' as const) },
    { weight: 1, arbitrary: fc.constantFrom('private' as const, 'other version' as const) },
  ),
});

/** The files of a scenario; simpler ones are fewer, and ordinary DLLs. */
export const files: fc.Arbitrary<readonly PlacedFile[]> = fc
  .tuple(dllPlaces, surroundings)
  .map(([places, around]) => [...places.map(placed), ...manifestFiles(around, places), ...localFiles(around)]);

function placed({ folder: where, name, oddity: odd }: DllPlace): PlacedFile {
  return { folder: where, path: name, content: contentOf(`${where}-${name.slice(2, 5)}`, name, odd) };
}

function contentOf(variant: string, name: DllPlace['name'], odd: Oddity): FileContent {
  const imports = name === PARENT ? DEPENDENCY : undefined;
  const plain = dll(variant, { imports });
  switch (odd) {
    case 'text':
      return { kind: 'text', text: 'this is no DLL\n' };
    case 'empty':
      return { kind: 'empty' };
    case 'foreign':
      return { ...plain, architecture: 'foreign' };
    case 'missing symbol':
      return { ...plain, missingSymbol: imports !== undefined };
    case 'fails':
      return imports === undefined ? { ...plain, dllMain: 'fails' } : plain;
    case 'loads':
      // The dependency is the one that nothing else is loaded by: no circles.
      return name === TARGET ? { ...plain, dllMain: { loads: DEPENDENCY } } : plain;
    case 'forwards':
      return name === TARGET ? { ...plain, forwards: DEPENDENCY } : plain;
    case 'own manifest':
      return { ...plain, manifest: ownManifest(2) };
    case 'none':
      return plain;
  }
}

export function dll(variant: string, { imports }: { imports?: string | undefined } = {}): DllContent {
  return { ...plainDll(variant), imports };
}

function ownManifest(resource: EmbeddedManifest['resource']): EmbeddedManifest {
  return { resource, manifest: application([identity('1.0.0.0')]) };
}

function manifestFiles({ manifest, assembly }: Surroundings, places: readonly DllPlace[]): readonly PlacedFile[] {
  const isAsked = manifest === 'assembly' || manifest === 'missing assembly';
  const program: PlacedFile[] =
    manifest === 'none' ? [] : [file('app', 'probe.exe.manifest', application(isAsked ? [identity('1.0.0.0')] : []))];
  const isOfDll = places.some(({ oddity: odd }) => odd === 'own manifest');
  if (manifest !== 'assembly' && !isOfDll) return program;
  const owners = places.filter(({ oddity: odd }) => odd === 'own manifest').map(({ folder: where }) => where);
  const folders = new Set<Folder>(manifest === 'assembly' ? ['app', ...owners] : owners);
  return [...program, ...[...folders].flatMap((where) => assemblyFiles(where, assembly))];
}

/** An assembly for the manifests in one folder, with both DLLs that can be imported. */
function assemblyFiles(where: Folder, place: Surroundings['assembly']): readonly PlacedFile[] {
  const version = place === 'other version' ? '1.0.0.1' : '1.0.0.0';
  const manifest: Manifest = {
    kind: 'assembly',
    identity: identity(version),
    files: [TARGET, DEPENDENCY],
    dependsOn: [],
  };
  if (place === 'beside') return [file(where, `${ASSEMBLY}.manifest`, manifest)];
  const folderOfIt = place === 'private' ? `bin\\${ASSEMBLY}` : ASSEMBLY;
  const config: PlacedFile[] =
    place === 'private' && where === 'app'
      ? [{ folder: where, path: 'probe.exe.config', content: { kind: 'config', privatePath: ['bin'] } }]
      : [];
  return [
    ...config,
    file(where, `${folderOfIt}\\${ASSEMBLY}.manifest`, manifest),
    { folder: where, path: `${folderOfIt}\\${TARGET}`, content: dll(`${where}-asm-tgt`) },
    { folder: where, path: `${folderOfIt}\\${DEPENDENCY}`, content: dll(`${where}-asm-dep`) },
  ];
}

function localFiles({ local }: Surroundings): readonly PlacedFile[] {
  const path = 'probe.exe.local';
  switch (local) {
    case 'none':
      return [];
    case 'file':
      return [{ folder: 'app', path, content: { kind: 'empty' } }];
    case 'folder':
      return [{ folder: 'app', path, content: { kind: 'folder' } }];
    case 'folder with a DLL':
      return [{ folder: 'app', path: `${path}\\${TARGET}`, content: dll('local-tgt') }];
  }
}

function identity(version: string): AssemblyIdentity {
  return { name: ASSEMBLY, version, architecture: 'own', language: undefined, publicKeyToken: undefined };
}

function application(dependsOn: readonly AssemblyIdentity[]): Manifest {
  return { kind: 'application', dependsOn };
}

function file(where: Folder, path: string, manifest: Manifest): PlacedFile {
  return { folder: where, path, content: { kind: 'manifest', manifest } };
}
