import { describe, expect, fc, library, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';
import { gbk, latin1, strings, windows1252 } from './strings.ts';

const FACE = '\u{1f600}';
const GREETING = `gr\u00fc\u00dfe ${FACE}`;

describe('text goes in', () => {
  test('as UTF-8 and UTF-16, surrogates included', ({ load }) => {
    const { bytesIn, unitsIn, firstUtf8, firstUtf16, unitAt } = load(strings);
    expect([bytesIn(GREETING), unitsIn(GREETING)]).toEqual([12, 8]);
    for (const text of ['a', '\u00fc', '\u20ac', FACE]) {
      expect([firstUtf8(text), firstUtf16(text)]).toEqual([text.codePointAt(0), text.codePointAt(0)]);
    }
    expect([unitAt(FACE, 0), unitAt(FACE, 1), unitAt(FACE, 2)]).toEqual([0xd83d, 0xde00, 0]);
    expect(unitAt('a\ud83d', 1)).toBe(0xd83d);
  });

  test('as UTF-32, which is an array', ({ load }) => {
    const points = Uint32Array.from([...GREETING, '\0'], (letter) => letter.codePointAt(0)!);
    expect(load(strings).pointsIn(points)).toBe(7);
  });

  test('as null and empty, which differ', ({ load }) => {
    const { bytesIn, unitsIn } = load(strings);
    expect([bytesIn(null), unitsIn(null), bytesIn(''), unitsIn('')]).toEqual([2 ** 32 - 1, 2 ** 32 - 1, 0, 0]);
  });

  test('whatever it is', ({ load }) => {
    const { bytesIn, unitsIn, copyText, copyWide } = load(strings);
    const text = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(text, (text) => {
        expect(bytesIn(text)).toBe(Buffer.byteLength(text));
        expect(unitsIn(text)).toBe(text.length);
        expect(copyText(text)).toBe(text);
        expect(copyWide(text)).toBe(text);
      }),
    );
  });

  test('with a NUL inside, for functions that are told a length', ({ load }) => {
    const { bytesIn, byteAt } = load(strings);
    expect([bytesIn('a\0b'), byteAt('a\0b', 2)]).toEqual([1, 0x62]);
  });

  test('but not as a number or an object', ({ load }) => {
    const { bytesIn } = load(strings) as unknown as { bytesIn: (text: unknown) => number };
    expect(() => bytesIn(7)).toThrow('ARGUMENT_TYPE');
    expect(() => bytesIn({})).toThrow('ARGUMENT_TYPE');
  });
});

describe('text comes out', () => {
  test('as a result', ({ load }) => {
    const all = load(strings);
    expect([all.ownUtf8(), all.ownUtf16()]).toEqual([GREETING, GREETING]);
    expect([all.noText(), all.noWide(), all.emptyText()]).toEqual([null, null, '']);
    expect(all.loneSurrogate()).toBe('a\ud83db');
    const points = all.ownUtf32()!.array('uint32_t', 3);
    expect(String.fromCodePoint(...points)).toBe(`g\u00fc${FACE}`);
  });

  test('into a buffer of the caller', ({ load }) => {
    const { getText, getWide } = load(strings);
    const buffer = Buffer.alloc(32);
    expect(getText(buffer, 32)).toBe(12);
    expect(buffer.toString('utf8', 0, 12)).toBe(GREETING);
    expect(getText(buffer, 4)).toBe(12);
    expect(buffer.toString('latin1', 0, 4)).toBe('gr\u00c3\0');
    const wide = new Uint16Array(16);
    const size = [16];
    expect(getWide(wide, size)).toBe(8);
    expect(size).toEqual([9]);
    expect(String.fromCharCode(...wide.subarray(0, 8))).toBe(GREETING);
    expect(() => getText(Buffer.alloc(3), 4)).toThrow('ARGUMENT_RANGE');
  });

  test('of which a caller asks for the length first', ({ load }) => {
    const { getWide } = load(strings);
    const size = [0];
    expect(getWide(null, size)).toBe(0);
    const wide = new Uint16Array(size[0]!);
    expect(getWide(wide, size)).toBe(8);
  });

  test('without an end, when the DLL writes none', ({ load }) => {
    const buffer = Buffer.alloc(6, '-');
    load(strings).getWithoutEnd(buffer, 4);
    expect(buffer.toString('latin1')).toBe('xxxx--');
  });

  test('as several, one after the other', ({ load }) => {
    const buffer = Buffer.alloc(32);
    const n = load(strings).multiText(buffer, 32);
    expect(buffer.toString('latin1', 0, n).split('\0').filter(Boolean)).toEqual(['one', 'two', 'three']);
  });
});

