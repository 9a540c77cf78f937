import { DllparityError } from '../../base/errors.ts';
import { refuseDeclared, requireRecord, requireType } from './check-declared.ts';
import type { ColumnOf } from './column-types.ts';
import type { OracleDll } from './oracle-dll.ts';
import type { NamedTypes } from './parse-declaration.ts';
import { parseExport } from './parse-prototype.ts';
import { isPrototypeObject, type PrototypeObject } from './prototype.ts';
import type { FunctionOf } from './prototype-types.ts';
import type { MemberIn, MemberOut } from './values.ts';
import type { Trim } from './prototype-text.ts';
import type { Convention, CType, FunctionType } from './types.ts';
import type { KnownTypes } from './windows-types.ts';

/** What a DLL exports, by the name the tests use: C text, or an object made by `prototype`. */
export type Exports = Readonly<Record<string, string | PrototypeObject>>;

export interface LibraryOptions<T extends NamedTypes = NamedTypes, K extends string = string> {
  /** Types by the name the prototypes use. */
  readonly types?: T;
  /**
   * The DLL's function that returns the address of errno, so that errno is set to 0 before each call and read after it.
   * @default none: errno is not observed
   */
  readonly errno?: string;
  /**
   * Room in bytes for a string that a function returns; a longer one is cut in batches, and read whole in single calls.
   * @default 512
   */
  readonly stringBytes?: number;
  /**
   * Calls of functions that return HRESULT throw HRESULT_FAILED when it says failure, as with ctypes' `oledll`. Outcomes, batches and
   * columns have it as a value.
   * @default false
   */
  readonly throwOnFailure?: boolean;
  /**
   * Of exports whose declarations name none. Microsoft's reference pages leave out that their functions are `stdcall`; only
   * ia32 has more than one convention.
   * @default cdecl
   */
  readonly convention?: Convention;
  /**
   * What the DLL exports under another name than the prototype says: an ordinal, or a decorated name. stdcall and fastcall
   * names of 32-bit DLLs (`_f@8`, `@f@8`) are found without.
   */
  readonly exports?: Readonly<Partial<Record<K, string | number>>>;
  /**
   * Encoding of 8-bit text, for example `windows-1252` or `gbk`. `latin1` keeps each byte as one character.
   * @default utf8
   */
  readonly encoding?: string;
  /**
   * By function, the function of this library that frees what it returns. The result is copied first, so it has to be text
   * or an array of known length (`_Ret_writes_(n)`). `function.parameter` is what it stores behind a parameter
   * (`_Outptr_result_z_`, `_Outptr_result_buffer_(n)`).
   */
  readonly releases?: Readonly<Partial<Record<K | `${K}.${string}`, K>>>;
  /**
   * The Microsoft DLLs that vouch for baselines of this library: one, or a list. Of several for one architecture the first
   * gives the baseline, and what the others do differently is accepted too.
   * @default none: the library has no conformance suites
   */
  readonly oracle?: OracleDll | readonly OracleDll[];
}

/** One function of a library, as declared. `F` is its TypeScript type, `C` that of its results as a column. */
export interface DeclaredFunction<F = unknown, C = unknown> {
  /** File name of the DLL, in lower case. */
  readonly dll: string;
  /** Name in the prototype. */
  readonly name: string;
  /** Under which the DLL exports it, when that is not its name: an ordinal or a name. */
  readonly exportedAs: string | number | undefined;
  readonly prototype: string;
  readonly type: FunctionType;
  readonly library: LibraryDeclaration;
  readonly freedBy: FreedBy;
  /** Where it lies in the process, of a function that is known by this alone. */
  readonly address?: bigint;
  /** Never present: carries the type. */
  readonly signature?: F;
  /** Never present: carries the type. */
  readonly column?: C;
}

