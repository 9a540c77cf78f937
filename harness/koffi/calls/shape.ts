// koffi's types as the calling conventions see them: only width, class and size count there.
import { type Placement, placeArguments } from '../../types/abi/place-arguments.ts';
import { arrayOf, type Convention, type CType, pointerTo, type ScalarCode } from '../../types/declare/types.ts';
import type { Parameter, Prototype, Type } from '../types/type.ts';

const VOID: CType = { kind: 'void', name: 'void' };
const BYTE: CType = { kind: 'scalar', code: 'uint8', name: 'uint8_t', text: null };
const CODES: Readonly<Record<string, ScalarCode>> = { Bool: 'bool', Float32: 'float', Float64: 'double' };

function shapeOf(type: Type): CType {
  const { name, primitive, size } = type;
  if (primitive === 'Void') return VOID;
  if (type.isAggregate) {
    const members = [{ name: 'bytes', type: arrayOf(BYTE, size), bits: null }];
    return { kind: 'struct', name, members, pack: null, align: null };
  }
  const code = CODES[primitive] ?? (type.isInteger ? integerCode(primitive) : undefined);
  return code ? { kind: 'scalar', code, name, text: null } : pointerTo(VOID);
}

function integerCode(primitive: string): ScalarCode {
  return primitive.replace(/S$/, '').toLowerCase() as ScalarCode;
}

/** Where arguments and result travel. */
export function place(
  prototype: Pick<Prototype, 'name' | 'convention' | 'result' | 'variadic'>,
  parameters: readonly Parameter[],
  pointerBytes: 4 | 8,
): Placement {
  return placeArguments(
    {
      kind: 'function',
      name: prototype.name,
      result: shapeOf(prototype.result),
      resultExtent: null,
      parameters: parameters.map(({ type }, index) => ({
        name: `argument ${index.toString()}`,
        type: shapeOf(type),
        direction: 'in',
        extent: null,
        stored: null,
        least: null,
      })),
      variadic: prototype.variadic,
      convention: prototype.convention.slice(2) as Convention,
      method: false,
    },
    pointerBytes,
  );
}
