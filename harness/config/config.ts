/** How Wine chooses between a DLL file that lies somewhere and its own builtin. */
export type DllOverride = 'native' | 'builtin' | 'native,builtin' | 'builtin,native' | 'disabled';

/** How much a channel of the log says; each level includes those after it. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** The options under `limits`: bounds of an agent and everything that a DLL starts, in force in the sandbox. */
export interface LimitsConfig {
  /**
   * Memory of one process, in bytes, 1 GiB or more; where control groups can be made also of all processes together.
   *
   * @default 4294967296
   */
  memoryBytes?: number | undefined;
  /**
   * Processes and threads together, 100 or more; an agent has about 30. For root only where control groups can be made.
   *
   * @default 500
   */
  processes?: number | undefined;
  /**
   * What may be written in the prefix and in /tmp, in bytes, 16 MiB or more. It is kept in memory.
   *
   * @default 536870912
   */
  diskBytes?: number | undefined;
  /**
   * How much of one text, or of the memory behind one pointer, is taken over from a DLL, in bytes, 4096 or more. More is READ_TOO_LARGE.
   *
   * @default 67108864
   */
  readBytes?: number | undefined;
}

/** The options under `log`. */
export interface LogConfig {
  /**
   * How much the host logs.
   *
   * @default 'info'
   */
  level?: LogLevel | undefined;
  /**
   * How much the agents log.
   *
   * @default 'info'
   */
  agentLevel?: LogLevel | undefined;
  /**
   * Wine's debug channels, in the syntax of `WINEDEBUG`: `warn+module,+seh`.
   *
   * Channels such as `+relay` slow every call down by orders of magnitude.
   *
   * @default '-all'
   */
  wineDebug?: string | undefined;
  /**
   * The file that JSON lines are appended to, or `null` for none. Its folder is made when it is missing.
   *
   * Relative to the configuration file; in a variable relative to the current folder, where the word `none` means `null`.
   *
   * @default null
   */
  file?: string | null | undefined;
}

/** The options under `recycle`: when an agent gets a fresh process. */
export interface RecycleConfig {
  /**
   * After how many calls; 0 means never.
   *
   * @default 0
   */
  calls?: number | undefined;
  /**
   * From how much physical memory of the process on, in bytes; 0 means never.
   *
   * @default 0
   */
  memoryBytes?: number | undefined;
}

/**
 * What `dllparity.config.ts` and the options of a fixture can say.
 *
 * Later wins: default, configuration file, fixture, `DLLPARITY_` variable; only a `runtime` that a fixture names wins over its variable.
 * `docs/reference/configuration.md` names each variable.
 */
