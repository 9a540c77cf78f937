// koffi's types as the calling conventions see them: only width, class and size count there, and whether a result is text.
import {
  arrayOf,
  type Convention,
  type CType,
  type FunctionType,
  pointerTo,
  type ScalarCode,
} from '../../types/declare/types.ts';
import type { Parameter, Prototype, Type } from '../types/type.ts';

const VOID: CType = { kind: 'void', name: 'void' };
const BYTE: CType = { kind: 'scalar', code: 'uint8', name: 'uint8_t', text: null };
const TEXTS: Readonly<Record<string, CType>> = {
  String: pointerTo({ kind: 'scalar', code: 'int8', name: 'char', text: 'char' }),
  String16: pointerTo({ kind: 'scalar', code: 'uint16', name: 'wchar_t', text: 'wchar' }),
};
const CODES: Readonly<Record<string, ScalarCode>> = { Bool: 'bool', Float32: 'float', Float64: 'double' };

function shapeOf(type: Type): CType {
  const { name, primitive, size } = type;
  if (primitive === 'Void') return VOID;
  if (type.isAggregate) {
    // Where its members lie is koffi's own affair: it aligns each as its definition asks.
    const members = [{ name: 'bytes', type: arrayOf(BYTE, size), bits: null }];
    return { kind: 'struct', name, members, pack: null, align: null };
  }
  const code = CODES[primitive] ?? (type.isInteger ? integerCode(primitive) : undefined);
  return code ? { kind: 'scalar', code, name, text: null } : (TEXTS[primitive] ?? pointerTo(VOID));
}

function integerCode(primitive: string): ScalarCode {
  return primitive.replace(/S$/, '').toLowerCase() as ScalarCode;
}

/** A function or callback. @param parameters those of one call, of a variadic function */
export function functionType(
  { name, convention, result, variadic, parameters: own }: Prototype,
  parameters: readonly Parameter[] = own,
): FunctionType {
  return {
    kind: 'function',
    name,
    result: shapeOf(result),
    resultExtent: null,
    parameters: parameters.map(({ type }, index) => ({
      name: `argument ${index.toString()}`,
      type: shapeOf(type),
      direction: 'in',
      extent: null,
      stored: null,
      least: null,
    })),
    variadic,
    convention: convention.slice(2) as Convention,
    method: false,
  };
}