describe('text is edited in place', () => {
  test('in a Buffer, exact or longer', ({ load }) => {
    const { replaceChar, cut } = load(strings);
    for (const room of [12, 40]) {
      const buffer = Buffer.alloc(room);
      buffer.write('hello there');
      expect(replaceChar(buffer, 0x65, 0x45)).toBe(3);
      expect(buffer.toString('latin1', 0, 11)).toBe('hEllo thErE');
      cut(buffer, 5);
      expect(buffer.toString('latin1', 0, 11)).toBe('hEllo\0thErE');
    }
  });

  test('in 16-bit units', ({ load }) => {
    const wide = Uint16Array.from([...'zug\0rest'], (letter) => letter.charCodeAt(0));
    expect(load(strings).replaceWchar(wide, 0x75, 0xfc)).toBe(1);
    expect(String.fromCharCode(...wide)).toBe('z\u00fcg\0rest');
  });

  test('in memory that is shared', ({ load, agent }) => {
    const buffer = agent.buffer(16);
    buffer.bytes.set(Buffer.from('shared'));
    load(strings).replaceChar(buffer.pointer, 0x73, 0x53);
    expect(buffer.pointer.text()).toBe('Shared');
    buffer.release();
  });
});

describe('text in structs', () => {
  test('fills fixed arrays up to their NUL', ({ load }) => {
    const label = {};
    load(strings).setLabel(label, 'Hello');
    expect(label).toEqual({ small: 'Hell', large: 'Hello', wide: 'Hello' });
    expect(load(strings).makeLabel('Hi')).toEqual({ small: 'Hi', large: 'Hi', wide: 'Hi' });
  });

  test('may fill arrays to the last element', ({ load }) => {
    const label: { small?: string; large?: string; wide?: string } = {};
    load(strings).fillLabel(label);
    expect(label).toEqual({ small: 'sssss', large: 'l'.repeat(64), wide: 'w'.repeat(8) });
  });

  test('goes in as a string or as bytes; too long is refused', ({ load }) => {
    const { labelBytes } = load(strings);
    expect(labelBytes({ small: 'Hello', large: 'a', wide: 'ab' })).toBe(20501);
    expect(labelBytes({ small: Buffer.from('abc'), large: [0x61, 0x62], wide: 'Hellooo!' })).toBe(80302);
    expect(labelBytes({ small: 'gr\u00fc' })).toBe(400);
    expect(() => labelBytes({ small: 'Hello!' })).toThrow('ARGUMENT_RANGE');
    expect(() => labelBytes({ wide: 'nine long' })).toThrow('ARGUMENT_RANGE');
    expect(() => labelBytes({ small: 'gr\u00fc\u00df' })).toThrow('ARGUMENT_RANGE');
  });

  test('hangs on pointers', ({ load }) => {
    const { textLengths, setTexts } = load(strings);
    expect(textLengths({ narrow: 'gr\u00fc', wide: FACE })).toBe(2004);
    expect(textLengths({ narrow: null, wide: '' })).toBe(2 ** 32 - 1);
    const texts: { narrow?: { text(): string }; wide?: { wideText(): string } } = {};
    setTexts(texts);
    expect([texts.narrow!.text(), texts.wide!.wideText()]).toEqual([GREETING, GREETING]);
  });
});

