// HOT: one scalar out of memory.
import type { ScalarCode } from '../../types/declare/types.ts';
import { fitInteger } from './integers.ts';

export function decodeScalar(code: ScalarCode, view: DataView, at: number): number | bigint | boolean {
  switch (code) {
    case 'bool':
      return view.getUint8(at) !== 0;
    case 'int8':
      return view.getInt8(at);
    case 'uint8':
      return view.getUint8(at);
    case 'int16':
      return view.getInt16(at, true);
    case 'uint16':
      return view.getUint16(at, true);
    case 'int32':
      return view.getInt32(at, true);
    case 'uint32':
      return view.getUint32(at, true);
    case 'int64':
      return fitInteger(view.getBigInt64(at, true));
    case 'uint64':
      return fitInteger(view.getBigUint64(at, true));
    case 'float':
      return view.getFloat32(at, true);
    case 'double':
      return view.getFloat64(at, true);
  }
}

/** An address, of 4 or 8 bytes. */
export function decodeAddress(bytes: 4 | 8, view: DataView, at: number): bigint {
  return bytes === 8 ? view.getBigUint64(at, true) : BigInt(view.getUint32(at, true));
}

export function encodeAddress(bytes: 4 | 8, address: bigint, view: DataView, at: number): void {
  if (bytes === 8) view.setBigUint64(at, address, true);
  else view.setUint32(at, Number(address), true);
}
