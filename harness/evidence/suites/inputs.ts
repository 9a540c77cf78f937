// Inputs of a case: as generated, as JSON in a baseline, and as arguments of a call.
import type { VariadicArgument } from '../../types/declare/prototype-types.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import {
  type CType,
  type FunctionType,
  type Parameter,
  type PointerType,
  type RecordType,
  type ScalarType,
  textOf,
} from '../../types/declare/types.ts';
import { jsonFromNumber, numberFromJson } from '../compare/floating.ts';
import type { Json } from '../compare/json.ts';
import { DllparityError } from '../../base/errors.ts';
import { elementsOf } from '../../calls/memsync/extents.ts';
import { FILL, OutBuffer } from './out-buffer.ts';

const ARRAYS = {
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  float: Float32Array,
  double: Float64Array,
} as const;
type ArrayName = keyof typeof ARRAYS;

function refuse(parameter: string, value: unknown): never {
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `an input for "${parameter}" cannot be stored in a baseline: ${typeof value === 'object' ? (value?.constructor.name ?? 'null') : typeof value}`,
    hint: 'Generate numbers, strings, booleans, `outBuffer(...)`, typed arrays, null, or `as(value, type)` for variadic arguments.',
  });
}

/** The JSON of a generated value. */
export function inputToJson(value: unknown, name: string): Json {
  switch (typeof value) {
    case 'number':
      return jsonFromNumber(value);
    case 'bigint':
      return value > -(2n ** 53n) && value < 2n ** 53n ? Number(value) : value.toString();
    case 'string':
    case 'boolean':
      return value;
    case 'object':
      return value === null ? null : objectToJson(value, name);
    default:
      return refuse(name, value);
  }
}

function objectToJson(value: object, name: string): Json {
  if (value instanceof OutBuffer)
    return value.text === null ? { room: value.size } : { room: value.size, text: value.text };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (Array.isArray(value)) return value.map((element) => inputToJson(element, name));
  for (const [array, constructor] of Object.entries(ARRAYS)) {
    if (value instanceof constructor) return { [array]: Array.from(value, jsonFromNumber) };
  }
  if ('as' in value && 'value' in value && typeof value.as === 'string')
    return { as: value.as, value: inputToJson(value.value, name) };
  const entries = Object.entries(value as Record<string, unknown>);
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of fc.record have no prototype at times.
  if (prototype !== Object.prototype && prototype !== null) return refuse(name, value);
  return Object.fromEntries(entries.map(([key, member]) => [key, inputToJson(member, name)]));
}

/** The argument for a parameter, with memory of its own. */
export function argumentFromJson(json: Json, type: CType): unknown {
  if (type.kind === 'scalar') return scalarFromJson(json, type);
  if (type.kind === 'pointer') return memoryFromJson(json, type);
  return type.kind === 'struct' || type.kind === 'union' ? structFromJson(json, type) : json;
}

/** The members of a struct: an infinity or a 64-bit integer in it is text in JSON, as elsewhere. */
function structFromJson(json: Json, type: RecordType): unknown {
  const members = json as Readonly<Record<string, Json>>;
  return Object.fromEntries(
    type.members
      .filter(({ name }) => Object.hasOwn(members, name))
      .map((member) => [member.name, argumentFromJson(members[member.name] ?? null, member.type)]),
  );
}

function scalarFromJson(json: Json, type: ScalarType): unknown {
  if (type.code === 'double' || type.code === 'float') return numberFromJson(json);
  return integerFromJson(json);
}

/** A whole number: beyond 2^53 it is text in JSON, and so is the -0 that a generator of numbers may give. */
export function integerFromJson(json: Json): Json | bigint {
  if (typeof json !== 'string') return json;
  return json === '-0' ? 0 : BigInt(json);
}

function memoryFromJson(json: Json, type: PointerType): unknown {
  if (json === null) return null;
  const wide = textOf(type.target) === 'wchar';
  if (typeof json === 'string') return wide ? wideText(json, json.length + 1) : Buffer.from(`${json}\0`, 'latin1');
  if (Array.isArray(json)) {
    const { target } = type;
    return json.map((element: Json) => argumentFromJson(element, target));
  }
  const object = json as Readonly<Record<string, Json>>;
  if (typeof object['room'] === 'number') return roomMemory(object['room'], object['text'], wide);
  if (typeof object['bytes'] === 'string') return Buffer.from(object['bytes'], 'hex');
  for (const name of Object.keys(ARRAYS) as ArrayName[]) {
    const values = object[name];
    if (Array.isArray(values)) return new ARRAYS[name](values.map(numberFromJson));
  }
  return type.target.kind === 'struct' || type.target.kind === 'union' ? structFromJson(json, type.target) : json;
}

