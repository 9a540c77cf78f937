// string.h, wchar.h, ctype.h, mbstring.h. What comparing functions return is compared as it is, not only its sign.
import { conformance, fc, outBuffer } from 'dllparity';
import { invalidParameterSafe } from './handlers.ts';
import { crt } from './msvcr120.ts';
import { whole } from './numbers.ts';
import { over, pair, text, wideText } from './texts.ts';

const strings = text(12);
const wides = wideText(12);
const letters = over('abAB', 5);
const byte = whole(0, 255);
const count = whole(0, 14);

/** A destination that holds a text, and what is to be added to it. */
const destination = (size: number, texts: fc.Arbitrary<string>): fc.Arbitrary<ReturnType<typeof outBuffer>> =>
  texts.map((value) => outBuffer(size, value));
const compared = pair(strings);
const comparedUpTo = fc.tuple(compared, count).map(([[a, b], limit]) => [a, b, limit]);

conformance('strlen', crt.strlen, { args: [strings], runs: 120 });
conformance('strnlen', crt.strnlen, { args: fc.tuple(strings, count), runs: 120 });
conformance('strcmp', crt.strcmp, { args: compared, runs: 200 });
conformance('strncmp', crt.strncmp, { args: comparedUpTo, runs: 200 });
conformance('strcoll', crt.strcoll, { args: compared, runs: 120 });
conformance('_stricmp', crt._stricmp, { args: compared, runs: 200 });
conformance('_strnicmp', crt._strnicmp, { args: comparedUpTo, runs: 200 });
conformance('strchr', crt.strchr, { args: fc.tuple(letters, byteOf('abABx\0')), runs: 120 });
conformance('strrchr', crt.strrchr, { args: fc.tuple(letters, byteOf('abABx\0')), runs: 120 });
conformance('strstr', crt.strstr, { args: fc.tuple(over('ab', 12), over('ab', 4)), runs: 200 });
conformance('strspn', crt.strspn, { args: fc.tuple(strings, letters), runs: 120 });
conformance('strcspn', crt.strcspn, { args: fc.tuple(strings, letters), runs: 120 });
conformance('strpbrk', crt.strpbrk, { args: fc.tuple(strings, letters), runs: 120 });
conformance('strcpy', crt.strcpy, { args: fc.tuple(destination(20, strings), strings), runs: 120 });
conformance('strncpy', crt.strncpy, { args: fc.tuple(destination(20, strings), strings, count), runs: 120 });
conformance('strcat', crt.strcat, { args: fc.tuple(destination(28, strings), strings), runs: 120 });
conformance('strncat', crt.strncat, { args: fc.tuple(destination(28, strings), strings, count), runs: 120 });
conformance('strxfrm', crt.strxfrm, { args: fc.tuple(fc.constant(outBuffer(16)), strings, count), runs: 120 });
conformance('_strrev', crt._strrev, { args: fc.tuple(destination(20, strings)), runs: 120 });
conformance('_strupr', crt._strupr, { args: fc.tuple(destination(20, strings)), runs: 120 });
conformance('_strlwr', crt._strlwr, { args: fc.tuple(destination(20, strings)), runs: 120 });
conformance('_strset', crt._strset, { args: fc.tuple(destination(20, strings), byte), runs: 120 });
conformance('_strnset', crt._strnset, { args: fc.tuple(destination(20, strings), byte, count), runs: 120 });
conformance('strerror', crt.strerror, { args: [whole(-2, 145)], runs: 150 });

conformance('strncpy_s', crt, {
  input: fc.record({ size: whole(0, 16), source: text(14), count: fc.oneof(count, fc.constant(-1)) }),
  runs: 200,
  script: (loaded, { size, source, count }, agent) => {
    const buffer = Buffer.alloc(16, '#');
    const called = invalidParameterSafe(loaded, agent, () =>
      loaded.strncpy_s.outcome(buffer, size, Buffer.from(`${source}\0`, 'latin1'), count),
    );
    return { ...called, buffer };
  },
});

