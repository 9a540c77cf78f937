// All specs, in the order in which they are asked.
import { callbacks } from './callbacks.spec.ts';
import { functions } from './functions.spec.ts';
import { memory } from './memory.spec.ts';
import { pointers } from './pointers.spec.ts';
import { prototypes } from './prototypes.spec.ts';
import type { Spec } from './record.ts';
import { scalars } from './scalars.spec.ts';
import { strings } from './strings.spec.ts';
import { structs } from './structs.spec.ts';
import { types } from './types.spec.ts';
import { unions } from './unions.spec.ts';
import { values } from './values.spec.ts';

export const specs: Readonly<Record<string, Spec>> = {
  types,
  prototypes,
  scalars,
  strings,
  structs,
  unions,
  pointers,
  callbacks,
  functions,
  values,
  memory,
};
