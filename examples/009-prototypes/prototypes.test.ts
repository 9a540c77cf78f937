import { as, describe, expect, library, test } from 'dllparity';
import { conventions, exported, kernel32, memory } from './dlls.ts';

test('a prototype is what the documentation prints', ({ load }) => {
  const { getVariable, mulDiv } = load(kernel32);
  expect(mulDiv(6, 7, 1)).toBe(42);
  const value = new Uint16Array(64);
  const length = getVariable('WINDIR', value, value.length);
  expect(String.fromCharCode(...value.subarray(0, length))).toMatch(/^C:\\windows$/i);
});

test('or an object', ({ load }) => {
  const remainder = [0];
  expect(load(memory).divmod(17, 5, remainder)).toBe(3);
  expect(remainder).toEqual([2]);
});

describe('an exported variable', () => {
  test('is read and written', ({ load }) => {
    const { counter, numbers, sum } = load(exported);
    const before = counter.value;
    counter.value = 1000;
    expect(counter.value).toBe(1000);
    counter.value = before;
    numbers.value = [1, 2, 3];
    expect(sum()).toBe(321);
    numbers.value = [10, -20, 30];
  });

  test('may hold a function', ({ load, agent }) => {
    const { operation, operate, functionNamed } = load(exported);
    const add = operation.value;
    operation.value = functionNamed('subtract');
    expect(operate(44, 2)).toBe(42);
    operation.value = add;
    expect(operate(40, 2)).toBe(42);
    expect(agent.bind(add, 'int (*)(int a, int b)')(40, 2)).toBe(42);
  });
});

test('an export may have an ordinal only', ({ load }) => {
  expect(load(exported).atSeven(35)).toBe(42);
});

describe('conventions', () => {
  test('are told by the prototype', ({ load }) => {
    const { stdcall, fastcall, counterAt, counterAdd } = load(conventions);
    expect([stdcall(2, 4), fastcall(2, 4)]).toEqual([42, 42]);
    expect(counterAdd(counterAt(40), 1, 2)).toBe(42);
  });

  test('that are wrong are noticed where there is more than one: on ia32', ({ load, agent, skip }) => {
    if (agent.pointerBytes === 8) return skip('x64 has one convention');
    const { mistaken, stdcall } = load(conventions);
    expect(() => mistaken(2, 4)).toThrow('It took as many bytes as a stdcall function with these arguments');
    expect(stdcall(2, 4)).toBe(42);
  });
});

test('variadic arguments carry their types', ({ load }) => {
  const { describe, divideInto } = load(exported);
  const out = Buffer.alloc(64);
  const length = describe(out, 64, 'idt', as(6, 'int'), as(1.5, 'float'), as('seven', 'const char *'));
  expect(out.toString('latin1', 0, length)).toBe('6 1.5 seven');
  const remainder = [0];
  expect(divideInto(17, as(5, 'int'), as(remainder, 'int *'))).toBe(3);
  expect(remainder).toEqual([2]);
});

describe('a mistake', () => {
  const declare = (prototype: string) => () => library('x.dll', { x: prototype });

  test('in the syntax has a caret under it', () => {
    expect(declare('int add(int a, int b')).toThrow(`expected "," or ")", found the end [PROTOTYPE_SYNTAX]
    1 | int add(int a, int b
      |                     ^
`);
  });

  test('in the name of a type has a suggestion', () => {
    expect(declare('DWROD GetTickCount(void)')).toThrow(`the type "DWROD" is not known [PROTOTYPE_TYPE_UNKNOWN]
    1 | DWROD GetTickCount(void)
      | ^
  next: Did you mean "DWORD"?`);
  });

  test('in a length names the parameters', () => {
    expect(declare('void fill(_Out_writes_(m) int *numbers, int n)')).toThrow(
      /names "m".*Parameters are numbers, n\./s,
    );
  });

  test('in a call names the parameter', ({ load }) => {
    const untyped = load(kernel32) as unknown as { mulDiv: (...args: unknown[]) => number };
    expect(() => untyped.mulDiv(1, 2.5, 3)).toThrow('"nNumerator" of MulDiv is of type int and needs a whole number');
    expect(() => untyped.mulDiv(1)).toThrow('Its prototype names nNumber, nNumerator, nDenominator.');
  });
});
