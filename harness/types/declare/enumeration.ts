import { DllparityError } from '../../base/errors.ts';
import { scalarNamed } from './scalars.ts';
import type { EnumType, ScalarCode } from './types.ts';
import type { Typed } from './values.ts';

type Values = Readonly<Record<string, number | bigint>>;

const RANGES: Readonly<Partial<Record<ScalarCode, readonly [bigint, bigint]>>> = {
  int8: [-0x80n, 0x7fn],
  uint8: [0n, 0xffn],
  int16: [-0x8000n, 0x7fffn],
  uint16: [0n, 0xffffn],
  int32: [-0x8000_0000n, 0xffff_ffffn], // C programmers write 0x80000000 in an enumeration of int.
  uint32: [0n, 0xffff_ffffn],
  int64: [-(1n << 63n), (1n << 63n) - 1n],
  uint64: [0n, (1n << 64n) - 1n],
};

/**
 * Declares an enumeration. A value is read as a number, and written as a number or by its name.
 *
 * @param storage the integer type that holds it. @default int, as Microsoft's compiler has it
 * @example enumeration('color', { RED: 0, GREEN: 1 })
 */
export function enumeration<const V extends Values>(
  name: string,
  values: V,
  storage = 'int',
): EnumType & { readonly values: V } & Typed<number, number | (keyof V & string)> {
  const type = scalarNamed(storage);
  const range = type && RANGES[type.code as ScalarCode];
  if (!type || !range) {
    throw new DllparityError('PROTOTYPE_TYPE_UNKNOWN', {
      what: `the enumeration ${name} cannot be stored as "${storage}"`,
      hint: 'Use an integer type of fixed width, such as int or uint8_t.',
    });
  }
  for (const [key, value] of Object.entries(values)) {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) refuse(name, key, value, storage);
    if (BigInt(value) < range[0] || BigInt(value) > range[1]) refuse(name, key, value, storage);
  }
  return { kind: 'enum', name, code: type.code as ScalarCode, values };
}

function refuse(name: string, key: string, value: number | bigint, storage: string): never {
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `${key} = ${value.toString()} of the enumeration ${name} does not fit in ${storage}`,
    hint: 'Give the enumeration a wider type: its third argument.',
  });
}
