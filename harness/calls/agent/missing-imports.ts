import { basename, dirname, join } from 'node:path';
import { nameOnDisk } from '../../windows/paths/resolve-parts.ts';
import { ImageFile } from '../../windows/pe/image-file.ts';
import { readImports } from '../../windows/pe/imports.ts';

/** A DLL that is nowhere, and whose import asks for it. */
export interface MissingImport {
  readonly dll: string;
  readonly neededBy: string;
}

/**
 * What a DLL that Windows did not load lacks. The loader itself says only that something is missing.
 * @param isKnown whether the loader finds a DLL that does not lie in the same folder
 */
export function missingImports(file: string, isKnown: (name: string) => boolean): MissingImport[] {
  const folder = dirname(file);
  const missing: MissingImport[] = [];
  const seen = new Set<string>();
  const look = (path: string): void => {
    for (const dll of importsOf(path)) {
      if (seen.has(dll.toLowerCase())) continue;
      seen.add(dll.toLowerCase());
      const beside = nameOnDisk(folder, dll);
      if (beside !== undefined) look(join(folder, beside));
      else if (!isKnown(dll)) missing.push({ dll, neededBy: basename(path) });
    }
  };
  look(file);
  return missing;
}

/** Names of DLLs; none of a file that cannot be read, which has been tried already. */
function importsOf(path: string): string[] {
  try {
    using image = new ImageFile(path);
    return readImports(image).map(({ name }) => name);
  } catch {
    return [];
  }
}
