import { ARCHITECTURES, COM_DESCRIPTOR_DIRECTORY, type DllArchitecture, IMAGE_FILE_DLL } from '../paths/pe-header.ts';
import { type Export, Exports } from './exports.ts';
import { ImageFile } from './image-file.ts';
import { type ImportedDll, readDelayImports, readImports } from './imports.ts';
import { type EmbeddedManifestText, readManifests } from './manifests.ts';

/** What is to be known of a program or a DLL to say which DLLs it gets. */
export interface PeFile {
  readonly path: string;
  readonly architecture: DllArchitecture;
  readonly isDll: boolean;
  /** Holds code for .NET, which finds its assemblies by rules of its own. */
  readonly isManaged: boolean;
  readonly wineMark: 'builtin' | 'placeholder' | undefined;
  readonly imports: readonly ImportedDll[];
  readonly delayImports: readonly ImportedDll[];
  readonly manifests: readonly EmbeddedManifestText[];
  /** By name, and by number as `#17`. */
  readonly exports: ReadonlyMap<string, Export>;
}

/**
 * Reads a program or a DLL.
 *
 * @throws BadImage that says what the file is instead, or what in it is damaged; what the system says when the file cannot be read
 */
export function readPeFile(path: string): PeFile {
  using image = new ImageFile(path);
  const wineMark = markOf(image.mark);
  return {
    path,
    architecture: ARCHITECTURES[image.machine] ?? `0x${image.machine.toString(16).padStart(4, '0')}`,
    isDll: (image.characteristics & IMAGE_FILE_DLL) !== 0,
    isManaged: image.directory(COM_DESCRIPTOR_DIRECTORY) !== undefined,
    wineMark,
    imports: readImports(image),
    delayImports: readDelayImports(image),
    manifests: readManifests(image),
    exports: Exports.of(image)?.all() ?? new Map<string, Export>(),
  };
}

function markOf(text: string): PeFile['wineMark'] {
  if (text.startsWith('Wine builtin DLL')) return 'builtin';
  return text.startsWith('Wine placeholder DLL') ? 'placeholder' : undefined;
}
