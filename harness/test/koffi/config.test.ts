// Settings, before anything is loaded: no process is started here.
import { expect, test } from 'vitest';
import { createKoffi } from '../../koffi/create.ts';

type Koffi = typeof import('koffi');
const fresh = (): Koffi => createKoffi() as unknown as Koffi;

test('settings can be changed', () => {
  const koffi = fresh();
  expect(koffi.config({ max_type_size: 64, max_async_calls: 10 })).toMatchObject({
    max_type_size: 64,
    max_async_calls: 10,
  });
  expect(() => koffi.array('int', 17)).toThrow(new TypeError('Array length is too high (max = 16)'));
});

test.each([
  [{ sync_stack_size: 1 }, "Setting 'sync_stack_size' must be between 64 kiB and 16 MiB"],
  [{ max_async_calls: 5000 }, "Setting 'max_async_calls' must be between 0 and 4096"],
  [{ max_async_calls: 1 }, 'Setting max_async_calls must be >= to resident_async_pools'],
  [{ nope: 1 }, "Unexpected config member 'nope'"],
  [{ sync_heap_size: 'x' }, "Unexpected String value for 'sync_heap_size', expected number"],
])('%o is refused', (settings, message) => {
  expect(() => (fresh().config as (settings: unknown) => unknown)(settings)).toThrow(message);
});

test('types, buffers and typed arrays need no process', () => {
  const koffi = fresh();
  const point = koffi.struct('POINT', { x: 'long', y: 'long' });
  const bytes = Buffer.alloc(8);
  koffi.encode(bytes, point, { x: 1, y: -1 });
  expect(koffi.decode(bytes, point)).toEqual({ x: 1, y: -1 });
});
