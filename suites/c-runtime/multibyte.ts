// stdlib.h, wchar.h: multibyte characters as they are before a program sets a locale.
import { fc, outBuffer } from 'dllparity';
import { functionSuites } from './function-suites.ts';
import { whole } from './numbers.ts';
import type { Library } from 'dllparity/agent';
import { text, wideText } from './texts.ts';

const bytes = text(10);
const count = whole(0, 12);
const fresh = fc.constant({ wchar: 0, byte: 0, state: 0 });

export function multibyteSuites(crt: Library): void {
  const suite = functionSuites(crt);
  suite('mbstowcs', {
    args: fc.tuple(fc.oneof(fc.constant(outBuffer(12)), fc.constant(null)), bytes, count),
    runs: 200,
  });
  suite('wcstombs', {
    args: fc.tuple(fc.oneof(fc.constant(outBuffer(12)), fc.constant(null)), wideText(10), count),
    runs: 200,
  });
  suite('mbtowc', { args: fc.tuple(fc.constant(outBuffer(1)), bytes, whole(0, 3)), runs: 120 });
  suite('wctomb', { args: fc.tuple(fc.constant(outBuffer(8)), whole(0, 0xffff)), runs: 200 });
  suite('mblen', { args: fc.tuple(bytes, whole(0, 3)), runs: 120 });
  suite('btowc', { args: [whole(-1, 255)], always: Array.from({ length: 257 }, (_, index) => [index - 1]), runs: 257 });
  suite('wctob', { args: [whole(0, 0xffff)], always: Array.from({ length: 257 }, (_, index) => [index]), runs: 400 });
  suite('mbrlen', { args: fc.tuple(bytes, whole(0, 3), fresh), runs: 120 });
  suite('mbrtowc', { args: fc.tuple(fc.constant(outBuffer(1)), bytes, whole(0, 3), fresh), runs: 120 });
  suite('wcrtomb', { args: fc.tuple(fc.constant(outBuffer(8)), whole(0, 0xffff), fresh), runs: 200 });
}
