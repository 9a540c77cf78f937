import type { Folder } from './places.ts';

// A search-order experiment as data: what lies where, in which state a fresh process starts, and what it asks the loader for.
// Texts that name paths may say {app}, {cwd}, {dir1}, … and {root} (see places.ts). The YAML form is in read-scenarios.ts.

export interface Scenario {
  /** Lower case, digits, hyphens; unique in a run. */
  readonly id: string;
  /** The rule that it belongs to, for example `standard order`. */
  readonly rule: string;
  /** One line: what lies where and what is asked. */
  readonly title: string;
  readonly files: readonly PlacedFile[];
  /** Assemblies that are installed in WinSxS, beside those of Windows itself. */
  readonly shared?: readonly SharedAssembly[];
  readonly program: Program;
  /** In order, all in one process. */
  readonly calls: readonly LoaderCall[];
  /** Set before the process starts, and put back after it. */
  readonly registry: readonly RegistryValue[];
  readonly expect: Expectation;
  /** What Wine is known to do, where that is not what is expected; undefined where nothing is declared. */
  readonly wine: KnownWine | undefined;
  /** Id of the scenario that shows that the feature is there at all, for one that holds without the feature too. */
  readonly twin: string | undefined;
  readonly file: string;
  readonly line: number;
}

export interface PlacedFile {
  readonly folder: Folder;
  /** Path in the folder, with backslashes: `sotgt.dll`, `so.asm\sotgt.dll`. */
  readonly path: string;
  readonly content: FileContent;
}

export type FileContent =
  | DllContent
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  /** A configuration file of an application or an assembly: folders that are probed for private assemblies. */
  | { readonly kind: 'config'; readonly privatePath: readonly string[] }
  /** Any text, for example one that is no manifest, or no DLL. */
  | { readonly kind: 'text'; readonly text: string }
  /** No byte at all. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'folder' };

/** A DLL that says which it is: its export `which` returns `variant`. */
export interface DllContent {
  readonly kind: 'dll';
  /** How results name it. Unique among the DLLs of its file name in the scenario. */
  readonly variant: string;
  /** `own`: of the runtime's architecture. `foreign`: ia32 in an x64 runtime and the other way round. */
  readonly architecture: 'own' | 'foreign';
  /** File name of the DLL that it imports `which` from; results then name both: `p > app`. */
  readonly imports: string | undefined;
  /** It also imports a symbol that no DLL of a scenario has. */
  readonly missingSymbol: boolean;
  /** Its export `which` is a forwarder to the same export of this DLL (file name with .dll). */
  readonly forwards: string | undefined;
  /** What DllMain does: returns TRUE; returns FALSE; or loads another DLL by name, whose variant results name as `p > app`. */
  readonly dllMain: 'succeeds' | 'fails' | { readonly loads: string };
  readonly manifest: EmbeddedManifests;
}

/** One manifest, several with different resources, or none. */
export type EmbeddedManifests = EmbeddedManifest | readonly EmbeddedManifest[] | undefined;

export interface EmbeddedManifest {
  /** Id of the RT_MANIFEST resource. 1: CREATEPROCESS_MANIFEST, 2: ISOLATIONAWARE_MANIFEST, 3: ISOLATIONAWARE_NOSTATICIMPORT_MANIFEST (winuser.h). */
  readonly resource: 1 | 2 | 3;
  readonly manifest: Manifest;
}

export type Manifest =
  | {
      readonly kind: 'application';
      readonly dependsOn: readonly AssemblyIdentity[];
      /** File names of its own, which lie beside it. */
      readonly files?: readonly string[];
    }
  | {
      readonly kind: 'assembly';
      readonly identity: AssemblyIdentity;
      readonly files: readonly string[];
      readonly dependsOn: readonly AssemblyIdentity[];
    }
  /** As written, well-formed or not. */
  | { readonly kind: 'text'; readonly text: string };

/** An assembly that programs share. */
export interface SharedAssembly {
  /** With a public key: Windows asks for one. */
  readonly identity: AssemblyIdentity;
  readonly files: readonly { readonly name: string; readonly content: DllContent }[];
  readonly dependsOn: readonly AssemblyIdentity[];
}

export interface AssemblyIdentity {
  readonly name: string;
  /** Four numbers. */
  readonly version: string;
  /** As manifests write it; `own` is that of the runtime, `foreign` the other one. */
  readonly architecture: 'own' | 'foreign' | 'x86' | 'amd64' | '*';
  /** For example `en-us`, or `*`; undefined: neutral. */
  readonly language: string | undefined;
  /** 16 hexadecimal digits; undefined: none, as private assemblies may have it. */
  readonly publicKeyToken: string | undefined;
}

