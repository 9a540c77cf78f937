import { z } from 'zod';

/** How the text of a variable becomes the value of its option. */
export type VariableKind =
  'text' | 'list' | 'path' | 'path-or-none' | 'path-list' | 'switch' | 'whole-number' | 'pairs';

/** All there is to know about one option, so that the schema, the variables, the messages and the table agree. */
export interface Option<T extends z.ZodType = z.ZodType> {
  readonly variable: `DLLPARITY_${string}`;
  readonly kind: VariableKind;
  /** Completes the sentence "must be ...". */
  readonly takes: string;
  /** A text the variable can have, for messages and the documentation. */
  readonly example: string;
  readonly schema: T;
  readonly fallback: z.output<T> | undefined;
}

const option = <T extends z.ZodType>(it: Option<T>): Option<T> => it;

const path = z.string().min(1).refine(withoutNul);
const level = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']);
const override = z.enum(['native', 'builtin', 'native,builtin', 'builtin,native', 'disabled']);
const LEVELS = 'one of trace, debug, info, warn, error and silent';
// The largest delay that timers of Node take; a larger one would fire at once.
const MAX_MS = 2 ** 31 - 1;
const PAGE = 4096;

// Each of these would change what the harness relies on, and each has an option or is the harness's own.
const OWNED = new Map([
  ['WINEPREFIX', 'every run owns its prefix'],
  ['WINEARCH', 'the runtime decides it'],
  ['WINESERVER', 'set the option wineserver'],
  ['WINELOADER', 'set the option wine'],
  ['WINEDEBUG', 'set the option log.wineDebug'],
  ['WINEDLLOVERRIDES', 'set the option dllOverrides'],
]);

const environment = z
  .record(z.string().regex(/^[^=\0]+$/), z.string().refine(withoutNul))
  .superRefine((variables, context) => {
    for (const name of Object.keys(variables)) {
      const why = OWNED.get(name.toUpperCase());
      if (why !== undefined) context.addIssue({ code: 'custom', message: `environment cannot set ${name}: ${why}` });
    }
  });

