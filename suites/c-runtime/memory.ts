// string.h: blocks of memory.
import { conformance, fc } from 'dllparity';
import { functionSuites } from './function-suites.ts';
import type { Runtime } from './runtimes.ts';
import { withMemory } from './with-memory.ts';
import { whole } from './numbers.ts';

const count = whole(0, 16);
const few = fc.uint8Array({ max: 3, minLength: 16, maxLength: 16 });
const any = fc.uint8Array({ minLength: 16, maxLength: 16 });
const letters = fc.array(fc.constantFrom(...Buffer.from('aAbB@`[{é', 'latin1')), { minLength: 16, maxLength: 16 });
const block = fc.oneof(few, any).map((bytes) => Buffer.from(bytes));
const nearlySame = fc
  .tuple(block, whole(0, 15), whole(0, 255))
  .map(([bytes, at, value]) => [bytes, bytes.with(at, value)] as const);

export function memorySuites(crt: Runtime): void {
  const suite = functionSuites(crt);
  suite('memcmp', {
    args: fc.tuple(fc.oneof(fc.tuple(block, block), nearlySame), count).map(([[a, b], limit]) => [a, b, limit]),
    runs: 200,
  });
  suite('_memicmp', {
    args: fc.tuple(letters, letters, count).map(([a, b, limit]) => [Buffer.from(a), Buffer.from(b), limit]),
    runs: 200,
  });
  suite('memchr', { args: fc.tuple(block, whole(0, 5), count), runs: 200 });
  suite('memset', { args: fc.tuple(block, whole(-1, 300), count), runs: 200 });
  suite('memcpy', { args: fc.tuple(block, block, count), runs: 200 });
  suite('_memccpy', { args: fc.tuple(block, block, whole(0, 5), count), runs: 200 });
  // A negative count is an invalid parameter.
  suite('_swab', { args: fc.tuple(block, block, whole(0, 16)), runs: 120 });

  /** Source and destination in one block, so that they may overlap. */
  conformance('memmove', crt, {
    input: fc.record({ from: whole(0, 24), to: whole(0, 24), count: whole(0, 24) }),
    runs: 200,
    script: (loaded, { from, to, count }) =>
      withMemory(loaded, 48, (memory) => {
        loaded.memcpy(memory, Buffer.from('0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL'), 48);
        const result = loaded.memmove(memory.plus(to), memory.plus(from), count);
        return { offset: Number((result?.address ?? 0n) - memory.address), memory: Buffer.from(memory.bytes(48)) };
      }),
  });
}
