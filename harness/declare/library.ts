import { DllparityError } from '../errors.ts';
import type { OracleDll } from './oracle-dll.ts';
import { parsePrototype } from './parse-prototype.ts';
import type { FunctionOf } from './prototype-types.ts';
import type { FunctionType, StructType } from './types.ts';
import type { StructValue } from './values.ts';

/** Structs that prototypes may name. */
export type StructTypes = Readonly<Record<string, StructType & StructValue<unknown>>>;

export interface LibraryOptions<T extends StructTypes = StructTypes> {
  /** Structs by the name the prototypes use. */
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
   * The Microsoft DLL that vouches for baselines of this library.
   * @default none: the library has no conformance suites
   */
  readonly oracle?: OracleDll;
}

/** One function of a library, as declared. `F` is its TypeScript type. */
export interface DeclaredFunction<F = unknown> {
  /** File name of the DLL, in lower case. */
  readonly dll: string;
  /** Name under which the DLL exports it. */
  readonly name: string;
  readonly prototype: string;
  readonly type: FunctionType;
  readonly library: LibraryDeclaration;
  /** Never present: carries the type. */
  readonly signature?: F;
}

/** What `library` knows beside the functions. */
export interface LibraryDeclaration {
  /** As written: a bare name, or a path. */
  readonly path: string;
  /** File name in lower case. */
  readonly dll: string;
  readonly errno: string | undefined;
  readonly stringBytes: number;
  readonly oracle: OracleDll | undefined;
  readonly functions: Readonly<Record<string, DeclaredFunction>>;
}

/** Symbol under which a library keeps its declaration, out of the way of its functions' names. */
export const declaration: unique symbol = Symbol('dllparity.library');

/** Any library. */
export interface Library {
  readonly [declaration]: LibraryDeclaration;
}

/** A library with these functions: what `library` returns. */
export type LibraryOf<P extends Readonly<Record<string, string>>, T> = Library & {
  readonly [K in keyof P]: DeclaredFunction<FunctionOf<P[K], T>>;
};

/**
 * Declares functions of a DLL by their C prototypes. Nothing is loaded yet: a library is a value to be shared by tests.
 *
 * @param path a bare name (`msvcr120.dll`: search paths, then the Windows search order) or a path, of Unix or Windows
 * @example const crt = library('msvcr120.dll', { pow: 'double pow(double x, double y)' })
 */
export function library<const P extends Readonly<Record<string, string>>, const T extends StructTypes = StructTypes>(
  path: string,
  prototypes: P,
  options: LibraryOptions<T> = {},
): LibraryOf<P, T> {
  const functions: Record<string, DeclaredFunction> = {};
  const own: LibraryDeclaration = {
    path,
    dll: (path.split(/[\\/]/).at(-1) ?? path).toLowerCase(),
    errno: options.errno,
    stringBytes: options.stringBytes ?? 512,
    oracle: options.oracle,
    functions,
  };
  for (const [key, prototype] of Object.entries(prototypes)) {
    const type = parsePrototype(prototype, options.types);
    if (type.parameters.length > 64) {
      throw new DllparityError('PROTOTYPE_SYNTAX', {
        what: `${type.name} has too many parameters`,
        figures: [
          { name: 'declared', value: type.parameters.length, unit: 'parameters' },
          { name: 'limit', value: 64, unit: 'parameters' },
        ],
        hint: 'Check the prototype.',
      });
    }
    functions[key] = { dll: own.dll, name: type.name, prototype, type, library: own };
  }
  return Object.assign({ [declaration]: own }, functions) as unknown as LibraryOf<P, T>;
}
