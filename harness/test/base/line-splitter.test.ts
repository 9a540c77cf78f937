import { describe, expect, it } from 'vitest';
import { LineSplitter, LineTooLong } from '../../base/line-splitter.ts';

const add = (splitter: LineSplitter, text: string): string[] => splitter.add(Buffer.from(text)).lines;

describe('LineSplitter', () => {
  it('gives complete lines once, and keeps a partial one for later', () => {
    const splitter = new LineSplitter();
    expect(add(splitter, 'one\ntw')).toEqual(['one']);
    expect(add(splitter, '')).toEqual([]);
    expect(add(splitter, 'o\n\nthree\n')).toEqual(['two', '', 'three']);
    expect(add(splitter, 'rest')).toEqual([]);
    expect(splitter.end()).toEqual(['rest']);
    expect(splitter.end()).toEqual([]);
  });

  it('understands CRLF, also when it is split', () => {
    const splitter = new LineSplitter();
    expect(add(splitter, 'a\r\nb\r')).toEqual(['a']);
    expect(add(splitter, '\nc\rd\r\n')).toEqual(['b', 'c\rd']);
    expect(new LineSplitter({ crlf: false }).add(Buffer.from('a\r\n')).lines).toEqual(['a\r']);
  });

  it('puts a character together that arrives in pieces', () => {
    const splitter = new LineSplitter();
    const lines = [...Buffer.from('ä€😀\n')].flatMap((byte) => splitter.add(Buffer.from([byte])).lines);
    expect(lines).toEqual(['ä€😀']);
  });

  it('gives out a line without end in parts', () => {
    const splitter = new LineSplitter({ maxBytes: 10 });
    expect(add(splitter, 'x'.repeat(25))).toEqual(['xxxxxxxxxx', 'xxxxxxxxxx']);
    expect(splitter.end()).toEqual(['xxxxx']);
    expect(add(splitter, `${'y'.repeat(25)}\nz\n`)).toEqual(['yyyyyyyyyy', 'yyyyyyyyyy', 'yyyyy', 'z']);
  });

  it('leaves a line that is too long out, with its end, where that is asked for', () => {
    const splitter = new LineSplitter({ maxBytes: 4, longLine: 'drop' });
    expect(add(splitter, 'long line\nok\nanother')).toEqual(['ok']);
    expect(add(splitter, ' one: ok')).toEqual([]);
    expect(add(splitter, 'ok\nfour\nfi')).toEqual(['four']);
    expect(add(splitter, 've5\nrest')).toEqual([]);
    expect(splitter.end()).toEqual(['rest']);
    expect(add(splitter, 'too long')).toEqual([]);
    expect(splitter.end()).toEqual([]);
  });

  it('refuses it where that is asked for, before its end has come', () => {
    const splitter = new LineSplitter({ maxBytes: 4, longLine: 'refuse' });
    expect(add(splitter, 'four\nfour')).toEqual(['four']);
    expect(() => splitter.add(Buffer.from('5'))).toThrow(LineTooLong);
    expect(() => new LineSplitter({ maxBytes: 4, longLine: 'refuse' }).add(Buffer.from('12345\n'))).toThrow(
      LineTooLong,
    );
  });

  it('keeps nothing of a buffer that is filled again', () => {
    const splitter = new LineSplitter();
    const buffer = Buffer.from('half');
    splitter.add(buffer);
    buffer.fill('x');
    expect(add(splitter, '\n')).toEqual(['half']);
  });

  it('gives the last of too many lines, and counts the others', () => {
    const splitter = new LineSplitter();
    splitter.add(Buffer.from('the beginning of '));
    expect(splitter.add(Buffer.from('1\n2\n3\n4\npart'), 2)).toEqual({ lines: ['3', '4'], left: 2 });
    expect(splitter.end()).toEqual(['part']);
  });

  it('counts a million empty lines without making them', () => {
    const splitter = new LineSplitter();
    expect(splitter.add(Buffer.alloc(1 << 20, '\n'), 10)).toEqual({ lines: Array(10).fill(''), left: (1 << 20) - 10 });
  });
});
