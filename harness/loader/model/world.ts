// What the model sees of a disk: an entry for a Windows path, or nothing. A scenario's files are one world, a real folder with a program is another.

import type { AssemblyIdentity } from '../scenario.ts';

export type Architecture = 'x64' | 'ia32';

export interface World {
  /** What lies at a full path such as `C:\app\a.dll`, whatever its case; undefined: nothing. */
  lookUp(path: string): WorldEntry | undefined;
  /** What is installed in WinSxS beside the assemblies of Windows; undefined: not known. */
  readonly shared?: readonly InstalledAssembly[];
}

/** A shared assembly. */
export interface InstalledAssembly {
  readonly identity: AssemblyIdentity;
  /** Full path of the folder with its files. */
  readonly folder: string;
  readonly files: readonly string[];
  readonly dependsOn: readonly AssemblyIdentity[];
}

export type WorldEntry =
  | ImageFile
  | { readonly kind: 'folder' }
  | { readonly kind: 'manifest'; readonly manifest: ManifestFacts }
  | { readonly kind: 'config'; readonly privatePath: readonly string[] }
  /** A file of no byte. */
  | { readonly kind: 'empty' }
  /** Any other file. */
  | { readonly kind: 'other' };

/** A program or a DLL, with what decides which others it needs. */
export interface ImageFile {
  readonly kind: 'image';
  /** `other`: neither of the two, for example ARM64. */
  readonly architecture: Architecture | 'other';
  readonly imports: readonly ImportedDll[];
  /** Names that it exports; undefined: not known, each import of it is taken to be there. */
  readonly exports: ReadonlySet<string> | undefined;
  /** Exports that another DLL answers: name of the export → that DLL's file name. */
  readonly forwards: ReadonlyMap<string, string>;
  /** RT_MANIFEST resources by their id. */
  readonly manifests: ReadonlyMap<number, ManifestFacts>;
  readonly dllMain: 'succeeds' | 'fails' | { readonly loads: string };
  /** A DLL of Windows, of which nothing but its name is known. */
  readonly partOfWindows: boolean;
}

export interface ImportedDll {
  /** File name as the import table has it. */
  readonly name: string;
  readonly symbols: readonly string[];
}

/** What a manifest says, as far as it decides which DLL is loaded. */
export type ManifestFacts =
  | {
      readonly kind: 'manifest';
      /** Undefined in the manifests of applications that do not name themselves. */
      readonly identity: AssemblyIdentity | undefined;
      readonly files: readonly string[];
      readonly dependsOn: readonly AssemblyIdentity[];
    }
  /** No manifest at all, or one that Windows refuses. `because`: in a few words. */
  | { readonly kind: 'broken'; readonly because: string }
  /** Whether Windows takes it is not known. */
  | { readonly kind: 'unread'; readonly because: string };

/** What a file says that is something else. */
export const NO_MANIFEST: ManifestFacts = { kind: 'broken', because: 'it is no manifest' };
