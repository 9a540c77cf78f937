// stdlib.h: integers.
import { conformance, fc } from 'dllparity';
import { functionSuites } from './function-suites.ts';
import { integers32, integers64, whole } from './numbers.ts';
import type { Runtime } from './runtimes.ts';

const signed = integers32(true);
const unsigned = integers32(false);
const long = integers64(true);
const unsignedLong = integers64(false);
const shift = fc.oneof(whole(-70, 70), signed);
const specials = [0, 1, -1, 7, -7, 2 ** 31 - 1];
const lowest = -(2 ** 31);

export function integerSuites(crt: Runtime): void {
  const suite = functionSuites(crt);
  suite('abs', { args: [signed], runs: 120 });
  suite('labs', { args: [signed], runs: 120 });
  suite('llabs', { args: [long], runs: 120 });
  suite('_abs64', { args: [long], runs: 120 });
  suite('_rotl', { args: [unsigned, shift], runs: 120 });
  suite('_rotr', { args: [unsigned, shift], runs: 120 });
  suite('_lrotl', { args: [unsigned, shift], runs: 120 });
  suite('_lrotr', { args: [unsigned, shift], runs: 120 });
  suite('_rotl64', { args: [unsignedLong, shift], runs: 120 });
  suite('_rotr64', { args: [unsignedLong, shift], runs: 120 });
  suite('_byteswap_ushort', { args: [whole(0, 0xffff)], runs: 120 });
  suite('_byteswap_ulong', { args: [unsigned], runs: 120 });
  suite('_byteswap_uint64', { args: [unsignedLong], runs: 120 });

  // Dividing by zero faults, on Windows too, and so does the one quotient that has no place in its type.
  suite('div', {
    args: fc.tuple(
      signed,
      signed.filter((value) => value !== 0),
    ),
    always: [...specials.flatMap((a) => [1, -1, 3, -3].map((b) => [a, b])), [1, 0], [0, 0], [lowest, -1], [lowest, 1]],
    runs: 200,
  });
  suite('ldiv', {
    args: fc.tuple(
      signed,
      signed.filter((value) => value !== 0),
    ),
    always: [[1, 0]],
    runs: 120,
  });
  suite('lldiv', {
    args: fc.tuple(
      long,
      long.filter((value) => value !== 0n),
    ),
    always: [[1, 0]],
    runs: 200,
  });

  conformance('rand', crt, {
    input: unsigned,
    always: [0, 1, 2, 42, 2 ** 31, 2 ** 32 - 1],
    runs: 120,
    script: (loaded, seed) => {
      loaded.srand(seed);
      return { values: Array.from({ length: 24 }, () => loaded.rand()) };
    },
  });
  suite('imaxabs', { args: [long], runs: 120 });
  suite('imaxdiv', {
    args: fc.tuple(
      long,
      long.filter((value) => value !== 0n),
    ),
    runs: 120,
  });
}
