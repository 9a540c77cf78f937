// HOT (scalars): values of C types out of memory.
import type { CType } from '../declare/types.ts';

/** 64-bit integers are numbers while that is exact, as koffi has it, and bigints beyond. */
export function fitInteger(value: bigint): number | bigint {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Makes what stands for a non-null pointer. */
export type ToPointer = (address: bigint) => unknown;

/** The value of `type` at `offset`. */
export function decodeValue(type: CType, view: DataView, offset: number, toPointer: ToPointer): unknown {
  switch (type.kind) {
    case 'scalar':
      switch (type.code) {
        case 'bool':
          return view.getUint8(offset) !== 0;
        case 'int8':
          return view.getInt8(offset);
        case 'uint8':
          return view.getUint8(offset);
        case 'int16':
          return view.getInt16(offset, true);
        case 'uint16':
          return view.getUint16(offset, true);
        case 'int32':
          return view.getInt32(offset, true);
        case 'uint32':
          return view.getUint32(offset, true);
        case 'int64':
          return fitInteger(view.getBigInt64(offset, true));
        case 'uint64':
          return fitInteger(view.getBigUint64(offset, true));
        case 'float':
          return view.getFloat32(offset, true);
        case 'double':
          return view.getFloat64(offset, true);
      }
      break;
    case 'pointer': {
      const address = view.getBigUint64(offset, true);
      return address === 0n ? null : toPointer(address);
    }
    case 'struct':
      return Object.fromEntries(
        type.members.map((member) => [member.name, decodeValue(member.type, view, offset + member.offset, toPointer)]),
      );
    case 'void':
    case 'function':
      return undefined;
  }
}