conformance('strtok', crt, {
  input: fc.record({ text: over('ab,; ', 16), delimiters: fc.array(over(',; b', 3), { minLength: 1, maxLength: 3 }) }),
  runs: 200,
  script: (loaded, { text, delimiters }) => {
    const memory = loaded.malloc(32);
    loaded.memcpy(memory, Buffer.from(`${text}\0`, 'latin1'), text.length + 1);
    const tokens: (string | null)[] = [];
    // The delimiters may change from call to call, and after the last token there is no other.
    for (let i = 0; i < 20 && tokens.at(-1) !== null; i++)
      tokens.push(loaded.strtok(i === 0 ? memory : null, delimiters[i % delimiters.length] ?? ''));
    tokens.push(loaded.strtok(null, ','));
    const left = Buffer.from(memory?.bytes(text.length + 1) ?? []);
    loaded.free(memory);
    return { tokens, text: left };
  },
});

conformance('wcslen', crt.wcslen, { args: [wides], runs: 120 });
conformance('wcscmp', crt.wcscmp, { args: pair(wides), runs: 200 });
conformance('wcsncmp', crt.wcsncmp, {
  args: fc.tuple(pair(wides), count).map(([[a, b], limit]) => [a, b, limit]),
  runs: 120,
});
conformance('_wcsicmp', crt._wcsicmp, { args: pair(wides), runs: 200 });
conformance('wcschr', crt.wcschr, { args: fc.tuple(letters, byteOf('abABx\0')), runs: 120 });
conformance('wcsstr', crt.wcsstr, { args: fc.tuple(over('ab', 12), over('ab', 4)), runs: 120 });
conformance('wcscat', crt.wcscat, { args: fc.tuple(destination(28, wides), wides), runs: 120 });
conformance('wcsncpy', crt.wcsncpy, { args: fc.tuple(destination(20, wides), wides, count), runs: 120 });
conformance('_wcsrev', crt._wcsrev, { args: fc.tuple(destination(20, wides)), runs: 120 });
conformance('_wcsupr', crt._wcsupr, { args: fc.tuple(destination(20, wides)), runs: 120 });
conformance('_wcslwr', crt._wcslwr, { args: fc.tuple(destination(20, wides)), runs: 120 });

// Every value that a character class is defined for: EOF and all bytes. The bits of a class are part of what is compared.
const characters = { args: fc.tuple(whole(-1, 255)), always: upTo(-1, 255), runs: 257 };
conformance('isalnum', crt.isalnum, characters);
conformance('isalpha', crt.isalpha, characters);
conformance('isblank', crt.isblank, characters);
conformance('iscntrl', crt.iscntrl, characters);
conformance('isdigit', crt.isdigit, characters);
conformance('isgraph', crt.isgraph, characters);
conformance('islower', crt.islower, characters);
conformance('isprint', crt.isprint, characters);
conformance('ispunct', crt.ispunct, characters);
conformance('isspace', crt.isspace, characters);
conformance('isupper', crt.isupper, characters);
conformance('isxdigit', crt.isxdigit, characters);
conformance('tolower', crt.tolower, characters);
conformance('toupper', crt.toupper, characters);

const units = { args: fc.tuple(whole(0, 0xffff)), always: upTo(0, 383), runs: 500 };
conformance('iswalpha', crt.iswalpha, units);
conformance('iswdigit', crt.iswdigit, units);
conformance('iswpunct', crt.iswpunct, units);
conformance('iswspace', crt.iswspace, units);
conformance('towlower', crt.towlower, units);
conformance('towupper', crt.towupper, units);

// _setmbcp and what depends on it is not here: Microsoft's code asks the system for its code pages.

/** One of these characters, as a number. */
function byteOf(alphabet: string): fc.Arbitrary<number> {
  return fc.constantFrom(...alphabet).map((character) => character.charCodeAt(0));
}

function upTo(low: number, high: number): number[][] {
  return Array.from({ length: high - low + 1 }, (_, index) => [low + index]);
}
