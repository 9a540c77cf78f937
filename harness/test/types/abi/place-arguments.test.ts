import { describe, expect, it } from 'vitest';
import { placeArguments } from '../../../types/abi/place-arguments.ts';
import { parsePrototype } from '../../../types/declare/parse-prototype.ts';
import { struct } from '../../../types/declare/struct.ts';
import type { FunctionType } from '../../../types/declare/types.ts';

const types = {
  pair: struct('pair', { a: 'int', b: 'int' }),
  triple: struct('triple', { a: 'int', b: 'int', c: 'int' }),
  single: struct('single', { a: 'float' }),
  uneven: struct('uneven', { a: 'char[3]', b: 'char[5]' }),
  odd: struct('odd', { a: 'char[3]' }),
};

function place(source: string, bytes: 4 | 8, change: Partial<FunctionType> = {}) {
  const found = placeArguments({ ...parsePrototype(source, types), ...change }, bytes);
  return {
    offsets: found.arguments.map(({ offset }) => offset),
    byAddress: found.arguments.map(({ byAddress }) => byAddress),
    hidden: found.hidden?.offset,
    result: found.result,
    slots: found.slotBytes,
    pops: found.pops,
  };
}

describe('x64', () => {
  it('gives each argument a slot, and four at least', () => {
    expect(place('int f(char a, double b)', 8)).toMatchObject({
      offsets: [0, 8],
      slots: 32,
      pops: 0,
      result: 'integer',
    });
    expect(place('double f(int a, int b, int c, int d, float e)', 8)).toMatchObject({ slots: 40, result: 'floating' });
  });

  it('passes structs of 1, 2, 4 and 8 bytes like integers, others by address', () => {
    expect(place('pair f(pair a, triple b)', 8)).toMatchObject({ byAddress: [false, true], result: 'integer' });
  });

  it('takes the memory for a large result first, and behind `this` in a member function', () => {
    expect(place('triple f(int a)', 8)).toMatchObject({ hidden: 0, offsets: [8], result: 'memory' });
    expect(place('pair f(void *self, int a)', 8, { method: true })).toMatchObject({ hidden: 8, offsets: [0, 16] });
  });

  it('knows one convention', () => {
    const cdecl = place('int f(int a, double b, pair c)', 8);
    for (const convention of ['__stdcall', '__fastcall', '__thiscall']) {
      expect(place(`int ${convention} f(int a, double b, pair c)`, 8)).toEqual(cdecl);
    }
  });
});

// Slots 0 and 1 (bytes 0 to 7) are ECX and EDX; the stack begins at byte 8.
describe('ia32', () => {
  it('cdecl and stdcall push everything; stdcall takes it off again', () => {
    expect(place('int f(char a, double b, int64_t c, pair d)', 4)).toMatchObject({ offsets: [8, 12, 20, 28], slots: 36, pops: 0 }); // prettier-ignore
    expect(place('int __stdcall f(char a, double b)', 4)).toMatchObject({ offsets: [8, 12], pops: 12 });
  });

  it('fastcall passes the first two words in ECX and EDX, whatever stands between them', () => {
    expect(place('int __fastcall f(double a, int b, int64_t c, char *d, int e)', 4)).toMatchObject({
      offsets: [8, 0, 16, 4, 24],
      pops: 20,
    });
    expect(place('int __fastcall f(float a, pair b)', 4)).toMatchObject({ offsets: [8, 12], pops: 12 });
  });

  it('thiscall passes the first word in ECX', () => {
    expect(place('int __thiscall f(void *self, int a)', 4)).toMatchObject({ offsets: [0, 8], pops: 4 });
  });

  it('returns floating-point numbers in ST(0), structs of 8 bytes in EDX:EAX', () => {
    expect(place('float f(void)', 4)).toMatchObject({ result: 'x87' });
    expect(place('pair f(void)', 4)).toMatchObject({ result: 'integer', hidden: undefined });
  });

  it('returns structs by their size alone, where gcc looks inside', () => {
    for (const name of ['single', 'uneven']) expect(place(`${name} f(void)`, 4)).toMatchObject({ result: 'integer' });
    expect(place('odd f(void)', 4)).toMatchObject({ result: 'memory' });
  });

  it('takes the memory for a large result from the stack, and behind `this` in a member function', () => {
    expect(place('triple f(int a)', 4)).toMatchObject({ hidden: 8, offsets: [12], pops: 0 });
    expect(place('triple __stdcall f(void *self, int a)', 4, { method: true })).toMatchObject({
      hidden: 12,
      offsets: [8, 16],
      pops: 12,
    });
  });

  it('a variadic function is cdecl', () => {
    expect(place('int __stdcall f(const char *format, ...)', 4)).toMatchObject({ pops: 0 });
  });
});
