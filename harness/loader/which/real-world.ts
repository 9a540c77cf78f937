import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { isWindowsDll } from '../model/system-dlls.ts';
import { baseName, folderOf, pathKey } from '../model/windows-path.ts';
import { windowsImage } from '../model/windows-image.ts';
import type { Architecture, ImageFile, World, WorldEntry } from '../model/world.ts';
import { manifestFacts, privatePathOf } from '../manifest/manifest-facts.ts';
import { BadImage } from '../../windows/pe/image-file.ts';
import { manifestText } from '../../windows/pe/manifests.ts';
import { symbolText } from '../../windows/pe/imports.ts';
import { type PeFile, readPeFile } from '../../windows/pe/read-pe-file.ts';
import { behindZ } from './real-folders.ts';

export const SYSTEM_FOLDER = String.raw`C:\windows\system32`;
const MAX_TEXT_BYTES = 1 << 20;

/** The disk of this machine as the model sees it: drive Z:, and a Windows on drive C: of which only names are known. */
export class RealWorld implements World {
  /** Programs and DLLs that were read, by their Windows path. */
  readonly files = new Map<string, PeFile>();
  /** Why a file is no program and no DLL, by its Windows path. */
  readonly bad = new Map<string, string>();
  /** One for each file, whatever its names. */
  private readonly images = new Map<string, ImageFile>();
  private readonly entries = new Map<string, WorldEntry | undefined>();
  private readonly architecture: Architecture;

  constructor(architecture: Architecture) {
    this.architecture = architecture;
  }

  lookUp(path: string): WorldEntry | undefined {
    const key = pathKey(path);
    if (!this.entries.has(key)) this.entries.set(key, this.look(path, key));
    return this.entries.get(key);
  }

  fileAt(path: string): PeFile | undefined {
    this.lookUp(path);
    return this.files.get(pathKey(path));
  }

  private look(path: string, key: string): WorldEntry | undefined {
    const unix = behindZ(path);
    if (unix === undefined) return this.ofWindows(path);
    const stat = statSync(unix, { throwIfNoEntry: false });
    if (stat === undefined) return undefined;
    if (stat.isDirectory()) return { kind: 'folder' };
    if (/\.(manifest|config)$/i.test(path))
      return stat.size > MAX_TEXT_BYTES ? { kind: 'other' } : textFile(path, unix);
    return this.image(key, unix, stat);
  }

  private ofWindows(path: string): WorldEntry | undefined {
    const inSystem = pathKey(folderOf(path)) === pathKey(SYSTEM_FOLDER);
    const known = isWindowsDll(baseName(path));
    return inSystem && known ? windowsImage(this.architecture) : undefined;
  }

  private image(key: string, unix: string, { dev, ino }: Stats): WorldEntry {
    try {
      const file = readPeFile(unix);
      this.files.set(key, file);
      // A symbolic link is a copy for Windows, a hard link a second name.
      const id = lstatSync(unix).isSymbolicLink() ? key : `${String(dev)} ${String(ino)}`;
      const known = this.images.get(id) ?? imageOf(file);
      this.images.set(id, known);
      return known;
    } catch (error) {
      this.bad.set(key, error instanceof BadImage ? error.message : `not readable (${(error as Error).message})`);
      return { kind: 'other' };
    }
  }
}

function textFile(path: string, unix: string): WorldEntry {
  const text = manifestText(readFileSync(unix));
  if (/\.manifest$/i.test(path)) return { kind: 'manifest', manifest: manifestFacts(text) };
  const privatePath = privatePathOf(text);
  return privatePath === undefined ? { kind: 'other' } : { kind: 'config', privatePath };
}

function imageOf(file: PeFile): ImageFile {
  const { architecture } = file;
  return {
    kind: 'image',
    architecture: architecture === 'x64' || architecture === 'ia32' ? architecture : 'other',
    imports: file.imports.map(({ name, symbols }) => ({ name, symbols: symbols.map(symbolText) })),
    // Left open: a function that is missing is said here by its name, and does not end the search for the others.
    exports: undefined,
    forwards: new Map(
      [...file.exports].flatMap(([name, found]) => (found.kind === 'forwarder' ? [[name, found.to.dll] as const] : [])),
    ),
    manifests: new Map(file.manifests.map(({ resource, text }) => [resource, manifestFacts(text)])),
    dllMain: 'succeeds',
    partOfWindows: false,
  };
}
