import {
  array,
  as,
  describe,
  expect,
  guidText,
  offsetsOf,
  pointer,
  sizeOf,
  struct,
  test,
  unicodeString,
} from 'dllparity';
import {
  block,
  color,
  DCB,
  exported,
  growing,
  husband,
  kernel32,
  layouts,
  memory,
  node,
  ntdll,
  records,
  wife,
} from './dlls.ts';

describe('structs', () => {
  test('are objects, nested ones and texts too', ({ load }) => {
    const line = { from: { x: 1, y: 2 }, to: { x: 3, y: 4 }, name: 'hypotenuse' };
    expect(load(records).reverse(line)).toEqual({ from: line.to, to: line.from, name: 'HYPOTENUSE' });
  });

  test('lack nothing: members that are left out are 0', ({ load }) => {
    expect(load(records).reverse({ name: 'a' })).toEqual({ from: { x: 0, y: 0 }, to: { x: 0, y: 0 }, name: 'A' });
  });

  test('have no other members', ({ load }) => {
    const misspelt = { nmae: 'a' } as object;
    expect(() => load(records).reverse(misspelt)).toThrow('has no member "nmae": it is the struct line');
  });

  test('may point to themselves', ({ load }) => {
    const { sumList, buildList, freeList } = load(records);
    expect(sumList({ value: 1, next: { value: 2, next: { value: 39 } } })).toBe(42);
    const list = buildList(3);
    const values: number[] = [];
    for (let at = list; at;) {
      const { value, next } = at.read(node);
      values.push(value);
      at = next;
    }
    expect(values).toEqual([1, 2, 3]);
    freeList(list);
  });

  test('go by value, a quarter of a megabyte too', ({ load }) => {
    const at = new Uint8Array(262_144).map((_, index) => index % 251);
    expect(Buffer.from(load(records).echo({ at }).at).equals(at)).toBe(true);
  });
});

test('bit-fields are members', ({ load }) => {
  const dcb: Partial<Record<string, number>> = { DCBlength: sizeOf(DCB, 8) };
  expect(load(kernel32).buildDcb('9600,e,7,2,x', dcb)).not.toBe(0);
  expect(dcb).toMatchObject({ BaudRate: 9600, fOutX: 1, fInX: 1, fOutxCtsFlow: 0, fDtrControl: 1, fRtsControl: 1 });
  expect(dcb).toMatchObject({ ByteSize: 7, Parity: 2, StopBits: 2 });
});

test('a union is written by one member, and read by all', ({ load }) => {
  const { bitsOf, unionOf } = load(records);
  expect(bitsOf({ number: -0 })).toBe(-(2n ** 63n));
  expect(unionOf(1)).toEqual({ bits: 0x3ff0_0000_0000_0000n, number: 1, bytes: [0, 0, 0, 0, 0, 0, 0xf0, 0x3f] });
  expect(() => bitsOf({ number: 1, bits: 2 })).toThrow('say different things');
});

test('an enumeration is a number, and may be given by name', ({ load }) => {
  const { next } = load(exported);
  expect([next('RED'), next(color.values.GREEN)]).toEqual([color.values.GREEN, color.values.BLUE]);
});

describe('arrays of a length that another member says', () => {
  test('at the end of a struct', ({ load, agent }) => {
    const { grow, forget } = load(memory);
    grow(10);
    expect(grow(20)?.read(growing)).toEqual({ count: 2, values: [10, 20] });
    forget();
    using room = agent.buffer(64);
    room.pointer.write(growing, { values: [1, 2, 3] });
    expect(room.pointer.read(growing)).toEqual({ count: 3, values: [1, 2, 3] });
  });

  test('behind a pointer: the count is filled in', ({ load }) => {
    const { sumBlock, doubleBlock } = load(memory);
    expect(sumBlock({ values: [1, 2, 39] })).toBe(42);
    const changed = { values: [4, 5] };
    doubleBlock(changed);
    expect(changed).toEqual({ count: 2, values: [8, 10] });
    expect(() => sumBlock({ count: 3, values: [1] })).toThrow('ARGUMENT_RANGE');
  });
});

describe('types of Windows', () => {
  test('are there by name', ({ load }) => {
    const { toSystemTime, toFileTime } = load(kernel32);
    const date = { wYear: 2013, wMonth: 10, wDay: 17, wHour: 13, wMinute: 30, wSecond: 5, wMilliseconds: 250 };
    const [fileTime, again] = [{}, {}];
    expect([toFileTime(date, fileTime), toSystemTime(fileTime, again)]).not.toContain(0);
    expect(again).toEqual({ ...date, wDayOfWeek: 4 });
  });

  test('that people write as text have helpers', ({ load }) => {
    const id = { Data1: 0, Data2: 0, Data3: 0, Data4: [] as number[] };
    const text = '{8BA5FB08-5195-40E2-AC58-0D989C3A0102}';
    expect(load(ntdll).guidFromString(unicodeString(text), id)).toBe(0);
    expect(guidText(id)).toBe(text);
  });
});

describe('the layout', () => {
  test('follows the width of a pointer', () => {
    expect([sizeOf(block, 8), sizeOf(block, 4)]).toEqual([16, 8]);
    expect([offsetsOf(block, 8), offsetsOf(block, 4)]).toEqual([
      { count: 0, values: 8 },
      { count: 0, values: 4 },
    ]);
    expect([sizeOf('long', 8), sizeOf('wchar_t', 8), sizeOf('size_t', 4), sizeOf('int[3][4]', 8)]).toEqual([
      4, 2, 4, 48,
    ]);
  });

  test('may be packed, or aligned', () => {
    const members = { tag: 'char', size: 'int', next: pointer('void'), list: array('short', 3) };
    expect(offsetsOf(struct('natural', members), 8)).toEqual({ tag: 0, size: 4, next: 8, list: 16 });
    expect(offsetsOf(struct('packed', members, { pack: 1 }), 8)).toEqual({ tag: 0, size: 1, next: 5, list: 13 });
    expect(sizeOf(struct('aligned', { tag: 'char' }, { align: 16 }), 8)).toBe(16);
  });

  test('of bit-fields is Microsoft’s', () => {
    expect(sizeOf(DCB, 8)).toBe(28);
    // Fields of types of another width do not share a unit.
    expect(sizeOf(struct('mixed', { a: 'char : 4', b: 'int : 4' }), 8)).toBe(8);
    expect(sizeOf(struct('closed', { a: 'unsigned : 3', end: 'unsigned : 0', b: 'unsigned : 3' }), 8)).toBe(8);
  });
});

test('two structs may point at one another', ({ load }) => {
  const { firstPair, pairYears } = load(layouts);
  expect(firstPair()?.read(husband).wife?.read(wife).age).toBe(39);
  expect(pairYears({ age: 40, wife: as({ age: 30 }, pointer(wife)) })).toBe(70);
});

test('a member with an alignment of its own has its gap written out', () => {
  const members = { before: 'char', gap: 'char[15]', number: 'int', after: 'char' } as const;
  expect(sizeOf(struct('block', members, { align: 16 }), 8)).toBe(32);
});
