// Structs that point at one another.
import { as, describe, expect, opaque, pointer, sizeOf, test } from 'dllparity';
import { husband, layouts, wife } from './layouts.ts';

describe('a pair of structs that point at one another', () => {
  test('that the DLL holds is followed round and round', ({ load }) => {
    const first = load(layouts).firstPair()!;
    const his = first.read(husband);
    expect(his.age).toBe(41);
    const hers = his.wife!.read(wife);
    expect(hers.age).toBe(39);
    expect(hers.husband!.address).toBe(first.address);
    expect(hers.husband!.read(husband).wife!.read(wife)).toEqual(hers);
  });

  test('is passed as objects: `as` says what the opaque half is', ({ load }) => {
    const { pairYears, isPair, pairBirthday } = load(layouts);
    expect(pairYears({ age: 40 })).toBe(40);
    expect(pairYears({ age: 40, wife: as({ age: 30 }, pointer(wife)) })).toBe(70);
    expect(isPair({ wife: as({ age: 30 }, pointer(wife)) })).toBe(0);
    const hers = { age: 2 };
    const his = { age: 1, wife: as(hers, pointer(wife)) };
    pairBirthday(his);
    expect([his.age, hers.age, his.wife.value]).toEqual([2, 3, hers]);
    const untyped = pairYears as (husband: object) => number;
    expect(() => untyped({ wife: { age: 30 } })).toThrow(/wife.* cannot take .*\n {2}next: Say what it is with `as`/s);
    expect(() => untyped({ wife: as({ age: 30 }, pointer(opaque('wife'))) })).toThrow('as(');
  });

  test('is made by the DLL from two buffers, and stays', ({ load, agent }) => {
    const { pairOff, isPair, pairYears } = load(layouts);
    const his = agent.buffer(sizeOf(husband, agent.pointerBytes));
    const hers = agent.buffer(sizeOf(wife, agent.pointerBytes));
    his.pointer.write(husband, { age: 50 });
    hers.pointer.write(wife, { age: 49, husband: his.pointer });
    expect([isPair(his.pointer), pairYears(his.pointer)]).toEqual([0, 50]);
    his.pointer.write(husband, { age: 50, wife: hers.pointer });
    expect([isPair(his.pointer), pairYears(his.pointer)]).toEqual([1, 99]);
    his.pointer.write(husband, {});
    hers.pointer.write(wife, { age: 1 });
    pairOff(his.pointer, hers.pointer);
    expect([isPair(his.pointer), pairYears(his.pointer)]).toEqual([1, 1]);
    his.release();
    hers.release();
  });
});