/** Every option by its name; a dot leads into a group. */
export const OPTIONS = {
  runtime: option({
    variable: 'DLLPARITY_RUNTIME',
    kind: 'text',
    takes: 'the id of a runtime',
    example: 'wine-10.0-ia32',
    schema: z
      .string()
      .regex(/^[\w.-]+$/)
      .optional(),
    fallback: undefined,
  }),
  runtimes: option({
    variable: 'DLLPARITY_RUNTIMES',
    kind: 'list',
    takes: 'a list of ids of runtimes, or `all`',
    example: 'wine-8.0-x64,wine-10.0-ia32',
    schema: z
      .array(z.string().regex(/^[\w.-]+$/))
      .min(1)
      .optional(),
    fallback: undefined,
  }),
  wine: option({
    variable: 'DLLPARITY_WINE',
    kind: 'path',
    takes: 'the path of wine64',
    example: '/usr/lib/wine/wine64',
    schema: path.optional(),
    fallback: undefined,
  }),
  wineserver: option({
    variable: 'DLLPARITY_WINESERVER',
    kind: 'path',
    takes: 'the path of wineserver',
    example: '/usr/lib/wine/wineserver64',
    schema: path.optional(),
    fallback: undefined,
  }),
  template: option({
    variable: 'DLLPARITY_TEMPLATE',
    kind: 'path',
    takes: 'the path of a folder',
    example: '/var/cache/dllparity/template',
    schema: path.optional(),
    fallback: undefined,
  }),
  services: option({
    variable: 'DLLPARITY_SERVICES',
    kind: 'switch',
    takes: 'true or false',
    example: 'true',
    schema: z.boolean(),
    fallback: false,
  }),
  graphics: option({
    variable: 'DLLPARITY_GRAPHICS',
    kind: 'text',
    takes: 'one of null, none, x11 and wayland',
    example: 'x11',
    schema: z.enum(['null', 'none', 'x11', 'wayland']),
    fallback: 'null',
  }),
  dllOverrides: option({
    variable: 'DLLPARITY_DLL_OVERRIDES',
    kind: 'pairs',
    takes: 'DLL names, each with native, builtin, "native,builtin", "builtin,native" or disabled',
    example: 'msvcr120=native;dbghelp=native,builtin',
    schema: z.record(z.string().regex(/^[^=;,\0\n]+$/), override),
    fallback: {},
  }),
  environment: option({
    variable: 'DLLPARITY_ENVIRONMENT',
    kind: 'pairs',
    takes: 'names of environment variables, each with a text',
    example: 'TZ=UTC;LANG=C',
    schema: environment,
    fallback: {},
  }),
  searchPaths: option({
    variable: 'DLLPARITY_SEARCH_PATHS',
    kind: 'path-list',
    takes: 'a list of folders',
    example: './native:/opt/dlls',
    schema: z.array(path),
    fallback: [],
  }),
  sandbox: option({
    variable: 'DLLPARITY_SANDBOX',
    kind: 'text',
    takes: 'one of required, auto and off',
    example: 'required',
    schema: z.enum(['required', 'auto', 'off']),
    fallback: 'auto',
  }),
  folders: option({
    variable: 'DLLPARITY_FOLDERS',
    kind: 'path-list',
    takes: 'a list of folders',
    example: './data:/opt/app',
    schema: z.array(path).optional(),
    fallback: undefined,
  }),
  writableFolders: option({
    variable: 'DLLPARITY_WRITABLE_FOLDERS',
    kind: 'path-list',
    takes: 'a list of folders',
    example: './scratch',
    schema: z.array(path),
    fallback: [],
  }),
  'limits.memoryBytes': option({
    variable: 'DLLPARITY_LIMITS_MEMORY_BYTES',
    kind: 'whole-number',
    takes: 'a whole number of bytes, 1073741824 (1 GiB) or more',
    example: '8589934592',
    schema: z.int().min(2 ** 30),
    fallback: 4 * 2 ** 30,
  }),
  'limits.processes': option({
    variable: 'DLLPARITY_LIMITS_PROCESSES',
    kind: 'whole-number',
    takes: 'a whole number of processes and threads, 100 or more',
    example: '1000',
    schema: z.int().min(100),
    fallback: 500,
  }),
  'limits.diskBytes': option({
    variable: 'DLLPARITY_LIMITS_DISK_BYTES',
    kind: 'whole-number',
    takes: 'a whole number of bytes, 16777216 (16 MiB) or more',
    example: '1073741824',
    schema: z.int().min(2 ** 24),
    fallback: 2 ** 29,
  }),
  'limits.readBytes': option({
    variable: 'DLLPARITY_LIMITS_READ_BYTES',
    kind: 'whole-number',
    takes: 'a whole number of bytes, 4096 or more',
    example: '268435456',
    schema: z.int().min(PAGE),
    fallback: 64 * 2 ** 20,
  }),
  spare: option({
    variable: 'DLLPARITY_SPARE',
    kind: 'text',
    takes: 'one of eager, auto and off',
    example: 'eager',
    schema: z.enum(['eager', 'auto', 'off']),
    fallback: 'auto',
  }),
  bootTimeoutMs: option({
    variable: 'DLLPARITY_BOOT_TIMEOUT_MS',
    kind: 'whole-number',
    takes: 'a whole number of milliseconds from 1 to 2147483647',
    example: '30000',
    schema: z.int().min(1).max(MAX_MS),
    fallback: 30_000,
  }),
  callTimeoutMs: option({
    variable: 'DLLPARITY_CALL_TIMEOUT_MS',
    kind: 'whole-number',
    takes: 'a whole number of milliseconds from 0 (no limit) to 2147483647',
    example: '10000',
    schema: z.int().min(0).max(MAX_MS),
    fallback: 10_000,
  }),
  'recycle.calls': option({
    variable: 'DLLPARITY_RECYCLE_CALLS',
    kind: 'whole-number',
    takes: 'a whole number of calls from 0 (never) to 9007199254740991',
    example: '1000000',
    schema: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    fallback: 0,
  }),
  'recycle.memoryBytes': option({
    variable: 'DLLPARITY_RECYCLE_MEMORY_BYTES',
    kind: 'whole-number',
    takes: 'a whole number of bytes from 0 (never) to 9007199254740991',
    example: '1073741824',
    schema: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
    fallback: 0,
  }),
  heapBytes: option({
    variable: 'DLLPARITY_HEAP_BYTES',
    kind: 'whole-number',
    takes: 'a whole number of bytes, a multiple of 4096 from 1048576 (1 MiB) to 2147479552',
    example: '67108864',
    schema: z
      .int()
      .min(2 ** 20)
      .max(2 ** 31 - PAGE)
      .multipleOf(PAGE),
    fallback: 64 * 2 ** 20,
  }),
  spinMicroseconds: option({
    variable: 'DLLPARITY_SPIN_MICROSECONDS',
    kind: 'whole-number',
    takes: 'a whole number of microseconds from 0 (never spin) to 1000000',
    example: '50',
    schema: z.int().min(0).max(1_000_000),
    fallback: 50,
  }),
  outDir: option({
    variable: 'DLLPARITY_OUT_DIR',
    kind: 'path',
    takes: 'the path of a folder',
    example: 'out',
    schema: path,
    fallback: 'out',
  }),
  strict: option({
    variable: 'DLLPARITY_STRICT',
    kind: 'switch',
    takes: 'true or false',
    example: 'false',
    schema: z.boolean(),
    fallback: true,
  }),
  'log.level': option({
    variable: 'DLLPARITY_LOG_LEVEL',
    kind: 'text',
    takes: LEVELS,
    example: 'debug',
    schema: level,
    fallback: 'info',
  }),
  'log.agentLevel': option({
    variable: 'DLLPARITY_LOG_AGENT_LEVEL',
    kind: 'text',
    takes: LEVELS,
    example: 'debug',
    schema: level,
    fallback: 'info',
  }),
  'log.wineDebug': option({
    variable: 'DLLPARITY_LOG_WINE_DEBUG',
    kind: 'text',
    takes: 'channels as WINEDEBUG takes them, on one line',
    example: 'warn+module,+seh',
    schema: z.string().regex(/^[^\0\r\n]+$/),
    fallback: '-all',
  }),
  'log.file': option({
    variable: 'DLLPARITY_LOG_FILE',
    kind: 'path-or-none',
    takes: 'the path of a file, or null for none',
    example: 'out/log.jsonl',
    schema: path.nullable(),
    fallback: null,
  }),
};

