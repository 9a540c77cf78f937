// What koffi.load() finds, and what the process finds by itself.
import { expect, test } from 'vitest';
import * as koffi from '../../koffi.ts';

test('a relative path leads from the current folder of this program', () => {
  const crt = koffi.load('msvcrt.dll');
  const open = crt.func('void *fopen(const char *name, const char *mode)') as (name: string, mode: string) => unknown;
  const close = crt.func('int fclose(void *file)') as (file: unknown) => number;
  const file = open('package.json', 'r');
  expect(file).not.toBeNull();
  expect(close(file)).toBe(0);
});
