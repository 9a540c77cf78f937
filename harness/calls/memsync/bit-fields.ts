// Bit-fields: some bits of a unit of 1 to 8 bytes.
import type { BitPlace, ScalarLayout } from '../../types/abi/layout-kinds.ts';
import { fitInteger } from './integers.ts';

function readUnit({ bytes }: ScalarLayout, view: DataView, at: number): bigint {
  switch (bytes) {
    case 1:
      return BigInt(view.getUint8(at));
    case 2:
      return BigInt(view.getUint16(at, true));
    case 4:
      return BigInt(view.getUint32(at, true));
    case 8:
      return view.getBigUint64(at, true);
  }
}

function writeUnit({ bytes }: ScalarLayout, view: DataView, at: number, value: bigint): void {
  switch (bytes) {
    case 1:
      view.setUint8(at, Number(value));
      break;
    case 2:
      view.setUint16(at, Number(value), true);
      break;
    case 4:
      view.setUint32(at, Number(value), true);
      break;
    case 8:
      view.setBigUint64(at, value, true);
  }
}

export function readBits(layout: ScalarLayout, { shift, width }: BitPlace, view: DataView, at: number): unknown {
  const raw = BigInt.asUintN(width, readUnit(layout, view, at) >> BigInt(shift));
  if (layout.code === 'bool') return raw !== 0n;
  return fitInteger(layout.code.startsWith('int') ? BigInt.asIntN(width, raw) : raw);
}

/** Writes the bits, or says which values fit: signed and unsigned ones of the width, since C programmers write both. */
export function writeBits(
  layout: ScalarLayout,
  { shift, width }: BitPlace,
  value: unknown,
  view: DataView,
  at: number,
): string | undefined {
  const named = typeof value === 'string' && layout.values ? layout.values[value] : value;
  const number = typeof named === 'boolean' ? Number(named) : named;
  const isWhole = typeof number === 'bigint' || (typeof number === 'number' && Number.isSafeInteger(number));
  const low = -(1n << BigInt(width - 1));
  const high = (1n << BigInt(width)) - 1n;
  if (!isWhole || BigInt(number) < low || BigInt(number) > high) {
    return `a whole number from ${low.toString()} to ${high.toString()}`;
  }
  const mask = ((1n << BigInt(width)) - 1n) << BigInt(shift);
  const bits = BigInt.asUintN(width, BigInt(number)) << BigInt(shift);
  writeUnit(layout, view, at, (readUnit(layout, view, at) & ~mask) | bits);
  return undefined;
}
