// string.h. What comparing functions return is compared as it is, not only its sign.
import { conformance, fc, outBuffer } from 'dllparity';
import { alike, functionSuites } from './function-suites.ts';
import { invalidParameterSafe } from './handlers.ts';
import { whole } from './numbers.ts';
import type { Runtime } from './runtimes.ts';
import { byteOf, destination, over, pair, text } from './texts.ts';

const strings = text(12);
const letters = over('abAB', 5);
const byte = whole(0, 255);
const count = whole(0, 14);

const compared = pair(strings);
const comparedUpTo = fc.tuple(compared, count).map(([[a, b], limit]) => [a, b, limit]);

export function stringSuites(crt: Runtime): void {
  const suite = functionSuites(crt);
  suite('strlen', { args: [strings], runs: 120 });
  suite('strnlen', { args: fc.tuple(strings, count), runs: 120 });
  suite('strcmp', { args: compared, runs: 200 });
  suite('strncmp', { args: comparedUpTo, runs: 200 });
  suite('strcoll', { args: compared, runs: 120 });
  suite('_stricmp', { args: compared, runs: 200 });
  suite('_strnicmp', { args: comparedUpTo, runs: 200 });
  suite('strchr', { args: fc.tuple(letters, byteOf('abABx\0')), runs: 120 });
  suite('strrchr', { args: fc.tuple(letters, byteOf('abABx\0')), runs: 120 });
  suite('strstr', { args: fc.tuple(over('ab', 12), over('ab', 4)), runs: 200 });
  suite('strspn', { args: fc.tuple(strings, letters), runs: 120 });
  suite('strcspn', { args: fc.tuple(strings, letters), runs: 120 });
  suite('strpbrk', { args: fc.tuple(strings, letters), runs: 120 });
  suite('strcpy', { args: fc.tuple(destination(20, strings), strings), runs: 120 });
  suite('strncpy', { args: fc.tuple(destination(20, strings), strings, count), runs: 120 });
  suite('strcat', { args: fc.tuple(destination(28, strings), strings), runs: 120 });
  suite('strncat', { args: fc.tuple(destination(28, strings), strings, count), runs: 120 });
  suite('strxfrm', { args: fc.tuple(fc.constant(outBuffer(16)), strings, count), runs: 120 });
  suite('_strrev', { args: fc.tuple(destination(20, strings)), runs: 120 });
  suite('_strupr', { args: fc.tuple(destination(20, strings)), runs: 120 });
  suite('_strlwr', { args: fc.tuple(destination(20, strings)), runs: 120 });
  suite('_strset', { args: fc.tuple(destination(20, strings), byte), runs: 120 });
  suite('_strnset', { args: fc.tuple(destination(20, strings), byte, count), runs: 120 });
  suite('strerror', { args: [whole(-2, 145)], runs: 150 });

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
    input: fc.record({
      text: over('ab,; ', 16),
      delimiters: fc.array(over(',; b', 3), { minLength: 1, maxLength: 3 }),
    }),
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
  suite('_stricoll', { args: compared, runs: 120 });
  alike(suite, '_strncoll _strnicoll', { args: comparedUpTo, runs: 120 });
  suite('_strdup', { args: [strings], runs: 60 });
}
