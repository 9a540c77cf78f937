// HOT: scalars in argument slots and result registers, widened with their sign as koffi does; the core leaves the rest of a slot zero.
import type { Primitive } from '../types/type.ts';
import { type Store, storeOf } from '../values/numbers.ts';

const WIDTHS: Readonly<Partial<Record<Primitive, { bits: number; signed: boolean }>>> = {
  Bool: { bits: 8, signed: false },
  Int8: { bits: 8, signed: true },
  UInt8: { bits: 8, signed: false },
  Int16: { bits: 16, signed: true },
  Int16S: { bits: 16, signed: true },
  UInt16: { bits: 16, signed: false },
  UInt16S: { bits: 16, signed: false },
  Int32: { bits: 32, signed: true },
  Int32S: { bits: 32, signed: true },
  UInt32: { bits: 32, signed: false },
  UInt32S: { bits: 32, signed: false },
};

/** Writes a scalar into a slot of `slotBytes` (a 64-bit one takes two narrow slots). */
export function slotStore(primitive: Primitive, slotBytes: 4 | 8): Store | undefined {
  const store = storeOf(primitive);
  const width = WIDTHS[primitive];
  if (!store) return undefined;
  if (primitive === 'Float32' && slotBytes === 8) {
    return (view, at, value) => {
      view.setInt32(at + 4, -1, true);
      store(view, at, value);
    };
  }
  if (!width) return store;
  const unused = 32 - width.bits;
  const { signed } = width;
  return (view, at, value) => {
    store(view, at, value);
    const raw = view.getInt32(at, true);
    const word = unused === 0 ? raw : signed ? (raw << unused) >> unused : (raw << unused) >>> unused;
    if (unused !== 0) view.setInt32(at, word, true);
    if (slotBytes === 8) view.setInt32(at + 4, signed ? word >> 31 : 0, true);
  };
}
