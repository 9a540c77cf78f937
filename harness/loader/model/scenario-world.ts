// The disk that a scenario describes: its files, its program, and the folders and DLLs that Windows itself has.

import { embeddedManifests } from '../embedded-manifests.ts';
import { manifestFacts } from '../manifest/manifest-facts.ts';
import { expandFolders, FOLDERS, folderPath, type Folder } from '../places.ts';
import { programFile } from '../program-file.ts';
import type { DllContent, EmbeddedManifests, FileContent, Manifest, Scenario } from '../scenario.ts';
import { allFiles, sharedName } from '../shared-assemblies.ts';
import { isWindowsDll } from './system-dlls.ts';
import { windowsImage } from './windows-image.ts';
import { baseName, folderOf, joinPath, pathKey } from './windows-path.ts';
import type { Architecture, ImageFile, InstalledAssembly, ManifestFacts, World, WorldEntry } from './world.ts';

/** The model's own place for the scenario's tree: what it says of folders does not depend on it. */
export const ROOT = 'C:\\scenario';

/** The symbol that no DLL of a scenario has. */
const MISSING = 'missing';

export class ScenarioWorld implements World {
  readonly #entries = new Map<string, WorldEntry>();
  readonly #variants = new Map<ImageFile, string>();
  readonly #architecture: Architecture;
  readonly shared: readonly InstalledAssembly[];

  constructor(scenario: Scenario, architecture: Architecture) {
    this.#architecture = architecture;
    for (const folder of FOLDERS) this.#addFolder(folderPath(folder, ROOT));
    for (const { folder, path, content } of allFiles(scenario, architecture)) {
      this.#add(joinPath(folderPath(folder, ROOT), path), this.#read(content));
    }
    this.shared = (scenario.shared ?? []).map((assembly) => ({
      identity: assembly.identity,
      files: assembly.files.map(({ name }) => name),
      dependsOn: assembly.dependsOn,
      folder: joinPath(folderPath('windows', ROOT), `WinSxS\\${sharedName(assembly, architecture)}`),
    }));
    const { program } = scenario;
    this.#add(joinPath(folderPath('app', ROOT), programFile(program)), {
      ...windowsImage(architecture),
      imports: importsOf(program.imports, program.missingSymbol),
      manifests: manifestsOf(program.manifest),
      partOfWindows: false,
    });
  }

  lookUp(path: string): WorldEntry | undefined {
    return this.#entries.get(pathKey(path)) ?? this.#ofWindows(path);
  }

  /** A second name for a file, as CreateHardLink makes it. */
  link(path: string, existing: string): void {
    const entry = this.lookUp(existing);
    if (entry !== undefined) this.#add(path, entry);
  }

  /** Which variant of the scenario an image is; undefined: a DLL of Windows. */
  variantOf(image: ImageFile): string | undefined {
    return this.#variants.get(image);
  }

  #add(path: string, entry: WorldEntry): void {
    this.#addFolder(folderOf(path));
    this.#entries.set(pathKey(path), entry);
  }

  #addFolder(path: string): void {
    if (!path.includes('\\') || this.#entries.has(pathKey(path))) return;
    this.#entries.set(pathKey(path), { kind: 'folder' });
    this.#addFolder(folderOf(path));
  }

  #ofWindows(path: string): WorldEntry | undefined {
    const inSystemFolder = pathKey(folderOf(path)) === pathKey(folderPath('system32', ROOT));
    return inSystemFolder && isWindowsDll(baseName(path)) ? windowsImage(this.#architecture) : undefined;
  }

  #read(content: FileContent): WorldEntry {
    switch (content.kind) {
      case 'dll':
        return this.#readDll(content);
      case 'manifest':
        return { kind: 'manifest', manifest: readManifest(content.manifest) };
      case 'config':
        return { kind: 'config', privatePath: content.privatePath };
      case 'text':
        return { kind: 'manifest', manifest: manifestFacts(content.text) };
      case 'empty':
        return { kind: 'empty' };
      case 'folder':
        return { kind: 'folder' };
    }
  }

  #readDll(dll: DllContent): ImageFile {
    const own = this.#architecture;
    const foreign = own === 'x64' ? 'ia32' : 'x64';
    const image: ImageFile = {
      kind: 'image',
      architecture: dll.architecture === 'own' ? own : foreign,
      imports: importsOf(dll.imports, dll.missingSymbol),
      exports: new Set(['which', 'dllparity_call', 'dllparity_marker', 'dllparity_dependency']),
      forwards: new Map(dll.forwards === undefined ? [] : [['which', dll.forwards]]),
      manifests: manifestsOf(dll.manifest),
      dllMain: dll.dllMain,
      partOfWindows: false,
    };
    this.#variants.set(image, dll.variant);
    return image;
  }
}

function importsOf(name: string | undefined, missingSymbol: boolean): ImageFile['imports'] {
  return name === undefined ? [] : [{ name, symbols: missingSymbol ? ['which', MISSING] : ['which'] }];
}

function manifestsOf(embedded: EmbeddedManifests): ReadonlyMap<number, ManifestFacts> {
  return new Map(embeddedManifests(embedded).map(({ resource, manifest }) => [resource, readManifest(manifest)]));
}

function readManifest(manifest: Manifest): ManifestFacts {
  switch (manifest.kind) {
    case 'application':
      return { kind: 'manifest', identity: undefined, files: manifest.files ?? [], dependsOn: manifest.dependsOn };
    case 'assembly':
      return { ...manifest, kind: 'manifest' };
    case 'text':
      return manifestFacts(manifest.text);
  }
}

/** Folder of the scenario, or the whole path, for words of an outcome: `dir1`, `app\sub`. */
export function placeOf(path: string): string {
  const key = pathKey(path);
  const inside = FOLDERS.map((folder) => ({ folder, key: pathKey(folderPath(folder, ROOT)) }))
    .filter((place) => key === place.key || key.startsWith(`${place.key}\\`))
    .sort((one, other) => other.key.length - one.key.length)[0];
  return inside === undefined ? path : `${inside.folder}${path.slice(inside.key.length)}`;
}

export function expand(text: string): string {
  return expandFolders(text, ROOT);
}

export function pathOf(folder: Folder): string {
  return folderPath(folder, ROOT);
}
