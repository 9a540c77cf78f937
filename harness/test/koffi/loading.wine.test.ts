// What koffi.load() finds, and what the process finds by itself.
import { expect, test } from 'vitest';
import * as koffi from '../../koffi.ts';
import { referenceDll } from '../reference-dlls.ts';

test('a relative path leads from the current folder of this program', () => {
  const crt = koffi.load('msvcrt.dll');
  const open = crt.func('void *fopen(const char *name, const char *mode)') as (name: string, mode: string) => unknown;
  const close = crt.func('int fclose(void *file)') as (file: unknown) => number;
  const file = open('package.json', 'r');
  expect(file).not.toBeNull();
  expect(close(file)).toBe(0);
});

test('a library is loaded whose imports lie beside it, and one that Windows does not have is refused in its words', () => {
  const importing = koffi.load(referenceDll('importing.dll'));
  const sum = importing.func('int sum_by_import(int a, int b)') as (a: number, b: number) => number;
  expect(sum(20, 22)).toBe(42);
  expect(() => koffi.load('no_such_library.dll')).toThrow(/Failed to load shared library/);
});
