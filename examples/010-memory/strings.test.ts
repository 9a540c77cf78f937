import { describe, expect, test } from 'dllparity';
import { strings, western } from './dlls.ts';

describe('text', () => {
  test('goes in as UTF-8 or UTF-16', ({ load }) => {
    const { firstLetter, firstWide } = load(strings);
    expect([firstLetter('😀'), firstWide('😀')]).toEqual([0x1f600, 0x1f600]);
  });

  test('comes back as a string, and is released by the DLL where the library says so', ({ load }) => {
    const { ownText, copyText } = load(strings);
    expect(ownText()).toBe('grüße 😀');
    expect([copyText('a copy'), copyText(null)]).toEqual(['a copy', null]);
  });

  test('is written into a buffer', ({ load }) => {
    const { getText, getWide } = load(strings);
    const buffer = Buffer.alloc(32);
    expect(buffer.toString('utf8', 0, getText(buffer, buffer.length))).toBe('grüße 😀');
    // First the length, then the text.
    const size = [0];
    getWide(null, size);
    const wide = new Uint16Array(size[0]!);
    const length = getWide(wide, size);
    expect(String.fromCharCode(...wide.subarray(0, length))).toBe('grüße 😀');
  });

  test('is edited in place', ({ load }) => {
    const buffer = Buffer.from('zugbrücke\0');
    expect(load(strings).replace(buffer, 0x75, 0x55)).toBe(1);
    expect(buffer.toString()).toBe('zUgbrücke\0');
  });

  test('is part of structs, and of arrays', ({ load }) => {
    const { makeLabel, join } = load(strings);
    expect(makeLabel('Hello')).toEqual({ small: 'Hell', large: 'Hello', wide: 'Hello' });
    const out = Buffer.alloc(32);
    expect(out.toString('utf8', 0, join(['one', null, 'drei'], 3, out, 32))).toBe('one,(null),drei');
  });
});

test('a code page is an option of the library', ({ load }) => {
  const { own1252, byteAt, copyText } = load(western);
  expect(own1252()).toBe('café 10 €');
  expect(byteAt('€', 0)).toBe(0x80);
  expect(() => copyText('你')).toThrow('has characters that windows-1252 does not know');
});
