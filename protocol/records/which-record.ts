// What `dllparity which --json` writes: one JSON document about one program. Reports, and whoever reads it later, import this file and
// nothing else. Readers check `schema` and ignore fields that they do not know.

/** Raised by one whenever a reader of the previous shape would misread a document. */
export const WHICH_SCHEMA = 1;

export interface WhichRecord {
  readonly record: 'which';
  readonly schema: typeof WHICH_SCHEMA;
  /** Version of dllparity that wrote it. */
  readonly dllparity: string;
  /** ISO 8601, UTC. */
  readonly writtenAt: string;
  readonly runtime: WhichRuntime;
  readonly program: WhichProgram;
  /** The DLL that was asked for beside the program, as it was written; null where none was. */
  readonly asked: string | null;
  /** How it is loaded, where that is not plainly LoadLibrary: `as Node loads it: ...`. */
  readonly loadedAs: string | null;
  /** What is searched for a DLL without a path, in the order of Windows. */
  readonly folders: readonly WhichFolder[];
  /** The program first, then each DLL that it needs, once, in the order in which the loader comes to them. */
  readonly modules: readonly WhichModule[];
  /** The worst first. */
  readonly problems: readonly WhichProblem[];
  readonly functions: WhichFunctions;
  readonly run: WhichRun;
  /** A second run with the load order that the problems propose; null where none was made. */
  readonly retry: WhichRetry | null;
}

export interface WhichRuntime {
  /** For example `wine-8.0-x64`. */
  readonly id: string;
  /** The runtime's own words, for example `wine-8.0 (Debian 8.0~repack-4)`. */
  readonly build: string;
  readonly architecture: 'x64' | 'ia32';
}

export interface WhichProgram {
  /** On this machine. */
  readonly path: string;
  /** As programs of the runtime see it. */
  readonly windowsPath: string;
  readonly architecture: 'x64' | 'ia32';
  /** The manifest that Windows would use, and where it lies; null where there is none. */
  readonly manifest: { readonly source: string; readonly text: string } | null;
}

/** `application`: that of the program. `system`: system32, the 16-bit system folder, the Windows folder. `current`: --cwd. `path`: a folder of PATH. */
export type WhichFolderRole = 'application' | 'system' | 'current' | 'path';

export interface WhichFolder {
  readonly role: WhichFolderRole;
  readonly windowsPath: string;
  /** On this machine; null for folders of Windows, which this machine does not have. */
  readonly path: string | null;
  readonly exists: boolean;
  /** Whether the user who asked can write to it, or make it where it is not there. Null for folders of Windows. */
  readonly writable: boolean | null;
}

/**
 * `start`: needed before the program runs. `delay`: loaded when a function of it is called first. `asked`: the DLL that was asked
 * for.
 */
export type WhichWhen = 'start' | 'delay' | 'asked';

export interface WhichModule {
  /** Place in `modules`. */
  readonly id: number;
  /** As the first that needs it spells it; of the program, its file name. */
  readonly name: string;
  /** The earliest of those that apply. Null for the program. */
  readonly when: WhichWhen | null;
  readonly needs: readonly WhichNeed[];
  readonly windows: WhichOnWindows;
  readonly wine: WhichUnderWine;
  /** `same`: the same file, or Windows's own on one side and Wine's on the other. `unknown`: one of the two cannot be said. */
  readonly verdict: 'same' | 'differs' | 'unknown';
}

/** One DLL that another needs. */
export interface WhichNeed {
  /** Id of the module. */
  readonly module: number;
  /** How: imported, imported when first called, answered for by a forwarder, or asked for on the command line. */
  readonly how: 'import' | 'delay-import' | 'forwarder' | 'load';
  /** How many functions are wanted. */
  readonly symbols: number;
  /** Those that the file found on Windows does not export; empty where that cannot be known. */
  readonly missingSymbols: readonly string[];
}

/** One thing that the model says on its way to an answer. */
export interface WhichStep {
  readonly text: string;
  /** Windows path that was looked at, or null. */
  readonly path: string | null;
  readonly found: boolean | null;
  /** Why it was passed over, or null. */
  readonly skipped: string | null;
  /** Title of the rule, and where it is written. */
  readonly rule: string;
  readonly source: string;
}