export interface Config {
  /**
   * The runtime that agents are booted in, by its id: `wine-10.0-ia32`.
   *
   * `build/setup.json` lists those that the set-up has put on this machine.
   *
   * @default undefined (the first of them: the machine's own Wine)
   */
  runtime?: string | undefined;
  /**
   * The runtimes of a run of vitest, by their ids, or `['all']` for those of this machine: every test and suite is run on each, and
   * all results stand in one file. Needs the plugin `dllparity()`. Where `runtime` is set, by a variable say, that one alone is used.
   *
   * @default undefined (one run, on `runtime`)
   */
  runtimes?: string[] | undefined;
  /**
   * The path of Wine's loader, in place of the runtime's.
   *
   * Relative to the configuration file; in a variable relative to the current folder. So are all paths below.
   *
   * @default undefined (what the set-up found)
   */
  wine?: string | undefined;
  /**
   * The path of the `wineserver` that belongs to `wine`.
   *
   * @default undefined (what the set-up found)
   */
  wineserver?: string | undefined;
  /**
   * The folder of the prefix template that each run clones.
   *
   * @default undefined (the one the set-up made)
   */
  template?: string | undefined;
  /**
   * Whether Wine's background services (services.exe, plugplay, rpcss) are started.
   *
   * They cost about 0.2 s a boot and 95 MB, and few DLLs need them.
   *
   * @default false
   */
  services?: boolean | undefined;
  /**
   * Where windows of DLLs are.
   *
   * `null`: they are made and can be drawn in, and are shown nowhere, so nobody can press a button. `none`: none can be made, and a
   * message box fails at once. `x11` and `wayland`: on the display that DISPLAY or WAYLAND_DISPLAY names, in `environment` or else
   * that of this program; the DLL can then see and do whatever programs of that display can, whatever the sandbox.
   *
   * @default 'null'
   */
  graphics?: 'null' | 'none' | 'x11' | 'wayland' | undefined;
  /**
   * Which DLLs Wine takes from a file and which from its builtins: `{ msvcr120: 'native' }`.
   *
   * Names without folder; case and a final `.dll` do not count. Layers are merged name by name.
   *
   * @default {}
   */
  dllOverrides?: Record<string, DllOverride> | undefined;
  /**
   * Environment variables of the agent, beside the few it is started with; the host's own are not handed on. PATH, TEMP and the
   * like mean what they mean on Windows: `C:\\tools;C:\\windows\\system32`.
   *
   * Layers are merged name by name. What Wine itself reads has its own option, so `WINEPREFIX` and the like are refused.
   *
   * @default {}
   */
  environment?: Record<string, string> | undefined;
  /**
   * Folders in which bare DLL names are looked up before Windows looks for them, first match wins. DLLs that a loaded one imports
   * are looked for there too, where Windows finds none.
   *
   * A later layer replaces the whole list.
   *
   * @default []
   */
  searchPaths?: string[] | undefined;
  /**
   * Whether agents run in a sandbox: no network, no other process of the machine, the system read-only, and of all other files
   * only the prefix and `folders`.
   *
   * `auto` does without where the machine allows none, and says so in log and report; `required` makes that an error.
   *
   * @default 'auto'
   */
  sandbox?: 'required' | 'auto' | 'off' | undefined;
  /**
   * Folders that DLLs in the sandbox can read, at the same paths; `searchPaths` are among them anyway.
   *
   * A later layer replaces the whole list.
   *
   * @default undefined (the folder of the configuration file, or else of package.json)
   */
  folders?: string[] | undefined;
  /**
   * Folders that DLLs in the sandbox can also write to.
   *
   * @default []
   */
  writableFolders?: string[] | undefined;
  /** What agents may use up. */
  limits?: LimitsConfig | undefined;
  /**
   * When a spare agent is booted, which takes over in milliseconds when a call has cost the process.
   *
   * `eager`: at once. `auto`: from the first process on that was lost. `off`: never.
   *
   * @default 'auto'
   */
  spare?: 'eager' | 'auto' | 'off' | undefined;
  /**
   * How long an agent may take until it is ready, in milliseconds, from 1 to 2,147,483,647.
   *
   * @default 30000
   */
  bootTimeoutMs?: number | undefined;
  /**
   * How long one call may take, in milliseconds, from 0 to 2,147,483,647; 0 means without limit.
   *
   * @default 10000
   */
  callTimeoutMs?: number | undefined;
  /**
   * When an agent gets a fresh process although nothing has gone wrong: between test files and between suites, never in a test.
   *
   * For DLLs that leak, or whose state wears out.
   */
  recycle?: RecycleConfig | undefined;
  /**
   * The size of the memory that host and agent share, in bytes, from 1,048,576 (1 MiB) to 2,147,479,552.
   *
   * A multiple of 4,096. The memory is only taken where it is used.
   *
   * @default 67108864
   */
  heapBytes?: number | undefined;
  /**
   * How long the host waits for an answer by spinning before it blocks, in microseconds, from 0 to 1,000,000; 0 means it never spins.
   *
   * @default 50
   */
  spinMicroseconds?: number | undefined;
  /**
   * The folder that results and the report are written to.
   *
   * Without a configuration file relative to the folder of package.json.
   *
   * @default 'out'
   */
  outDir?: string | undefined;
  /**
   * Whether what could not be compared fails a run of suites: functions that the runtime lacks or has by name only
   * (`unsupported`), and suites without a baseline (`baseline-missing`).
   *
   * Off, they are listed and fail nothing. It is one for the whole run: that of a fixture is not asked.
   *
   * @default true
   */
  strict?: boolean | undefined;
  /** What is logged, and where. */
  log?: LogConfig | undefined;
}

/** The options after all layers: nothing is missing, and every path is absolute. */
export interface ResolvedConfig {
  readonly runtime: string | undefined;
  readonly runtimes: readonly string[] | undefined;
  readonly wine: string | undefined;
  readonly wineserver: string | undefined;
  readonly template: string | undefined;
  readonly services: boolean;
  readonly graphics: 'null' | 'none' | 'x11' | 'wayland';
  /** Names in lower case without `.dll`. */
  readonly dllOverrides: Readonly<Record<string, DllOverride>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly searchPaths: readonly string[];
  readonly sandbox: 'required' | 'auto' | 'off';
  readonly folders: readonly string[];
  readonly writableFolders: readonly string[];
  readonly limits: {
    readonly memoryBytes: number;
    readonly processes: number;
    readonly diskBytes: number;
    readonly readBytes: number;
  };
  readonly spare: 'eager' | 'auto' | 'off';
  readonly bootTimeoutMs: number;
  readonly callTimeoutMs: number;
  readonly recycle: { readonly calls: number; readonly memoryBytes: number };
  readonly heapBytes: number;
  readonly spinMicroseconds: number;
  readonly outDir: string;
  readonly strict: boolean;
  readonly log: {
    readonly level: LogLevel;
    readonly agentLevel: LogLevel;
    readonly wineDebug: string;
    readonly file: string | null;
  };
}
