// Texts behind pointers in memory that the DLL sorts, edits in place, and replaces: strings go in, and strings come back.
import { as, describe, expect, library, type Pointer, test } from 'dllparity';
import { strings, windows1252 } from './strings.ts';

const crt = library('msvcrt.dll', {
  qsort: 'void qsort(void *base, size_t count, size_t size, int (*compare)(const void *a, const void *b))',
});

type Texts = (string | Pointer | null)[];

describe('arrays of texts', () => {
  test('come back sorted', ({ load }) => {
    const { sortTexts, sortTextsPlain, sortWide } = load(strings);
    const texts: Texts = ['pear', 'fig', '', '\u00e4pfel', 'apple', 'fig'];
    sortTexts(texts, texts.length);
    expect(texts).toEqual(['', 'apple', 'fig', 'fig', 'pear', '\u00e4pfel']);
    const plain: Texts = ['b', 'c', 'a'];
    sortTextsPlain(plain, 3);
    expect(plain).toEqual(['a', 'b', 'c']);
    const wide: Texts = ['z', '\u{1f600}', '\u00e4', 'Z'];
    sortWide(wide, wide.length);
    expect(wide).toEqual(['Z', 'z', '\u00e4', '\u{1f600}']);
  });

  test('in a code page too', ({ load }) => {
    const texts: Texts = ['\u20ac', 'b', '\u00fc', 'a'];
    load(windows1252).sortTexts(texts, texts.length);
    expect(texts).toEqual(['a', 'b', '\u20ac', '\u00fc']);
    const edited: Texts = ['gr\u00fcn', '\u20ac'];
    load(windows1252).raiseTexts(edited, 2);
    expect(edited).toEqual(['GR\u00fcN', '\u20ac']);
  });

  test('are sorted by qsort of the C runtime, through a callback', ({ load, agent }) => {
    const texts: Texts = ['pear', 'fig', 'apple', '\u00e4pfel', ''];
    const expected = [...(texts as string[])].sort();
    load(crt).qsort(as(texts, 'char **'), texts.length, agent.pointerBytes, (a, b) => {
      const [left, right] = [a!.read('char *')!.text(), b!.read('char *')!.text()];
      return left < right ? -1 : left > right ? 1 : 0;
    });
    expect(texts).toEqual(expected);
  });

  test('edited in place come back as they are then, also where the array only goes in', ({ load }) => {
    const { raiseTexts, raiseTextsInOut, raiseConstTexts, cutWide } = load(strings);
    for (const raise of [raiseTexts, raiseTextsInOut]) {
      const texts: Texts = ['one', null, 'Zw\u00f6lf', 'THREE', ''];
      raise(texts, texts.length);
      expect(texts).toEqual(['ONE', null, 'ZW\u00f6LF', 'THREE', '']);
    }
    // What is const is not looked at again.
    const untouched = ['one'];
    raiseConstTexts(untouched, 1);
    expect(untouched).toEqual(['one']);
    const frozen = Object.freeze(['one']);
    raiseTexts(frozen, 1);
    expect(frozen).toEqual(['one']);
    const wide: Texts = ['long \u{1f600}', 'no', null];
    cutWide(wide, 3, 4);
    expect(wide).toEqual(['long', 'no', null]);
  });

  test('of which pointers were moved on, dropped, and replaced by the DLL', ({ load }) => {
    const { trimTexts, replaceTexts } = load(strings);
    const texts: Texts = ['  two', 'none', ' ', null, ' \u00e4'];
    trimTexts(texts, texts.length);
    expect(texts).toEqual(['two', 'none', '', null, '\u00e4']);
    const many: Texts = Array.from({ length: 2000 }, (_, i) => ` ${i.toString()}`);
    trimTexts(many, many.length);
    expect(many).toEqual(Array.from({ length: 2000 }, (_, i) => i.toString()));
    // Memory of the DLL's own is a place, as everywhere: somebody may have to free it.
    const replaced: Texts = ['a', 'b', 'c'];
    replaceTexts(replaced, 3);
    expect([replaced[0], (replaced[1] as Pointer).text(), replaced[2]]).toEqual([null, 'mine', 'c']);
  });

  test('that have a NUL inside keep what is behind it', ({ load }) => {
    const { raiseTextsInOut } = load(strings);
    const texts: Texts = ['ONE\0two', 'one\0two'];
    raiseTextsInOut(texts, 2);
    expect(texts).toEqual(['ONE\0two', 'ONE\0two']);
  });

  test('in a batch and asynchronously', async ({ load }) => {
    const { sortTexts } = load(strings);
    const lists: Texts[] = [
      ['b', 'a'],
      ['d', 'c'],
    ];
    sortTexts.batch(lists.map((list) => [list, 2]));
    expect(lists).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const later: Texts = ['z', 'y'];
    await sortTexts.async(later, 2);
    expect(later).toEqual(['y', 'z']);
  });
});

describe('members that are texts', () => {
  test('are exchanged and edited', ({ load }) => {
    const entries = [
      { key: 1, text: 'one', wide: 'eins' },
      { key: 2, text: 'two', wide: 'zwei' },
    ];
    load(strings).editEntries(entries, 2);
    expect(entries).toEqual([
      { key: 1, text: '!wo', wide: '!ins' },
      { key: 2, text: '!ne', wide: '!wei' },
    ]);
  });

  test('of a struct that is const may be edited where they are not', ({ load }) => {
    const entry = { text: 'one', wide: 'eins' };
    load(strings).raiseEntry(entry);
    expect(entry).toEqual({ text: 'ONE', wide: 'eins' });
  });
});
