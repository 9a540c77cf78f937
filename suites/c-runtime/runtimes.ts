// Microsoft's C runtimes, declared as Microsoft documents them. One library for all suites of a DLL: what a suite sets (locale,
// code page, handlers) is set back by it, since the functions share their state.
import { library, microsoftDlls } from 'dllparity/agent';
import { COMPLEX, FLOAT_COMPLEX, UNIVERSAL_COMPLEX } from './prototypes/complex.ts';
import { C99_CONVERT, CONVERT } from './prototypes/convert.ts';
import { C99_CTYPE, CTYPE } from './prototypes/ctype.ts';
import { C99_INTEGERS, INTEGERS } from './prototypes/integers.ts';
import { C99_FLOAT_MATH, C99_LONG_DOUBLE_MATH, C99_MATH } from './prototypes/c99-math.ts';
import { FLOAT_MATH, FMA3, MATH } from './prototypes/math.ts';
import { MEMORY } from './prototypes/memory.ts';
import { MULTIBYTE } from './prototypes/multibyte.ts';
import { PATHS } from './prototypes/paths.ts';
import { HANDLERS, SECURE } from './prototypes/secure.ts';
import { SORT } from './prototypes/sort.ts';
import { STDIO, UNIVERSAL_STDIO } from './prototypes/stdio.ts';
import { STRING, WIDE_STRING } from './prototypes/string.ts';
import { TIME } from './prototypes/time.ts';
import { TYPES } from './prototypes/types.ts';

/** What every runtime exports. */
const COMMON = {
  ...MATH,
  ...FLOAT_MATH,
  ...CONVERT,
  ...INTEGERS,
  ...SORT,
  ...MEMORY,
  ...STRING,
  ...WIDE_STRING,
  ...SECURE,
  ...HANDLERS,
  ...CTYPE,
  ...MULTIBYTE,
  ...TIME,
  ...PATHS,
} as const;

/** What came with C99, in Visual Studio 2013. */
const C99 = {
  ...C99_MATH,
  ...C99_FLOAT_MATH,
  ...C99_LONG_DOUBLE_MATH,
  ...COMPLEX,
  ...FLOAT_COMPLEX,
  ...C99_CONVERT,
  ...C99_INTEGERS,
  ...C99_CTYPE,
  ...FMA3,
} as const;

/** The runtimes of Visual Studio 2012 and before: printf by name, no C99. */
export const earlyRuntime = (dll: string) => library(dll, { ...COMMON, ...STDIO }, options(dll));

/** The runtime of Visual Studio 2013: printf by name, and C99. */
export const c99Runtime = (dll: string) => library(dll, { ...COMMON, ...C99, ...STDIO }, options(dll));

/** The runtime since Visual Studio 2015: C99, and one function for each kind of printf. */
export const universalRuntime = (dll: string) =>
  library(dll, { ...COMMON, ...C99, ...UNIVERSAL_COMPLEX, ...UNIVERSAL_STDIO }, options(dll));

/** A runtime, by what all of them have. */
export type Runtime = ReturnType<typeof library<typeof COMMON, typeof TYPES>>;
/** One that exports printf by name. */
export type StdioRuntime = ReturnType<typeof earlyRuntime>;
export type C99Runtime = Runtime & Pick<ReturnType<typeof c99Runtime>, keyof typeof C99>;
export type UniversalRuntime = ReturnType<typeof universalRuntime>;

function options(dll: string) {
  return {
    types: TYPES,
    errno: '_errno',
    // Each byte is a character: what a text means is for the suites to say.
    encoding: 'latin1',
    oracle: microsoftDlls(new URL('../oracles.yaml', import.meta.url), dll),
  };
}