/**
 * Where Windows takes it from, by the model of its documents. `program`: the program itself. `file`: a file of this machine.
 * `windows`: Windows's own (system32). `missing`: no folder has it. `unknown`: that cannot be known here, or no document says it.
 */
export interface WhichOnWindows {
  readonly state: 'program' | 'file' | 'windows' | 'missing' | 'refused' | 'unknown';
  /** Windows path; null where there is none. */
  readonly path: string | null;
  /** In a few words: the rule that decided, or why it is not known. */
  readonly because: string;
  readonly steps: readonly WhichStep[];
}

/**
 * Where the runtime really took it from. `loaded`: the loader lists it. `api-set`: a name that stands for another DLL, resolved.
 * `missing`: the loader has not found it. `failed`: it was found and not loaded. `not-loaded`: the loader did not come to it.
 */
export interface WhichUnderWine {
  readonly state: 'loaded' | 'api-set' | 'missing' | 'failed' | 'not-loaded';
  /** Windows path, as the loader says it. Wine says the path of a file beside the program even where its builtin was taken. */
  readonly path: string | null;
  /** Whose code it is: of the file, or Wine's own. Null where nothing was loaded. */
  readonly code: 'native' | 'builtin' | null;
  /** Error of LoadLibraryExW by name, or null. */
  readonly error: string | null;
}

export type WhichProblemKind =
  | 'does-not-start'
  | 'missing'
  | 'wrong-architecture'
  | 'bad-file'
  | 'missing-symbol'
  | 'not-implemented'
  | 'builtin-overrides'
  | 'differs'
  | 'unknown'
  | 'planting';

export interface WhichProblem {
  readonly kind: WhichProblemKind;
  /** `error`: it does not work, on Windows or under Wine. `warning`: it works, and not as meant. `risk`: somebody could abuse it. */
  readonly severity: 'error' | 'warning' | 'risk';
  /** One sentence. */
  readonly text: string;
  /** What to do; null where there is nothing. */
  readonly advice: string | null;
  /** Ids of the modules that it is about. */
  readonly modules: readonly number[];
  /** Load order that would change it, as `version=n,b`; null where none would. */
  readonly override: string | null;
}

/** What the builtin DLLs of each runtime that is installed for the program's architecture have of the functions that are imported. */
export interface WhichFunctions {
  readonly runtimes: readonly Pick<WhichRuntime, 'id' | 'build'>[];
  /** Those of DLLs that are Windows's own, or that Wine takes its builtin for. */
  readonly entries: readonly WhichFunction[];
}

export interface WhichFunction {
  /** Id of the module that it is imported from. */
  readonly module: number;
  /** Its name, or its number as `#17`. */
  readonly symbol: string;
  /** Ids of the modules that import it. */
  readonly neededBy: readonly number[];
  /** One for each of `runtimes`, in their order. */
  readonly states: readonly WhichFunctionState[];
}

/**
 * `implemented`: it is exported, and its code is not that of a stub. `stub`: a call of it raises EXCEPTION_WINE_STUB. `missing`: the
 * builtin does not export it. `no-dll`: there is no such builtin. `unknown`: the builtin cannot be read.
 */
export type WhichFunctionState = 'implemented' | 'stub' | 'missing' | 'no-dll' | 'unknown';

/** What came of the start. */
export interface WhichRun {
  readonly state: 'started' | 'failed' | 'timed-out';
  /** Name of the NTSTATUS or of the error with which it failed; null where it started. */
  readonly status: string | null;
  /** What Wine's loader said of it. */
  readonly said: readonly string[];
  /** Modules that nothing in `modules` asks for by name: what Wine's own DLLs need, and what a DllMain has loaded. */
  readonly others: readonly { readonly path: string; readonly code: 'native' | 'builtin' }[];
}

export interface WhichRetry {
  /** As WINEDLLOVERRIDES takes it: `version=n,b`. */
  readonly overrides: string;
  readonly state: WhichRun['state'];
  readonly status: string | null;
  /** What is taken from elsewhere now. */
  readonly changes: readonly { readonly module: number; readonly wine: WhichUnderWine }[];
}