/** Which functions of the same library, by their keys, free what a function leaves behind. */
export interface FreedBy {
  readonly result: string | undefined;
  /** By index of the parameter behind which a pointer is stored. */
  readonly stored: ReadonlyMap<number, string>;
}

export const FREED_BY_NOBODY: FreedBy = { result: undefined, stored: new Map() };

/** An exported variable, as declared. `Out` is what is read from it, `In` what may be written. */
export interface DeclaredVariable<Out = unknown, In = unknown> {
  readonly dll: string;
  readonly name: string;
  readonly exportedAs: string | number | undefined;
  readonly variable: CType;
  readonly library: LibraryDeclaration;
  /** Never present: carries the types. */
  readonly valueType?: { readonly out: Out; readonly in: In };
}

/** What `library` knows beside the functions. */
export interface LibraryDeclaration {
  /** As written: a bare name, or a path. */
  readonly path: string;
  /** File name in lower case. */
  readonly dll: string;
  readonly errno: string | undefined;
  readonly stringBytes: number;
  readonly encoding: string;
  readonly throwOnFailure: boolean;
  /** The first for an architecture gives its baselines. */
  readonly oracles: readonly OracleDll[];
  readonly functions: Readonly<Record<string, DeclaredFunction>>;
  readonly variables: Readonly<Record<string, DeclaredVariable>>;
}

/** Symbol under which a library keeps its declaration, out of the way of its functions' names. */
export const declaration: unique symbol = Symbol('dllparity.library');

/** Any library. */
export interface Library {
  readonly [declaration]: LibraryDeclaration;
}

/** A variable that points to a function: a star, perhaps behind a convention, follows the first parenthesis. */
type IsFunctionPointer<P extends string> = P extends `${string}(${infer R}`
  ? Trim<R> extends
      | `*${string}`
      | `${'__cdecl' | '__stdcall' | '__fastcall' | '__thiscall' | 'WINAPI' | 'CALLBACK'}${'' | ' '}*${string}`
    ? true
    : false
  : false;

/** What one entry of a library declares. */
type DeclaredOf<P, T> =
  P extends PrototypeObject<infer F>
    ? DeclaredFunction<F>
    : P extends string
      ? P extends `${string}(${string}`
        ? IsFunctionPointer<P> extends true
          ? DeclaredVariable<MemberOut<P, T>, MemberIn<P, T>>
          : DeclaredFunction<FunctionOf<P, T>, ColumnOf<P, T>>
        : DeclaredVariable<MemberOut<P, T>, MemberIn<P, T>>
      : never;

/** A library with these exports: what `library` returns. */
export type LibraryOf<P extends Exports, T> = Library & {
  readonly [K in keyof P]: DeclaredOf<P[K], T>;
};

const MAX_PARAMETERS = 64;

/**
 * Declares functions and variables of a DLL by their C declarations. Nothing is loaded yet: a library is a value to be
 * shared by tests.
 *
 * @param path a bare name (`msvcr120.dll`: search paths, then the Windows search order) or a path, of Unix or Windows
 * @example const crt = library('msvcr120.dll', { pow: 'double pow(double x, double y)' })
 */
