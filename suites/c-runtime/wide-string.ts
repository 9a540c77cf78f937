// wchar.h: strings of wchar_t.
import { fc, outBuffer } from 'dllparity';
import { alike, functionSuites } from './function-suites.ts';
import { whole } from './numbers.ts';
import type { Runtime } from './runtimes.ts';
import { byteOf, destination, over, pair, wideText } from './texts.ts';

const wides = wideText(12);
const letters = over('abAB', 5);
const count = whole(0, 14);
const unit = whole(1, 0xffff);
const compared = pair(wides);
const comparedUpTo = fc.tuple(compared, count).map(([[a, b], limit]) => [a, b, limit]);

export function wideStringSuites(crt: Runtime): void {
  const suite = functionSuites(crt);
  suite('wcslen', { args: [wides], runs: 120 });
  suite('wcscmp', { args: pair(wides), runs: 200 });
  suite('wcsncmp', {
    args: fc.tuple(pair(wides), count).map(([[a, b], limit]) => [a, b, limit]),
    runs: 120,
  });
  suite('_wcsicmp', { args: pair(wides), runs: 200 });
  suite('wcschr', { args: fc.tuple(letters, byteOf('abABx\0')), runs: 120 });
  suite('wcsstr', { args: fc.tuple(over('ab', 12), over('ab', 4)), runs: 120 });
  suite('wcscat', { args: fc.tuple(destination(28, wides), wides), runs: 120 });
  suite('wcsncpy', { args: fc.tuple(destination(20, wides), wides, count), runs: 120 });
  suite('_wcsrev', { args: fc.tuple(destination(20, wides)), runs: 120 });
  suite('_wcsupr', { args: fc.tuple(destination(20, wides)), runs: 120 });
  suite('_wcslwr', { args: fc.tuple(destination(20, wides)), runs: 120 });
  suite('wcsnlen', { args: fc.tuple(wides, count), runs: 120 });
  alike(suite, 'wcsspn wcscspn wcspbrk', { args: fc.tuple(wides, letters), runs: 120 });
  suite('wcsrchr', { args: fc.tuple(letters, byteOf('abABx\0')), runs: 120 });
  suite('wcscpy', { args: fc.tuple(destination(20, wides), wides), runs: 120 });
  suite('wcsncat', { args: fc.tuple(destination(28, wides), wides, count), runs: 120 });
  alike(suite, 'wcscoll _wcsicoll', { args: compared, runs: 120 });
  alike(suite, '_wcsncoll _wcsnicoll _wcsnicmp', { args: comparedUpTo, runs: 120 });
  suite('wcsxfrm', { args: fc.tuple(fc.constant(outBuffer(16)), wides, count), runs: 120 });
  suite('_wcsset', { args: fc.tuple(destination(20, wides), unit), runs: 120 });
  suite('_wcsnset', { args: fc.tuple(destination(20, wides), unit, count), runs: 120 });
  suite('_wcsdup', { args: [wides], runs: 60 });
}
