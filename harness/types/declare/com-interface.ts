// COM interfaces: an object begins with a pointer to a table of functions, each of which takes the object first
// (Microsoft, "Interface Pointers and Interfaces").
import { parsePrototype } from './parse-prototype.ts';
import type { NamedTypes } from './parse-declaration.ts';
import type { FunctionOf } from './prototype-types.ts';
import { type FunctionType, type Parameter, pointerTo } from './types.ts';
import type { KnownTypes } from './windows-types.ts';

/** A declared interface. `M` is the TypeScript type of its methods. */
export interface ComInterface<M = unknown> {
  readonly name: string;
  /** In the order of the table, those of the parent first. Each takes `this` as its first parameter. */
  readonly methods: readonly FunctionType[];
  /** Never present: carries the type. */
  readonly methodTypes?: M;
}

type MethodName<P extends string> = P extends `${infer Head}(${string}` ? LastWord<Head> : never;
type LastWord<S extends string> = S extends `${string} ${infer R}`
  ? LastWord<R>
  : S extends `${string}*${infer R}`
    ? LastWord<R>
    : S;
type Methods<P extends readonly string[], T> = { readonly [S in P[number] as MethodName<S>]: FunctionOf<S, T> };

const self: Parameter = {
  name: 'this',
  type: pointerTo({ kind: 'void', name: 'void' }),
  direction: 'in',
  extent: null,
  stored: null,
  least: null,
};

/**
 * Declares a COM interface by the prototypes of its methods, in the order of its table and without `this`.
 *
 * @example comInterface('ID3DBlob', IUnknown, ['void *GetBufferPointer()', 'SIZE_T GetBufferSize()'])
 */
export function comInterface<const P extends readonly string[], M, const T extends NamedTypes = NamedTypes>(
  name: string,
  parent: ComInterface<M> | null,
  methods: P,
  types?: T,
): ComInterface<M & Methods<P, KnownTypes<T>>> {
  const own = methods.map((source): FunctionType => {
    const type = parsePrototype(source, types);
    // COM is stdcall on ia32, and its methods are those of C++.
    return { ...type, parameters: [self, ...type.parameters], convention: 'stdcall', method: true };
  });
  return { name, methods: [...(parent?.methods ?? []), ...own] };
}

/** What every COM object has. */
export const IUnknown = comInterface('IUnknown', null, [
  'HRESULT QueryInterface(REFIID riid, _Out_ void **object)',
  'ULONG AddRef()',
  'ULONG Release()',
]);