export function library<const P extends Exports, const T extends NamedTypes = NamedTypes>(
  path: string,
  exports: P,
  options: LibraryOptions<T, keyof P & string> = {},
): LibraryOf<P, KnownTypes<T>> {
  if (typeof path !== 'string') refuseDeclared('the name of a library', path, 'a name or a path', "'msvcr120.dll'");
  requireRecord(exports, `the exports of ${path}`, "names with declarations: `{ abs: 'int abs(int n)' }`");
  for (const [name, type] of Object.entries(options.types ?? {})) requireType(type, `the type "${name}" of ${path}`);
  const functions: Record<string, DeclaredFunction> = {};
  const variables: Record<string, DeclaredVariable> = {};
  const own: LibraryDeclaration = {
    path,
    dll: (path.split(/[\\/]/).at(-1) ?? path).toLowerCase(),
    errno: options.errno,
    stringBytes: options.stringBytes ?? 512,
    encoding: options.encoding ?? 'utf8',
    throwOnFailure: options.throwOnFailure ?? false,
    oracles: options.oracle === undefined ? [] : [options.oracle].flat(),
    functions,
    variables,
  };
  const exportedAs = (options.exports ?? {}) as Readonly<Record<string, string | number | undefined>>;
  const releases = (options.releases ?? {}) as Readonly<Record<string, string | undefined>>;
  for (const [key, entry] of Object.entries(exports)) {
    if (typeof entry !== 'string' && !isPrototypeObject(entry))
      refuseDeclared(`the entry "${key}" of ${path}`, entry, 'a declaration in C', "'int abs(int n)'");
    const { name, type } = isPrototypeObject(entry)
      ? { name: entry.type.name, type: entry.type }
      : parseExport(entry, options.types, options.convention);
    const common = { dll: own.dll, name, exportedAs: exportedAs[key], library: own };
    if (type.kind !== 'function') {
      variables[key] = { ...common, variable: type };
      continue;
    }
    checkParameters(type);
    const text = isPrototypeObject(entry) ? `${type.result.name} ${name}(…)` : entry;
    functions[key] = { ...common, prototype: text, type, freedBy: freedBy(key, type, releases) };
  }
  checkReleases(own, releases);
  return Object.assign({ [declaration]: own }, functions, variables) as unknown as LibraryOf<P, KnownTypes<T>>;
}

function checkParameters(type: FunctionType): void {
  if (type.parameters.length <= MAX_PARAMETERS) return;
  throw new DllparityError('PROTOTYPE_SYNTAX', {
    what: `${type.name} has too many parameters`,
    figures: [
      { name: 'declared', value: type.parameters.length, unit: 'parameters' },
      { name: 'limit', value: MAX_PARAMETERS, unit: 'parameters' },
    ],
    hint: 'Check the prototype.',
  });
}

type Releases = Readonly<Record<string, string | undefined>>;

function freedBy(key: string, { parameters }: FunctionType, releases: Releases): FreedBy {
  const stored = new Map<number, string>();
  parameters.forEach((parameter, index) => {
    const by = parameter.stored && releases[`${key}.${parameter.name}`];
    if (by) stored.set(index, by);
  });
  return { result: releases[key], stored };
}

function checkReleases({ functions, dll }: LibraryDeclaration, releases: Releases): void {
  for (const [key, releasing] of Object.entries(releases)) {
    if (releasing === undefined) continue;
    const [name = '', parameter] = functions[key] ? [key] : key.split('.');
    const declared = functions[name];
    if (functions[releasing]?.type.parameters.length !== 1 || !declared) {
      throw new DllparityError('PROTOTYPE_SYNTAX', {
        what: `\`releases\` of ${dll} says that ${releasing} frees what ${name} ${parameter === undefined ? 'returns' : 'stores'}`,
        hint: 'Both have to be functions of this library, and the second has to take one pointer.',
      });
    }
    const isStored = declared.type.parameters.some(({ name: own, stored }) => own === parameter && stored !== null);
    if (parameter === undefined || isStored) continue;
    throw new DllparityError('PROTOTYPE_SYNTAX', {
      what: `\`releases\` of ${dll} says that ${releasing} frees what ${name} stores behind ${parameter}, which is no parameter of that kind`,
      hint: `Name a parameter of ${name} that has _Outptr_result_z_ or _Outptr_result_buffer_(n).`,
    });
  }
}

/** A library of which nothing is declared: of functions that are known by their address, or declared in other ways. */
export function undeclaredLibrary(dll: string): LibraryDeclaration {
  return {
    path: '',
    dll,
    errno: undefined,
    stringBytes: 512,
    encoding: 'utf8',
    throwOnFailure: false,
    oracles: [],
    functions: {},
    variables: {},
  };
}
