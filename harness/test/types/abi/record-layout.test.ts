// Where gcc has other rules than Microsoft's compiler; what both agree on is compared by reference-dlls/layouts.
import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../types/abi/layout.ts';
import { enumeration } from '../../../types/declare/enumeration.ts';
import { struct, union } from '../../../types/declare/struct.ts';
import { array } from '../../../types/declare/type-objects.ts';
import type { RecordType } from '../../../types/declare/types.ts';
import { readBits } from '../../../calls/memsync/bit-fields.ts';

const shape = (type: RecordType) => {
  const { bytes, alignment, members } = layoutOf(type, 8);
  return { bytes, alignment, offsets: members.map(({ offset }) => offset) };
};

describe('a union', () => {
  it('is not aligned to the types of its bit-fields, but as wide as they are', () => {
    const bits = union('bits', { a: 'unsigned : 3', b: 'int64_t : 20', c: 'char' });
    expect(shape(bits)).toMatchObject({ bytes: 8, alignment: 1 });
    expect(shape(struct('s', { tag: 'char', bits }))).toEqual({ bytes: 9, alignment: 1, offsets: [0, 1] });
    expect(shape(union('u', { a: 'int64_t : 3', word: 'short' }))).toMatchObject({ bytes: 8, alignment: 2 });
  });

  it('has room for a bit-field without width behind another', () => {
    expect(shape(union('u', { a: 'char : 3', close: 'int : 0' }))).toMatchObject({ bytes: 4, alignment: 1 });
    expect(shape(union('u', { a: 'char', close: 'int : 0' }))).toMatchObject({ bytes: 1, alignment: 1 });
  });
});

describe('alignment that a member asks for', () => {
  const aligned = struct('aligned', { a: 'int' }, { align: 16 });

  it('outlasts packing, directly, in arrays and in structs', () => {
    const expected = { bytes: 32, alignment: 16, offsets: [0, 16] };
    for (const inside of [aligned, array(aligned, 1), struct('around', { aligned })]) {
      expect(shape(struct('s', { tag: 'char', inside }, { pack: 1 }))).toEqual(expected);
    }
  });

  it('is lowered where nobody asked', () => {
    expect(shape(struct('s', { tag: 'char', inside: struct('plain', { a: 'int' }) }, { pack: 1 }))).toEqual({
      bytes: 5,
      alignment: 1,
      offsets: [0, 1],
    });
  });
});

it('the bits of an enumeration have its sign', () => {
  const color = enumeration('color', { RED: 0, BLUE: 7 });
  const [member] = layoutOf(struct('s', { color: struct('c', { at: color }) }), 8).members;
  const inner = member?.layout.kind === 'struct' ? member.layout.members[0]?.layout : undefined;
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, 7, true);
  if (inner?.kind !== 'scalar') throw new Error('no scalar');
  expect(readBits(inner, { shift: 0, width: 3 }, view, 0)).toBe(-1);
});
