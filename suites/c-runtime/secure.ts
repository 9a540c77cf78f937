// The functions that are told the size of a buffer. What does not fit is an invalid parameter: the suites set a handler for it,
// and compare the buffer too.
import { conformance, fc } from 'dllparity';
import type { Loaded, Outcome } from 'dllparity/agent';
import { invalidParameterSafe } from './handlers.ts';
import { integers32, integers64, whole, within } from './numbers.ts';
import type { SECURE } from './prototypes/secure.ts';
import type { Runtime } from './runtimes.ts';
import { over, text, wideText } from './texts.ts';
import { date } from './time.ts';

/** Memory of so many bytes, fresh in each case: `#`, and at its start a text, of wchar_t where `wide` says so. */
interface Memory {
  readonly bytes: number;
  readonly text: string | null;
  readonly wide: boolean;
}

/** A 64-bit integer, in decimal digits. */
interface Long {
  readonly long: string;
}

type Item = Memory | Long | number | string | null | readonly number[] | object;

const room = (bytes: number): fc.Arbitrary<Memory> => fc.constant({ bytes, text: null, wide: false });
const holding = (bytes: number, texts: fc.Arbitrary<string>, wide = false): fc.Arbitrary<Memory> =>
  texts.map((value) => ({ bytes, text: value, wide }));

const size = whole(0, 16);
const count = fc.oneof(whole(0, 14), fc.constant(-1));
const long = (signed: boolean): fc.Arbitrary<Long> => integers64(signed).map((value) => ({ long: value.toString() }));
const radix = fc.oneof(whole(2, 36), fc.constantFrom(0, 1, 37));
const short = text(14);
const wide = wideText(14);
const decimal = within(-1e6, 1e6);

export function secureSuites(crt: Runtime): void {
  const suite = (name: keyof typeof SECURE, ...input: readonly fc.Arbitrary<Item>[]): void => {
    declare(crt, name, { input: fc.tuple(...input) });
  };

  suite('strcpy_s', holding(16, short), size, short);
  suite('strcat_s', holding(16, text(10)), size, short);
  suite('strncat_s', holding(16, text(10)), size, short, count);
  suite('wcscpy_s', holding(32, wide, true), size, wide);
  suite('wcscat_s', holding(32, wideText(10), true), size, wide);
  suite('wcsncpy_s', holding(32, wide, true), size, wide, count);
  suite('wcsncat_s', holding(32, wideText(10), true), size, wide, count);
  suite('_strlwr_s', holding(16, short), size);
  suite('_strupr_s', holding(16, short), size);
  suite('_wcslwr_s', holding(32, wide, true), size);
  suite('_wcsupr_s', holding(32, wide, true), size);
  suite('_strset_s', holding(16, short), size, whole(0, 255));
  suite('_strnset_s', holding(16, short), size, whole(0, 255), whole(0, 14));
  suite('_wcsset_s', holding(32, wide, true), size, whole(0, 0xffff));
  suite('_wcsnset_s', holding(32, wide, true), size, whole(0, 0xffff), whole(0, 14));
  suite('memcpy_s', holding(16, short), size, holding(16, short), whole(0, 16));
  suite('memmove_s', holding(16, short), size, holding(16, short), whole(0, 16));
  suite('wmemcpy_s', holding(32, wide, true), size, holding(32, wide, true), size);
  suite('wmemmove_s', holding(32, wide, true), size, holding(32, wide, true), size);

  for (const [name, value] of [
    ['_itoa_s', integers32(true)],
    ['_ltoa_s', integers32(true)],
    ['_ultoa_s', integers32(false)],
    ['_i64toa_s', long(true)],
    ['_ui64toa_s', long(false)],
  ] as const) {
    suite(name, value, room(68), whole(0, 68), radix);
    suite(name.replace('a_s', 'w_s') as keyof typeof SECURE, value, room(136), whole(0, 68), radix);
  }
  suite('_gcvt_s', room(40), whole(0, 40), decimal, whole(0, 20));
  suite('_ecvt_s', room(40), whole(0, 40), decimal, whole(0, 20), fc.constant([0]), fc.constant([0]));
  // Wine 8 never returns where the text does not fit, so that is tried twice only.
  declare(crt, '_fcvt_s', {
    input: fc.tuple(room(40), whole(22, 40), decimal, whole(0, 12), fc.constant([0]), fc.constant([0])),
    always: [1, 4].map((small) => [{ bytes: 40, text: null, wide: false }, small, 1.5, 6, [0], [0]]),
    limitMs: 1000,
  });
  suite('strerror_s', room(64), whole(0, 64), whole(-2, 145));
  suite('asctime_s', room(40), whole(0, 40), date);
  suite('_wasctime_s', room(80), whole(0, 40), date);

  const parts = [over('cC:', 2), over('ab\\/.', 6), over('ab.', 6), over('.ex', 4)];
  suite('_makepath_s', room(32), whole(0, 32), ...parts);
  suite('_wmakepath_s', room(64), whole(0, 32), ...parts);
  const path = over('ab.\\/ :', 12);
  const piece = [room(8), whole(0, 8)] as const;
  const widePiece = [room(16), whole(0, 8)] as const;
  suite('_splitpath_s', path, ...piece, ...piece, ...piece, ...piece);
  suite('_wsplitpath_s', path, ...widePiece, ...widePiece, ...widePiece, ...widePiece);
}

interface SecureSuite {
  readonly input: fc.Arbitrary<readonly Item[]>;
  readonly always?: readonly (readonly Item[])[];
  /** Of a call, in milliseconds. @default that of the run */
  readonly limitMs?: number;
}

function declare(crt: Runtime, name: keyof typeof SECURE, { input, always = [], limitMs }: SecureSuite): void {
  conformance(name, crt, {
    input,
    always,
    runs: 120,
    script: (loaded, items, agent) => {
      const memory: Buffer[] = [];
      const values = items.map((item) => prepared(item, memory));
      const limit = agent.callTimeoutMs;
      if (limitMs !== undefined) agent.callTimeoutMs = limitMs;
      try {
        const called = invalidParameterSafe(loaded, agent, () => callable(loaded, name).outcome(...values));
        return { ...called, ...Object.fromEntries(memory.map((bytes, index) => [`memory${index}`, bytes])) };
      } finally {
        agent.callTimeoutMs = limit;
      }
    },
  });
}

function prepared(item: Item, memory: Buffer[]): unknown {
  if (typeof item !== 'object' || item === null) return item;
  if (Array.isArray(item)) return [...(item as readonly number[])];
  if ('long' in item) return BigInt(item.long);
  if (!('bytes' in item)) return item;
  const buffer = Buffer.alloc(item.bytes, '#');
  if (item.text !== null) buffer.write(`${item.text}\0`, item.wide ? 'utf16le' : 'latin1');
  memory.push(buffer);
  return buffer;
}

/** Which of many functions is called is known only when the suite runs, so its parameters are unknown. */
function callable(loaded: Loaded<Runtime>, name: keyof typeof SECURE): { outcome(...values: unknown[]): Outcome } {
  return loaded[name];
}