/** The process: `{app}\probe.exe`, or deeper in `{app}`. */
export interface Program {
  /** Folder below `{app}` in which the program lies, with backslashes: `bin\x64`; undefined: `{app}` itself. */
  readonly folder?: string | undefined;
  /** The DLL that it imports `which` from at load time. */
  readonly imports: string | undefined;
  /** It also imports a symbol that no DLL of a scenario has. */
  readonly missingSymbol: boolean;
  readonly manifest: EmbeddedManifests;
  /** Beside the environment of the runtime. PATH is `{path1};{path2};{system32};{windows}` unless it is given here. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the process that starts it does before: SetDllDirectoryW with this text. */
  readonly parentDllDirectory: string | undefined;
}

/** What is called: the export that each DLL of a scenario has, or one that none has. */
export type ImportedSymbol = 'which' | 'missing';

/** Calls that the process makes. `of` is the index of a call before that gave a module. Flags are values of the Windows SDK. */
export type LoaderCall =
  /** LoadLibraryW; null is a null pointer. */
  | { readonly call: 'LoadLibrary'; readonly name: string | null }
  | { readonly call: 'LoadLibraryEx'; readonly name: string | null; readonly flags: number }
  | { readonly call: 'SetDllDirectory'; readonly path: string | null }
  | { readonly call: 'AddDllDirectory'; readonly path: string }
  /** `of`: index of the AddDllDirectory call. */
  | { readonly call: 'RemoveDllDirectory'; readonly of: number }
  | { readonly call: 'SetDefaultDllDirectories'; readonly flags: number }
  | { readonly call: 'FreeLibrary'; readonly of: number }
  | { readonly call: 'GetModuleHandle'; readonly name: string }
  /** Gets the export and calls it. */
  | { readonly call: 'GetProcAddress'; readonly of: number; readonly name: string }
  /** Calls what a module imports through its own table; `of`: index of the call that gave it, undefined for the program itself. */
  | { readonly call: 'CallImport'; readonly of: number | undefined; readonly symbol: ImportedSymbol }
  /** Calls a delayed import of the program, as the helper of Microsoft's linker does: it is loaded now, if it was not before. */
  | { readonly call: 'CallDelayed'; readonly file: string; readonly symbol: ImportedSymbol }
  /** Whether two calls before gave the same module. */
  | { readonly call: 'same'; readonly of: readonly [number, number] }
  | {
      readonly call: 'SearchPath';
      readonly path: string | null;
      readonly name: string;
      readonly extension: string | null;
    }
  /** CreateActCtxW and ActivateActCtx. */
  | {
      readonly call: 'ActivateActCtx';
      readonly source: string;
      readonly directory: string | undefined;
      readonly resource: number | undefined;
    }
  /** Of the one activated last. */
  | { readonly call: 'DeactivateActCtx' }
  | { readonly call: 'SetEnvironmentVariable'; readonly name: string; readonly value: string | null }
  | { readonly call: 'SetCurrentDirectory'; readonly path: string }
  /** Keeps a file open without sharing, until the process ends. */
  | { readonly call: 'lock'; readonly path: string }
  | { readonly call: 'CreateHardLink'; readonly path: string; readonly existing: string };

export interface RegistryValue {
  /** Path with the value's name at its end, from a root key: `HKLM\System\CurrentControlSet\…\SafeDllSearchMode`. */
  readonly path: string;
  /** A number is a REG_DWORD, a text a REG_SZ. */
  readonly value: number | string;
}

/**
 * Who says so. `documented`: a page of Microsoft. `wine-test`: a test of Wine that also runs on Windows asserts it. `reported`: somebody
 * found it, no page says it. `unverified`: general knowledge or reasoning. `none`: nobody knows.
 */
export type Evidence = 'documented' | 'wine-test' | 'reported' | 'unverified' | 'none';

export interface Expectation {
  /** In the words of outcome.ts, for example `['app', 'same']`; undefined with evidence `none` alone. */
  readonly outcome: readonly string[] | undefined;
  readonly evidence: Evidence;
  /** Where that is written: page, test with line. */
  readonly source: string;
}

export interface KnownWine {
  readonly outcome: readonly string[];
  /** Range of Wine versions, as known divergences have it; undefined: all that were tried. */
  readonly versions: string | undefined;
  readonly because: string;
}
