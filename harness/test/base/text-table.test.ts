import { styleText } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, tableLines, tableWithHead } from '../../base/text-table.ts';

describe('tableLines', () => {
  it('sets columns below one another, to the left or to the right', () => {
    expect(
      tableLines(
        [
          ['name', 'ns'],
          ['add', '12'],
          ['a long name', '7'],
        ],
        [{}, { align: 'right' }],
      ),
    ).toEqual(['name         ns', 'add          12', 'a long name   7']);
  });

  it('counts what a terminal shows, and not what a string holds', () => {
    const rows = [
      ['漢字', '|'],
      ['ab', '|'],
      ['e\u0301tude', '|'],
      ['👩‍👩‍👧', '|'],
      [styleText('red', 'red', { validateStream: false }), '|'],
    ];
    const lines = tableLines(rows);
    expect(lines).toEqual(['漢字   |', 'ab     |', 'e\u0301tude  |', '👩‍👩‍👧     |', `${rows[4]![0]!}    |`]);
    expect(new Set(lines.map(displayWidth))).toEqual(new Set([8]));
  });

  it('keeps the narrowest width that was asked for, and lets one long cell move its own row only', () => {
    expect(
      tableLines(
        [
          ['a', 'x'],
          ['far too long', 'y'],
        ],
        [{ minWidth: 3, maxWidth: 5 }],
      ),
    ).toEqual(['a      x', 'far too long  y']);
    expect(tableLines([['a', 'x']], [{ minWidth: 3 }])).toEqual(['a    x']);
  });

  it('ends no line in a space, and takes rows of any length', () => {
    expect(tableLines([['a', ''], ['bcd'], ['e', 'f', 'g']])).toEqual(['a', 'bcd', 'e    f  g']);
    expect(tableLines([])).toEqual([]);
  });

  it('begins the last column at one place, whatever stands before it', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/\p{C}/u.test(text));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const lines = tableLines(rows.map((row) => [...row, '|']));
        expect(new Set(lines.map((line) => displayWidth(line.slice(0, -1)))).size).toBe(1);
      }),
    );
  });
});

it('underlines a head as wide as its columns', () => {
  expect(
    tableWithHead([
      ['id', '字'],
      ['one', 'x'],
    ]),
  ).toEqual(['id   字', '---  --', 'one  x']);
});