describe('texts in arrays', () => {
  test('go in as strings, narrow and wide', ({ load }) => {
    const { join, joinWide } = load(strings);
    const out = Buffer.alloc(64);
    expect(join(['one', FACE, null, ''], 4, out, 64)).toBe(16);
    expect(out.toString('utf8', 0, 16)).toBe(`one,${FACE},(null),`);
    const wide = new Uint16Array(16);
    expect(joinWide(['ab', FACE, ''], 3, wide)).toBe(4);
    expect(String.fromCharCode(...wide.subarray(0, 4))).toBe(`ab${FACE}`);
  });
});

describe('code pages', () => {
  test('are an option of the library', ({ load }) => {
    const western = load(windows1252);
    expect(western.own1252()).toBe('caf\u00e9 10 \u20ac');
    expect([western.byteAt('\u20ac\u00e9', 0), western.byteAt('\u20ac\u00e9', 1)]).toEqual([0x80, 0xe9]);
    expect(western.copyText('\u201equoted\u201c \u20ac')).toBe('\u201equoted\u201c \u20ac');
    const chinese = load(gbk);
    expect(chinese.ownGbk()).toBe('\u4f60\u597d');
    expect([0, 1, 2, 3, 4].map((index) => chinese.byteAt('\u4f60\u597d', index))).toEqual([0xc4, 0xe3, 0xba, 0xc3, 0]);
    expect(load(latin1).own1252()).toBe('caf\u00e9 10 \u0080');
  });

  test('refuse characters that they do not have', ({ load }) => {
    expect(() => load(windows1252).copyText('\u4f60')).toThrow(/ARGUMENT_(TYPE|RANGE)/);
    expect(() => load(latin1).copyText('\u20ac')).toThrow(/ARGUMENT_(TYPE|RANGE)/);
  });

  test('that are not known are refused when the library is declared or loaded', ({ load }) => {
    expect(() =>
      load(
        library(referenceDll('strings.dll'), { noText: 'const char *no_text(void)' }, { encoding: 'klingon-8' }),
      ).noText(),
    ).toThrow(/klingon-8/);
  });

  test('do not matter to bytes: nothing is lost on the way', ({ load }) => {
    const { own1252, ownGbk, copyBytes } = load(strings);
    expect(Buffer.from(own1252()!.bytes(9)).toString('hex')).toBe('636166e92031302080');
    expect(own1252()!.text('windows-1252')).toBe('caf\u00e9 10 \u20ac');
    expect(ownGbk()!.text('gbk')).toBe('\u4f60\u597d');
    const all = Buffer.from([...Array.from({ length: 255 }, (_, i) => i + 1), 0]);
    const out = new Uint8Array(255);
    expect(copyBytes(all, out, 255)).toBe(255);
    expect(Buffer.from(out).equals(all.subarray(0, 255))).toBe(true);
  });
});

describe('very long text', () => {
  test('of 8 MiB goes in and comes out, narrow and wide, and is freed by the DLL', ({ load }) => {
    const { copyText, copyWide, bytesIn, textsFreed } = load(strings);
    const before = textsFreed();
    const text = '0123456789abcde\n'.repeat(1 << 19);
    expect(bytesIn(text)).toBe(8 << 20);
    // Not toBe: a failure would print both.
    expect(copyText(text) === text).toBe(true);
    const half = text.slice(0, 4 << 20);
    expect(copyWide(half) === half).toBe(true);
    expect(textsFreed() - before).toBe(2);
  });
});

test('characters are numbers', ({ load }) => {
  const { nextChar, nextWchar } = load(strings);
  expect([nextChar(0x41), nextChar(127), nextWchar(0xff), nextWchar(0xffff)]).toEqual([0x42, -128, 0x100, 0]);
});
