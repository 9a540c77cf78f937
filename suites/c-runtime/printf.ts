// stdio.h until Visual Studio 2013: formatted output into memory.
import { as, fc, outBuffer } from 'dllparity';
import { type Format, formats } from './formats.ts';
import { functionSuites } from './function-suites.ts';
import { whole } from './numbers.ts';
import type { Library } from 'dllparity/agent';

/** Mostly enough room, sometimes exactly enough or too little: then the buffer tells what is cut and whether it is terminated. */
const sizes = fc.oneof({ weight: 3, arbitrary: fc.constant(64) }, { weight: 1, arbitrary: whole(0, 24) });

const written = (format: fc.Arbitrary<Format>): fc.Arbitrary<readonly unknown[]> =>
  fc.tuple(sizes, format).map(([size, values]) => [outBuffer(64), size, ...values]);

/** Formats whose output certainly fits in memory that the function does not know the size of. */
const short = (wide: boolean): fc.Arbitrary<readonly unknown[]> =>
  formats({ wide })
    .filter(([format]) => !/[fF]/.test(format))
    .map((values) => [outBuffer(160), ...values]);

/** What documentation shows, and what other implementations are known to do otherwise. */
const documented: readonly (readonly unknown[])[] = [
  ...['%.20e', '%.17g', '%.3f', '%g', '%e', '%a', '%A', '%.0a', '%+.13a', '%#g', '%#x'].map((format) => [
    outBuffer(64),
    64,
    format,
    as(format === '%#x' ? 255 : 1 / 3, format === '%#x' ? 'int' : 'double'),
  ]),
  ...[Infinity, -Infinity, NaN].flatMap((value) =>
    ['%f', '%.1f', '%.0f', '%10.3e', '%-10g|', '%010f', '%a'].map((format) => [
      outBuffer(64),
      64,
      format,
      as(value, 'double'),
    ]),
  ),
  [outBuffer(8), 4, '%s', as('abcd', 'const char *')],
  [outBuffer(8), 5, '%s', as('abcd', 'const char *')],
  [outBuffer(8), 3, '%s', as('abcd', 'const char *')],
  [outBuffer(8), 0, '%s', as('abcd', 'const char *')],
  [outBuffer(8), 8, '%s', as(null, 'const char *')],
  [outBuffer(8), 8, '%ls', as(null, 'const wchar_t *')],
  [outBuffer(8), 8, '%.2s', as(null, 'const char *')],
  [outBuffer(16), 16, '%c%c', as(0, 'int'), as(65, 'int')],
  [null, 0, 'abc'],
];

export function printfSuites(crt: Library): void {
  const suite = functionSuites(crt);
  suite('_snprintf', { args: written(formats()), always: documented, runs: 3000 });
  suite('_snwprintf', { args: written(formats({ wide: true })), runs: 1000 });
  suite('_scprintf', { args: formats(), runs: 400 });
  suite('_scwprintf', { args: formats({ wide: true }), runs: 400 });
  suite('sprintf', { args: short(false), runs: 400 });
  suite('_swprintf', { args: short(true), runs: 400 });
  // A format that is none is an invalid parameter to the secure functions.
  suite('_snprintf_s', {
    args: fc
      .tuple(whole(1, 48), formats({ valid: true }))
      .map(([size, values]) => [outBuffer(48), size, 2n ** 64n - 1n /* _TRUNCATE */, ...values]),
    runs: 400,
  });
}
