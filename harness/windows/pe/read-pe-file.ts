import { type Export, Exports } from './exports.ts';
import { ImageFile } from './image-file.ts';
import { type ImportedDll, readDelayImports, readImports } from './imports.ts';
import { type EmbeddedManifestText, readManifests } from './manifests.ts';
import { headerOf, type PeHeader } from './pe-header.ts';

/** What is to be known of a program or a DLL to say which DLLs it gets. */
export interface PeFile extends PeHeader {
  readonly path: string;
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
  return {
    path,
    ...headerOf(image),
    imports: readImports(image),
    delayImports: readDelayImports(image),
    manifests: readManifests(image),
    exports: Exports.of(image)?.all() ?? new Map<string, Export>(),
  };
}
