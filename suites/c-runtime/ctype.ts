// ctype.h, wctype.h.
import { fc } from 'dllparity';
import { alike, functionSuites } from './function-suites.ts';
import { whole } from './numbers.ts';
import type { Library } from 'dllparity/agent';

export function ctypeSuites(crt: Library): void {
  const suite = functionSuites(crt);
  // Every value that a character class is defined for: EOF and all bytes. The bits of a class are part of what is compared.
  const characters = { args: fc.tuple(whole(-1, 255)), always: upTo(-1, 255), runs: 257 };
  alike(
    suite,
    'isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper isxdigit tolower toupper',
    characters,
  );

  const units = { args: fc.tuple(whole(0, 0xffff)), always: upTo(0, 383), runs: 500 };
  alike(suite, 'iswalpha iswdigit iswpunct iswspace towlower towupper', units);
  alike(suite, '__iscsym __iscsymf', characters);
  alike(suite, '_tolower _toupper __isascii __toascii isleadbyte', characters);
  alike(
    suite,
    'iswalnum iswcntrl iswgraph iswlower iswprint iswupper iswxdigit iswascii iswblank __iswcsym __iswcsymf',
    {
      ...units,
      runs: 450,
    },
  );
  const mask = fc.constantFrom(1, 2, 4, 8, 0x10, 0x20, 0x40, 0x80, 0x103, 0x107, 0x117, 0x157);
  suite('_isctype', { args: fc.tuple(whole(-1, 255), mask), runs: 200 });
  alike(suite, 'iswctype is_wctype', { args: fc.tuple(whole(0, 0xffff), mask), runs: 200 });
}

// _setmbcp and what depends on it is not here: Microsoft's code asks the system for its code pages.

function upTo(low: number, high: number): number[][] {
  return Array.from({ length: high - low + 1 }, (_, index) => [low + index]);
}
