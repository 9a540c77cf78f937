// Arguments that follow the parameters of a variadic function, each with its type.
import { layoutOf } from '../../types/abi/layout.ts';
import type { Layout, PointerBytes } from '../../types/abi/layout-kinds.ts';
import { scalarNamed } from '../../types/declare/scalars.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import type { CType } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import { describe } from '../memsync/encode-scalar.ts';
import { isTyped } from '../memsync/typed-value.ts';

// Types repeat: 3,000 calls of printf use a dozen.
const promoted = new Map<string, CType>();

/** The type and value of an argument that belongs to "...". */
export function variadicType(
  argument: unknown,
  where: () => string,
): { readonly type: CType; readonly value: unknown } {
  if (!isTyped(argument)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `${where()} belongs to "..." and has no type: ${describe(argument)}`,
      hint: "Give it one with `as`, for example as(1.5, 'double') or as(3, 'int').",
    });
  }
  const { as: named, value } = argument;
  if (typeof named !== 'string') return { type: promote(typeOf(named)), value };
  let type = promoted.get(named);
  if (!type) {
    type = promote(typeOf(named));
    promoted.set(named, type);
  }
  return { type, value };
}

/** C promotes variadic arguments: float to double, narrow integers to int (C11 6.5.2.2). */
function promote(type: CType): CType {
  if (type.kind !== 'scalar') return type;
  if (type.code === 'float') return scalarNamed('double') ?? type;
  return /^(?:u?int8|u?int16|bool)$/.test(type.code) ? { ...type, code: 'int32' } : type;
}

/** Layouts of the variadic arguments among `args`. */
export function variadicLayouts(
  args: readonly unknown[],
  parameters: number,
  pointerBytes: PointerBytes,
  nameOf: (index: number) => string,
): Layout[] {
  const layouts: Layout[] = [];
  for (let i = parameters; i < args.length; i++) {
    layouts.push(layoutOf(variadicType(args[i], () => nameOf(i)).type, pointerBytes));
  }
  return layouts;
}
