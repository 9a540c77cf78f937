import { statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { type DllArchitecture, readPeHeader } from '../pe/pe-header.ts';
import { nameOnDisk, resolveParts } from './resolve-parts.ts';
import { isWindowsPath, toUnixPath } from './unix-path.ts';
import { tooLongForUnix } from './windows-name.ts';

/** Where a DLL was found: a file of this machine, or nowhere here, so that the loader of Windows is asked by name. */
export type FoundDll =
  | { readonly kind: 'file'; /** Absolute Unix path, spelt as on disk. */ readonly path: string }
  | { readonly kind: 'system'; /** With its extension. */ readonly name: string };

/** Where DLLs are looked for. */
export interface FindDllOptions {
  /** The Wine prefix; only Windows paths need it. */
  readonly prefix: string;
  /**
   * Folders in which bare names are looked up, in this order.
   *
   * @default []
   */
  readonly searchPaths?: readonly string[] | undefined;
  /**
   * In `searchPaths` a DLL that was built for another architecture is passed over, unless there is no other.
   *
   * @default undefined (the first is taken)
   */
  readonly architecture?: DllArchitecture | undefined;
  /**
   * The folder that `./x.dll` and `sub/x.dll` are relative to.
   *
   * @default process.cwd()
   */
  readonly from?: string | undefined;
}

/**
 * Finds a DLL by an absolute Unix or Windows path, a relative path, or a bare name. As in `LoadLibrary` a name without a dot gets
 * `.dll`, a dot at its end says that it has no extension, and case does not count.
 *
 * @throws DLL_NOT_FOUND when a path leads to no file; PATH_NOT_VISIBLE when a Windows path leads nowhere
 */
export function findDll(
  name: string,
  { prefix, searchPaths = [], architecture, from = process.cwd() }: FindDllOptions,
): FoundDll {
  if (name.trim() === '' || name.includes('\0')) {
    throw new DllparityError('DLL_NOT_FOUND', {
      what: `${JSON.stringify(name)} is not the name of a DLL`,
      hint: 'Give a name such as msvcr120.dll, or a path.',
    });
  }
  const written = withExtension(name);
  const long = isWindowsPath(name) ? undefined : tooLongForUnix(written);
  if (long !== undefined) {
    throw new DllparityError('DLL_NOT_FOUND', {
      what: `${name.slice(0, 80)}… is not the name of a DLL: ${long}`,
      hint: 'Give a name such as msvcr120.dll, or a path.',
    });
  }
  if (isWindowsPath(name)) return fileAt(toUnixPath(written, prefix), name);
  if (isAbsolute(name)) return fileAt(resolveParts('/', parts(written)), name);
  if (/[/\\]/.test(name)) {
    const path = resolve(from, written.replaceAll('\\', '/'));
    return fileAt(resolveParts('/', parts(path)), name);
  }
  let first: string | undefined;
  for (const folder of searchPaths) {
    const entry = nameOnDisk(folder, written);
    if (entry === undefined || !isFile(join(folder, entry))) continue;
    const path = resolve(folder, entry);
    if (architecture === undefined || isBuiltFor(path, architecture)) return { kind: 'file', path };
    first ??= path;
  }
  return first === undefined ? { kind: 'system', name: written } : { kind: 'file', path: first };
}

function isBuiltFor(path: string, architecture: DllArchitecture): boolean {
  try {
    return readPeHeader(path).architecture === architecture;
  } catch {
    return true; // What it is instead is said when it is loaded.
  }
}

function fileAt(path: string, name: string): FoundDll {
  if (isFile(path)) return { kind: 'file', path };
  throw new DllparityError('DLL_NOT_FOUND', {
    what: `There is no DLL at ${name}`,
    details: [
      `looked at ${path}${statSync(path, { throwIfNoEntry: false }) === undefined ? '' : ', which is not a file'}`,
    ],
    hint: 'Correct the path, or give the bare name and list its folder in searchPaths.',
  });
}

function withExtension(name: string): string {
  const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  if (last.endsWith('.') && last !== '.' && last !== '..') return name.slice(0, -1);
  return last.includes('.') || last === '' ? name : `${name}.dll`;
}

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
