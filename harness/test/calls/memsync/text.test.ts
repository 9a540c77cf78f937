import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, decodeWide, encodeText, lengthUntilZero, requireEncoding } from '../../../calls/memsync/text.ts';

describe('8-bit text', () => {
  it('keeps all of Unicode in UTF-8, and all bytes in latin1', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(decodeText(encodeText(text, 'utf8'), 'utf8')).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(new Uint8Array(encodeText(decodeText(bytes, 'latin1'), 'latin1'))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it.each([
    ['windows-1252', 'café – €', [0x63, 0x61, 0x66, 0xe9, 0x20, 0x96, 0x20, 0x80]],
    ['gbk', '中文', [0xd6, 0xd0, 0xce, 0xc4]],
    ['shift_jis', 'ア', [0x83, 0x41]],
    ['cp437', 'é', [0x82]],
  ])('knows the code page %s', (encoding, text, bytes) => {
    requireEncoding(encoding);
    expect([...encodeText(text, encoding)]).toEqual(bytes);
    expect(decodeText(Uint8Array.from(bytes), encoding)).toBe(text);
  });

  it('refuses characters that a code page lacks, and encodings that do not exist', () => {
    expect(() => encodeText('中', 'windows-1252')).toThrow(/windows-1252 does not know/);
    for (const half of ['a\ud800b', '\udc00']) expect(() => encodeText(half, 'utf8')).toThrow(/utf8 does not know/);
    expect([...encodeText('😀', 'utf8')]).toEqual([0xf0, 0x9f, 0x98, 0x80]);
    expect(() => encodeText('Ā', 'latin1')).toThrow(/latin1 does not know/);
    expect(() => {
      requireEncoding('windows-12');
    }).toThrow(/no encoding called "windows-12"/);
  });
});

it('text ends at the first zero element', () => {
  expect(lengthUntilZero(Uint8Array.from([1, 2, 0, 3]), 1)).toBe(2);
  expect(lengthUntilZero(Uint8Array.from([1, 2]), 1)).toBe(2);
  expect(lengthUntilZero(Uint8Array.from([1, 0, 0, 1, 0, 0, 5, 5]), 2)).toBe(4);
  expect(decodeWide(Uint8Array.from([0x3d, 0xd8, 0x00, 0xde]))).toBe('😀');
});
