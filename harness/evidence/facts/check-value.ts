// Whether a value that is written can be one of its type: nothing is cut silently.
import { layoutOf } from '../../types/abi/layout.ts';
import type { CType } from '../../types/declare/types.ts';
import type { Check, Plain } from './fact.ts';
import { bitsOf, integerBits, integerOf } from './number-bits.ts';
import { NUMBER_TEXT } from './yaml/plain-values.ts';

/** What is wrong with a value, in words; undefined where nothing is. Pointers and size_t are taken for 64 bits. */
export function wrongValue(value: Plain, type: CType): string | undefined {
  if (type.kind !== 'scalar' && type.kind !== 'enum' && type.kind !== 'pointer') return undefined;
  if (typeof value === 'string' && !NUMBER_TEXT.test(value)) return `"${value}" is no ${type.name}`;
  const layout = layoutOf(type, 8);
  if (layout.kind === 'scalar' && (layout.code === 'double' || layout.code === 'float')) return undefined;
  if (integerOf(value) === undefined) {
    return typeof value === 'number' && Number.isInteger(value)
      ? `${String(value)} is beyond 2^53, and was read without its last digits: write it as text`
      : `${String(value)} is no whole number, and ${type.name} is one`;
  }
  const bits = layout.kind === 'scalar' ? bitsOf(layout.code) : 64;
  return integerBits(value, bits) === undefined ? `${String(value)} does not fit in ${type.name}` : undefined;
}

/** What is wrong with the values of a check of something of that type. */
export function wrongCheck(check: Check, type: CType): string | undefined {
  switch (check.kind) {
    case 'plain':
      return wrongValue(check.value, type);
    case 'any-of':
      return check.checks.map((each) => wrongCheck(each, type)).find((wrong) => wrong !== undefined);
    case 'not':
      return wrongCheck(check.check, type);
    case 'units': {
      const element = type.kind === 'array' ? type.element : type;
      return check.type === 'own'
        ? check.values.map((value) => wrongValue(value, element)).find((wrong) => wrong !== undefined)
        : undefined;
    }
    default:
      return undefined;
  }
}
