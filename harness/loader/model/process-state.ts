import type { ActivationContext } from './activation.ts';
import type { Architecture } from './world.ts';
import type { Module } from './module-list.ts';
import type { Ways } from './ways.ts';

/** What a process remembers that decides where a DLL comes from. Calls change it. */
export interface ProcessState {
  readonly architecture: Architecture;
  /** Those of Windows, or what a runtime is known to do otherwise. */
  readonly ways: Ways;
  /** Full path of the program. */
  readonly program: string;
  readonly systemFolder: string;
  /** The 16-bit system folder. */
  readonly oldSystemFolder: string;
  readonly windowsFolder: string;
  /** The registry value SafeDllSearchMode as the process found it at its start. */
  readonly safeDllSearchMode: boolean;
  /** Names that the registry adds to KnownDLLs, in lower case. */
  readonly addedKnownDlls: ReadonlySet<string>;
  /** The user's language, for example `en-us`. */
  readonly userLanguage: string;
  currentFolder: string;
  /** The value of PATH. */
  path: string;
  /** What it was at the start. */
  readonly startPath: string;
  /** Set by SetDllDirectory; undefined: not set, or taken back with NULL. */
  dllDirectory: string | undefined;
  /** Set by AddDllDirectory, the first one first. */
  userFolders: readonly string[];
  /** Set by SetDefaultDllDirectories. */
  defaultFlags: number | undefined;
  readonly redirection: DotLocal;
  /** That of the program's own manifest. */
  processContext: ActivationContext | undefined;
  /** That of resource 2 of the program, of which no page says whether it counts. */
  doubtfulContext: ActivationContext | undefined;
  /** Activated with ActivateActCtx, or for the imports of a DLL; the last one is the active one. */
  readonly contexts: ActivationContext[];
  /** Whether what the program imports is being bound, and no DllMain has run. */
  isStarting: boolean;
  /** Loaded modules, the first one first. */
  readonly modules: Module[];
  /** The one that the loader had to do with last, which Wine keeps at hand; undefined: one that no scenario names. */
  lastModule: Module | undefined;
  /** Files that are open without sharing, as keys of paths. */
  readonly locked: Set<string>;
}

/** What a file or folder `<program>.local` redirects to. */
export type DotLocal =
  | { readonly kind: 'none' }
  /** The file alone is there: the application's folder comes first. */
  | { readonly kind: 'file'; readonly folder: string; readonly unsure: string | undefined }
  | { readonly kind: 'folder'; readonly folder: string; readonly unsure: string | undefined };
