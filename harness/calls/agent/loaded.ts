import type { DeclaredFunction, DeclaredVariable } from '../../types/declare/library.ts';
import type { BoundFunction } from './bound-function.ts';
import type { Variable } from './loaded-variable.ts';

/** A library whose functions can be called, and whose variables can be read and written. */
export type Loaded<L> = {
  readonly [K in keyof L as K extends symbol ? never : K]: L[K] extends DeclaredFunction<infer F, infer C>
    ? BoundFunction<F, C>
    : L[K] extends DeclaredVariable<infer Out, infer In>
      ? Variable<Out, In>
      : never;
};
