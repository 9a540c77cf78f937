// Prototypes as objects, for those who would rather have their editor complete them than parse C.
import { refuseDeclared, requireType } from './check-declared.ts';
import type { VariadicArgument } from './prototype-types.ts';
import type { MemberIn, MemberOut, AnyType, Numbers, PointerCell } from './values.ts';
import { typeOf } from './type-objects.ts';
import type { Convention, CType, Direction, FunctionType } from './types.ts';

/** A parameter with a direction of its own: made by `out` and `inout`. */
export interface Directed<T extends AnyType> {
  readonly direction: Direction;
  readonly type: T;
}

/** A name and a type. */
export type NamedParameter = readonly [name: string, type: AnyType | Directed<AnyType>];

/** What is passed for a parameter: memory for pointers, values for the rest. */
type ArgumentFor<P> =
  P extends Directed<AnyType>
    ? PointerCell | Numbers
    : P extends AnyType
      ? PointerCell extends MemberIn<P>
        ? PointerCell | Numbers
        : MemberIn<P>
      : never;

type ArgumentsOf<P extends readonly NamedParameter[]> = { -readonly [I in keyof P]: ArgumentFor<P[I][1]> };

/** A function declared by `prototype`. */
export interface PrototypeObject<F = unknown> {
  readonly type: FunctionType;
  /** Never present: carries the type. */
  readonly signature?: F;
}

export interface PrototypeOptions<R extends AnyType, P extends readonly NamedParameter[], V extends boolean> {
  readonly name: string;
  /** @default void */
  readonly result?: R;
  /** Names and types, in order. @default none */
  readonly parameters?: P;
  /** @default cdecl */
  readonly convention?: Convention;
  /** More arguments may follow, made by `as`. @default false */
  readonly variadic?: V;
}

/** The function writes what is behind this pointer, and does not read it. */
export function out<const T extends AnyType>(type: T): Directed<T> {
  return { direction: 'out', type };
}

/** The function reads and writes what is behind this pointer, also where its type is const. */
export function inout<const T extends AnyType>(type: T): Directed<T> {
  return { direction: 'inout', type };
}

/**
 * Declares a function by objects instead of by C text.
 *
 * @example prototype({ name: 'scale', result: 'double', parameters: [['p', out(pointer(point))], ['by', 'double']] })
 */
export function prototype<
  const R extends AnyType = 'void',
  const P extends readonly NamedParameter[] = [],
  const V extends boolean = false,
>(
  options: PrototypeOptions<R, P, V>,
): PrototypeObject<
  (
    ...args: V extends true ? [...ArgumentsOf<P>, ...VariadicArgument[]] : ArgumentsOf<P>
  ) => R extends 'void' ? undefined : MemberOut<R>
> {
  checkOptions(options);
  const type: FunctionType = {
    kind: 'function',
    name: options.name,
    result: typeOf(options.result ?? 'void'),
    resultExtent: null,
    parameters: (options.parameters ?? []).map(([name, given]) => {
      const directed = isDirected(given);
      const parameter = typeOf(directed ? given.type : given);
      const direction = directed ? given.direction : directionOf(parameter);
      return { name, type: parameter, direction, extent: null, stored: null, least: null };
    }),
    variadic: options.variadic ?? false,
    convention: options.convention ?? 'cdecl',
    method: false,
  };
  return { type };
}

function checkOptions({
  name,
  result,
  parameters,
}: { readonly [K in 'name' | 'result' | 'parameters']?: unknown }): void {
  if (typeof name !== 'string') refuseDeclared('the name of a prototype', name, 'a name', "`name: 'abs'`");
  if (result !== undefined) requireType(result, `the result of ${name}`);
  const example = "`[['n', 'int']]`";
  if (parameters === undefined) return;
  if (!Array.isArray(parameters))
    refuseDeclared(`what ${name} takes`, parameters, 'a list of names with types', example);
  for (const [index, pair] of parameters.entries() as Iterable<[number, unknown]>) {
    if (!Array.isArray(pair) || typeof pair[0] !== 'string')
      refuseDeclared(`parameter ${(index + 1).toString()} of ${name}`, pair, 'a name with a type', "`['n', 'int']`");
    const [own, given] = pair as [string, AnyType | Directed<AnyType>];
    requireType(isDirected(given) ? given.type : given, `the parameter "${own}" of ${name}`);
  }
}

function isDirected(given: AnyType | Directed<AnyType>): given is Directed<AnyType> {
  return typeof given === 'object' && (given as unknown) !== null && 'direction' in given;
}

function directionOf(type: CType): Direction {
  return type.kind === 'pointer' && !type.const && type.target.kind !== 'function' ? 'inout' : 'in';
}

/** Whether a library's entry was made by `prototype`. */
export function isPrototypeObject(entry: unknown): entry is PrototypeObject {
  return typeof entry === 'object' && entry !== null && 'type' in entry;
}