/** The name of an option, with a dot for those in a group. */
export type OptionName = keyof typeof OPTIONS;

/** The type of an option's value. */
export type OptionValue<N extends OptionName> = z.output<(typeof OPTIONS)[N]['schema']>;

/** All names, in the order in which they are documented and printed. */
export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[];

/** `DLLPARITY_` variables that are no options: they are read elsewhere, and are not mistaken for a misspelling here. */
export const OTHER_VARIABLES: Readonly<Record<string, string>> = {
  DLLPARITY_CACHE: 'The folder that the set-up keeps its downloads and prefix templates in.',
  DLLPARITY_RUN: 'What the command line asks of a vitest run; set by dllparity itself.',
  DLLPARITY_CONFIG: 'The configuration file to load instead of looking for one; relative to the current folder.',
  DLLPARITY_FAULT_SEQUENCES:
    'How many random sequences of faults the tests of this repository try that end processes. Default 12.',
  DLLPARITY_WIRE_ROUNDS:
    'How many rounds of random words the tests of this repository write into the shared memory. Default 2000.',
  DLLPARITY_WIRE_SEED: 'Which random words these are. Default 1.',
  DLLPARITY_SCENARIOS:
    'How many random search-order scenarios the tests of this repository try. `2000:7` tries 2,000 of series 7, `2000` those of another series each time. Default `100:1`.',
  DLLPARITY_TESTS:
    'With `all`, the tests of this repository run in full on every runtime; otherwise on the default one, and a smaller set on the others.',
};

function withoutNul(text: string): boolean {
  return !text.includes('\0');
}