function roomMemory(size: number, text: Json | undefined, wide: boolean): Uint8Array | Uint16Array {
  if (wide) return wideText(typeof text === 'string' ? text : null, size);
  const bytes = Buffer.alloc(size, FILL);
  if (typeof text === 'string') bytes.write(`${text}\0`, 'latin1');
  return bytes;
}

function wideText(text: string | null, units: number): Uint16Array {
  const memory = new Uint16Array(units).fill(FILL * 0x101);
  if (text !== null) {
    for (let i = 0; i < text.length; i++) memory[i] = text.charCodeAt(i);
    memory[text.length] = 0;
  }
  return memory;
}

/** The type of a variadic input and its value, with memory of its own, out of their JSON. */
/** Type and value of an input for `...`. */
export function variadicInput(json: Json): readonly [type: CType, value: Json] {
  const { as, value } = json as { readonly as: string; readonly value: Json };
  return [typeOf(as), value];
}

export function variadicFromJson(json: Json): VariadicArgument {
  const { as } = json as { readonly as: string };
  const [type, value] = variadicInput(json);
  if (type.kind === 'pointer') return { as, value: argumentFromJson(value, type) };
  const floating = type.kind === 'scalar' && (type.code === 'double' || type.code === 'float');
  return { as, value: floating ? numberFromJson(value) : typeof value === 'string' ? BigInt(value) : value };
}

/** Parameters whose arguments are generated; the others, `_Out_` ones, get a fresh place to write to. */
export function isInput(parameter: Parameter): boolean {
  return parameter.direction !== 'out';
}

/** Throws ARGUMENT_COUNT, or ARGUMENT_TYPE, when a case has more inputs than the function has parameters for them. */
export function checkInputCount(inputs: readonly Json[], { name, parameters, variadic }: FunctionType): void {
  const wanted = parameters.filter(isInput).length;
  if (inputs.length === wanted) return;
  if (inputs.length < wanted || !variadic) {
    throw new DllparityError('ARGUMENT_COUNT', {
      what: `a case of ${name} has the wrong number of inputs`,
      figures: [
        { name: 'given', value: inputs.length, unit: 'inputs' },
        { name: 'wanted', value: wanted, unit: 'inputs' },
      ],
      hint: 'Give one input for each parameter that is not `_Out_`.',
    });
  }
  for (const [index, json] of inputs.entries()) {
    if (index < wanted || (json !== null && typeof json === 'object' && 'as' in json && 'value' in json)) continue;
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `input ${index.toString()} of ${name} belongs to "..." and has no type`,
      hint: "Give it one with `as`, for example as(1.5, 'double') or as([0], 'int *').",
    });
  }
}

/** All arguments of a call. Throws ARGUMENT_TYPE where the place behind an `_Out_` text has no known length. */
export function argumentsFromJson(inputs: readonly Json[], parameters: readonly Parameter[]): unknown[] {
  let next = 0;
  const args: unknown[] = parameters.map((parameter) =>
    isInput(parameter) ? argumentFromJson(inputs[next++] ?? null, parameter.type) : null,
  );
  // Lengths may be named by parameters that follow.
  parameters.forEach((parameter, index) => {
    if (!isInput(parameter)) args[index] = outPlace(parameter, parameters, args);
  });
  while (next < inputs.length) args.push(variadicFromJson(inputs[next++] ?? null));
  return args;
}

/** Fresh memory of the length that the annotation gives; one element without any. */
function outPlace(parameter: Parameter, parameters: readonly Parameter[], args: readonly unknown[]): unknown {
  const target = parameter.type.kind === 'pointer' ? parameter.type.target : undefined;
  const text = target && textOf(target);
  const plain = text !== undefined && text !== null;
  if (!parameter.extent) return plain ? refuseLength(parameter) : [null];
  // Bytes are counted only of texts: the size of anything else depends on the architecture.
  const bytes = plain ? (text === 'wchar' ? 2 : 1) : parameter.extent.unit === 'bytes' ? undefined : 1;
  const count = bytes === undefined ? undefined : elementsOf(parameter.extent, bytes, parameters, args);
  if (count === undefined) return refuseLength(parameter);
  return plain ? roomMemory(count, undefined, text === 'wchar') : new Array<null>(count).fill(null);
}

function refuseLength({ name, type }: Parameter): never {
  throw new DllparityError('ARGUMENT_TYPE', {
    what: `"${name}" of type ${type.name} is \`_Out_\`, and nothing says how much room it needs`,
    hint: 'Annotate it, for example `_Out_writes_z_(size) char *buffer`, or leave `_Out_` away and give `outBuffer(size)`.',
  });
}
