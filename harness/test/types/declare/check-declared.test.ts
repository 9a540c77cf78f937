import { describe, expect, it } from 'vitest';
import { library } from '../../../types/declare/library.ts';
import { prototype } from '../../../types/declare/prototype.ts';
import { struct } from '../../../types/declare/struct.ts';
import { alias, pointer } from '../../../types/declare/type-objects.ts';
import { DllparityError } from '../../../base/errors.ts';

const anything = (value: unknown): never => value as never;

describe('what is no declaration is refused with its place', () => {
  it.each<readonly [text: string, declare: () => unknown, message: RegExp]>([
    ['an entry that is a number', () => library('a.dll', { f: anything(5) }), /the entry "f" of a\.dll is 5, and not a declaration in C/],
    ['an entry that is a function', () => library('a.dll', { f: anything(() => 0) }), /the entry "f" of a\.dll is a value of type function/],
    ['an entry that is null', () => library('a.dll', { f: anything(null) }), /the entry "f" of a\.dll is null/],
    ['exports that are none', () => library('a.dll', anything(null)), /the exports of a\.dll are null, and no object/],
    ['exports that are a list', () => library('a.dll', anything(['int f(void)'])), /the exports of a\.dll are an array/],
    ['no name of a library', () => library(anything(undefined), {}), /the name of a library is undefined/],
    ['a type that is a number', () => library('a.dll', { f: 'x f(void)' }, { types: { x: anything(5) } }), /the type "x" of a\.dll is 5, and no type/],
    ['members that are text', () => struct('point', anything('int')), /the members of point are a value of type string/],
    ['a member that is a number', () => struct('point', { x: anything(5) }), /the member "x" of point is 5, and no type/],
    ['parameters that are text', () => prototype({ name: 'f', parameters: anything('int') }), /what f takes is a value of type string, and not a list/],
    ['a parameter without a name', () => prototype({ name: 'f', parameters: [anything('int')] }), /parameter 1 of f is a value of type string/],
    ['a parameter without a type', () => prototype({ name: 'f', parameters: [anything(['n'])] }), /the parameter "n" of f is undefined, and no type/],
    ['a result that is a list', () => prototype({ name: 'f', result: anything([]) }), /the result of f is an array, and no type/],
    ['a function without a name', () => prototype(anything({})), /the name of a prototype is undefined/],
    ['a pointer to nothing', () => pointer(anything(undefined)), /what was given for a type is undefined, and no type/],
    ['an alias of a number', () => alias(anything(1)), /what was given for a type is 1, and no type/],
    ['an annotation without its length', () => library('a.dll', { f: 'void f(_Inout_updates_() int *x)' }), /the parentheses hold no length[^]*\n.*\^/],
  ])('%s', (_, declare, message) => {
    expect(declare).toThrow(DllparityError);
    expect(declare).toThrow(message);
    expect(declare).toThrow(/\[PROTOTYPE_SYNTAX\]\n[^]* next: /);
  });
}); // prettier-ignore
