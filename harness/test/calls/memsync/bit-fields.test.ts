import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutOf } from '../../../types/abi/layout.ts';
import type { ScalarLayout } from '../../../types/abi/layout-kinds.ts';
import { parseType } from '../../../types/declare/parse-prototype.ts';
import { readBits, writeBits } from '../../../calls/memsync/bit-fields.ts';

const view = new DataView(new ArrayBuffer(8));
const wide64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const units = fc.constantFrom('int8_t', 'uint8_t', 'int16_t', 'uint16_t', 'int', 'unsigned', 'int64_t', 'uint64_t');

it('writes its own bits and no others, and reads them again with their sign', () => {
  fc.assert(
    fc.property(units, fc.nat(63), fc.nat(63), wide64, wide64, (unit, at, wide, noise, number) => {
      const layout = layoutOf(parseType(unit), 8) as ScalarLayout;
      const bits = layout.bytes * 8;
      const shift = at % bits;
      const width = 1 + (wide % (bits - shift));
      const signed = layout.code.startsWith('int');
      const value = signed ? BigInt.asIntN(width, number) : BigInt.asUintN(width, number);
      view.setBigUint64(0, noise, true);
      expect(writeBits(layout, { shift, width }, value, view, 0)).toBeUndefined();
      expect(BigInt(readBits(layout, { shift, width }, view, 0) as number | bigint)).toBe(value);
      const mask = ((1n << BigInt(width)) - 1n) << BigInt(shift);
      expect(view.getBigUint64(0, true) & ~mask).toBe(noise & ~mask);
    }),
  );
});

it('says which values fit', () => {
  const layout = layoutOf(parseType('int'), 8) as ScalarLayout;
  for (const value of [-4, 7, 0, 3n]) expect(writeBits(layout, { shift: 2, width: 3 }, value, view, 0)).toBeUndefined();
  for (const value of [-5, 8, 0.5, 'x', null, {}]) {
    expect(writeBits(layout, { shift: 2, width: 3 }, value, view, 0)).toBe('a whole number from -4 to 7');
  }
});
