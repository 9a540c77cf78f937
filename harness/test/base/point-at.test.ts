import { describe, expect, it } from 'vitest';
import { pointAt } from '../../base/point-at.ts';

describe('pointAt', () => {
  it('shows the line before, the line and a caret', () => {
    const source = 'int add(\n  int a, itn b)\n';
    expect(pointAt(source, source.indexOf('itn'), 3)).toEqual({
      line: 2,
      column: 10,
      excerpt: '1 | int add(\n2 |   int a, itn b)\n  |          ^^^',
    });
  });

  it('needs no line before the first', () => {
    expect(pointAt('abc', 1)).toEqual({ line: 1, column: 2, excerpt: '1 | abc\n  |  ^' });
  });

  it('points behind the end of the text, and moves a wild offset to an end', () => {
    expect(pointAt('ab', 2)).toEqual({ line: 1, column: 3, excerpt: '1 | ab\n  |   ^' });
    expect(pointAt('ab', 99)).toEqual(pointAt('ab', 2));
    expect(pointAt('ab', -3)).toEqual(pointAt('ab', 0));
    expect(pointAt('', 0)).toEqual({ line: 1, column: 1, excerpt: '1 |\n  | ^' });
  });

  it('treats a place on the newline as the end of its line', () => {
    expect(pointAt('ab\ncd', 2)).toMatchObject({ line: 1, column: 3 });
    expect(pointAt('\ncd', 0)).toEqual({ line: 1, column: 1, excerpt: '1 |\n  | ^' });
    expect(pointAt('ab\ncd', 3)).toMatchObject({ line: 2, column: 1 });
  });

  it('keeps the caret in place behind tabs, CRLF, wide characters and combining marks', () => {
    expect(pointAt('\tx\r\n\ty', 5).excerpt).toBe('1 |  x\n2 |  y\n  |  ^');
    expect(pointAt('漢字 x', 3).excerpt.split('\n')[1]).toBe('  |      ^');
    expect(pointAt('e\u0301 x', 3).excerpt.split('\n')[1]).toBe('  |   ^');
  });

  it('widens the margin with the line number', () => {
    expect(pointAt('\n'.repeat(9) + 'x', 9).excerpt).toBe(' 9 |\n10 | x\n   | ^');
  });

  it('shows a window of a very long line', () => {
    const { excerpt, column } = pointAt('a'.repeat(5000) + 'X' + 'b'.repeat(5000), 5000, 400);
    expect(column).toBe(5001);
    const [shown = '', carets = ''] = excerpt.split('\n');
    expect(shown.length).toBeLessThanOrEqual(104);
    expect(carets.length).toBeLessThanOrEqual(104);
    expect(shown[carets.indexOf('^')]).toBe('X');
  });
});
