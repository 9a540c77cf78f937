// What koffi calls the class of a value in its messages.
import { typeOfCast } from '../values/cast.ts';
import { DirectionMarker } from './direction-marker.ts';

const WORDS = {
  undefined: 'Undefined',
  boolean: 'Boolean',
  number: 'Number',
  string: 'String',
  symbol: 'Symbol',
  object: 'Object',
  function: 'Function',
  bigint: 'BigInt',
} as const;

export function describeValue(value: unknown): string {
  if (typeof value !== 'object') return WORDS[typeof value];
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  if (value instanceof DataView) return 'Buffer';
  if (ArrayBuffer.isView(value)) return value instanceof Uint8Array ? 'Uint8Array' : value.constructor.name;
  if (value instanceof ArrayBuffer) return 'ArrayBuffer';
  if (value instanceof DirectionMarker) return 'External';
  return typeOfCast(value)?.name ?? 'Object';
}
