import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../evidence/facts/read-facts.ts';
import { factText, problemOf, read } from './fact-text.ts';

const argumentOf = (written: string): unknown => {
  const { facts, problems } = read(factText({ prototype: '"void f(void *p)"', args: `[${written}]`, expect: '{}' }));
  return facts[0]?.args[0] ?? problems[0]?.error.message;
};

describe('arguments of both dialects', () => {
  it.each([
    ['{str: "ab"}', { kind: 'memory', element: 'char', content: { kind: 'text', text: 'ab' } }],
    ['{wstr: "ab"}', { kind: 'memory', element: 'char16', content: { kind: 'text', text: 'ab' } }],
    ['{"null": true}', { kind: 'null' }],
    ['{null: true}', { kind: 'null' }],
    [
      '{out: int32, size: 2, init: 5}',
      { kind: 'memory', element: 'int32', count: 2, content: { kind: 'units', values: [5] } },
    ],
    [
      '{out: char, size: 9, init: "x"}',
      { kind: 'memory', element: 'char', count: 9, content: { kind: 'text', text: 'x' } },
    ],
    ['{out: tm, init: 255}', { kind: 'struct', name: 'tm', content: { kind: 'fill', byte: 255 } }],
    ['{out: struct, name: tm}', { kind: 'struct', name: 'tm', content: { kind: 'zero' } }],
    [
      '{inout: char, size: 9, str: "x"}',
      { kind: 'memory', element: 'char', count: 9, content: { kind: 'text', text: 'x' } },
    ],
    [
      '{inout: uint32, value: [1, "0x2"]}',
      { kind: 'memory', element: 'uint32', content: { kind: 'units', values: [1, '0x2'] } },
    ],
    ['{in: int64, values: ["-9223372036854775808"]}', { kind: 'memory', element: 'int64', content: { kind: 'units' } }],
    [
      '{bytes: "0aff"}',
      { kind: 'memory', element: 'uint8', content: { kind: 'bytes', bytes: Uint8Array.of(10, 255) } },
    ],
    [
      '{struct: tm, fields: {tm_sec: 1}}',
      { kind: 'struct', name: 'tm', content: { kind: 'fields', fields: { tm_sec: 1 } } },
    ],
    ['{relTo: 0, offset: 3}', { kind: 'inside', argument: 0, offset: 3, unit: 'bytes' }],
    ['{ref: 0}', { kind: 'inside', argument: 0, offset: 0, unit: 'elements' }],
    ['{va_list: [{type: int32, value: 1}]}', { kind: 'va-list', isBehind: false }],
    ['{vaList: [{type: int32, value: 1}]}', { kind: 'va-list', isBehind: true }],
    ['{argArray: [{wstr: x}]}', { kind: 'memory', element: 'uintptr_t', content: { kind: 'slots' } }],
    ['{callback: returns 1}', { kind: 'callback', words: 'returns 1' }],
  ])('%s', (written, expected) => {
    expect(argumentOf(written)).toMatchObject(expected);
  });

  it('a struct with memory behind a pointer', () => {
    const text = `- {name: VIEW, fields: [{name: Length, type: uint16}, {name: Buffer, type: ptr, to: char16}]}\n${factText(
      {
        prototype: '"void f(const VIEW *view)"',
        args: '[{struct: VIEW, fields: {Length: 4, Buffer: {wstr: ab}}}]',
        expect: '{}',
      },
    )}`;
    expect(read(text).facts[0]?.args[0]).toMatchObject({
      content: { fields: { Length: 4, Buffer: { kind: 'memory', content: { text: 'ab' } } } },
    });
  });
});

describe('expectations of both dialects', () => {
  it.each([
    ['{return: {relTo: 0, offset: 2}}', { returns: { kind: 'inside', unit: 'bytes', offset: 2 } }],
    ['{return: {"null": true}}', { returns: { kind: 'null', isNull: true } }],
    ['{return: {anyOf: [34, 22]}}', { returns: { kind: 'any-of', checks: [{ value: 34 }, { value: 22 }] } }],
    ['{returnNonZero: true}', { returns: { kind: 'truthy', value: true } }],
    ['{out: {0: "text"}}', { out: [{ argument: 0, inVaList: false, check: { kind: 'plain', value: 'text' } }] }],
    [
      '{out: {0: {wprefix: "a\\0b"}}}',
      { out: [{ check: { kind: 'text', extent: 'start', width: 'wide', text: 'a\0b' } }] },
    ],
    ['{out: {0: {not: 1}}}', { out: [{ check: { kind: 'not', check: { value: 1 } } }] }],
    ['{out: {0: null}}', { out: [{ check: { kind: 'null', isNull: true } }] }],
    ['{outAt: {ref: 0, offset: 5, bytes: "00"}}', { out: [{ argument: 0, offset: 5, check: { kind: 'bytes' } }] }],
    ['{errno: unchanged}', { errno: { kind: 'unchanged' } }],
    ['{errno: {anyOf: [0, unchanged]}}', { errno: { kind: 'any-of', checks: [{ code: 0 }, { kind: 'unchanged' }] } }],
    ['{lastError: "0xdeadbeef"}', { lastError: { kind: 'code', code: 0xdeadbeef } }],
    ['{signOfZero: exact}', { tellsZeros: true }],
  ])('%s', (written, expected) => {
    const { facts, problems } = read(
      factText({ prototype: '"void *f(void *p)"', args: '[{out: char, size: 80}]', expect: written }),
    );
    expect(problems).toEqual([]);
    expect(facts[0]?.expect).toMatchObject(expected);
  });
});

describe('mistakes', () => {
  it.each([
    [
      'a key of a fact',
      { expct: '{}' },
      /no key "expct" here \[FACT_SYNTAX\]\n {2}at mine\.yaml:8:3[^]*Did you mean "expect"\?/,
    ],
    [
      'a form of an argument',
      { args: '[{stt: "x"}]' },
      /args\.0\.stt: there is no key "stt" here[^]*Did you mean "str"\?/,
    ],
    [
      'a key of a form',
      { args: '[{out: char, sise: 3}]' },
      /args\.0\.sise: there is no key "sise" here[^]*Did you mean "size"\?/,
    ],
    ['a form of an expectation', { expect: '{return: {truthyy: true}}' }, /no struct|truthyy/],
    ['a missing field', { source: undefined }, /"source" is missing[^]*Add "source: \.\.\."/],
    ['an architecture', { arch: 'x86' }, /must be one of both, x64, ia32/],
    ['too few arguments', { args: '[]' }, /0 arguments for 1 parameters/],
    ['a value that does not fit', { args: '[{type: uint8, value: 300}]' }, /300 does not fit in uint8_t/],
    ['a result that does not fit', { expect: '{return: 4294967296}' }, /4294967296 does not fit in int/],
    ['digits that are lost', { args: '[{type: int64, value: 9007199254740993}]' }, /beyond 2\^53[^]*write it as text/],
    ['a type', { args: '[{type: int322, value: 1}]' }, /the type "int322" is not known[^]*Did you mean int32\?/],
    [
      'a prototype',
      { prototype: '"int abs(DWROD n)"' },
      /the type "DWROD" is not known[^]*at mine\.yaml:4:14[^]*Did you mean "DWORD"\?/,
    ],
    ['an argument that is pointed into', { args: '[{ref: 3}]' }, /there is no argument 3: the last is 0/],
    ['memory that is none', { expect: '{out: {0: 1}}' }, /argument 0 is no memory/],
    ['bytes', { args: '[{bytes: "0"}]' }, /must be bytes in hexadecimal/],
    ['a character that is no byte', { args: '[{str: "€"}]' }, /characters beyond U\+00FF/],
    [
      'a struct',
      { args: '[{struct: tmm, fields: {}}]', prototype: '"void f(void *p)"', expect: '{}' },
      /there is no struct "tmm"[^]*Did you mean tm\?/,
    ],
    [
      'a member',
      { args: '[{struct: tm, fields: {tm_secs: 1}}]', prototype: '"void f(void *p)"', expect: '{}' },
      /tm has no member "tm_secs"[^]*Did you mean "tm_sec"\?/,
    ],
    ['an expectation of void', { prototype: '"void abs(int n)"' }, /the function returns void/],
  ])('%s', (_, fields, message) => {
    expect(problemOf(factText(fields))).toMatch(message);
  });

  it('in one fact leave the others as they are', () => {
    const { facts, problems } = read(
      factText({ id: 'one' }) + factText({ id: 'two', args: '[{stt: 1}]' }) + factText({ id: 'three' }),
    );
    expect(facts.map(({ id }) => id)).toEqual(['one', 'three']);
    expect(problems.map(({ id }) => id)).toEqual(['two']);
  });

  it('in the YAML of one fact leave the others as they are', () => {
    const { facts, problems } = read(
      factText({ id: 'one' }) + factText({ id: 'two', args: '[{str: "open]' }) + factText({ id: 'three' }),
    );
    expect(facts.map(({ id, line }) => [id, line])).toEqual([['one', 1], ['three', 15]]); // prettier-ignore
    expect(problems[0]?.error.message).toMatch(/not valid YAML[^]*at mine\.yaml:1\d:/);
  });

  it('an id that is taken is told with the place of the other', () => {
    expect(problemOf(factText() + factText())).toMatch(
      /the id mine-1 is taken[^]*at mine\.yaml:8:7[^]*mine\.yaml:1 has it/,
    );
  });
});

describe('hostile files', () => {
  const bomb = ['- &a ["x", "x"]', ...Array.from({ length: 30 }, (_, i) => `- &b${String(i)} [*a, *a, *a, *a]`)].join(
    '\n',
  );
  it.each([
    ['truncated', factText().slice(0, -25), /not valid YAML/],
    [
      'a key twice',
      factText().replace('  dll:', '  dll: other.dll\n  dll:'),
      /not valid YAML: Map keys must be unique/,
    ],
    ['an alias bomb', bomb, /Anchors and aliases/],
    ['a merge key', factText({ '<<': '{dll: x}' }), /Merge keys/],
    ['a tag', factText({ note: '!!binary aGk=' }), /The tag|Unresolved tag/],
    ['several documents', `${factText()}---\n${factText()}`, /not valid YAML/],
    ['no list', 'id: x\n', /must be a list/],
    ['a list of words', '- x\n', /fields, each a name and a value/],
    ['a key that is a list', factText({ '? [a]': 'b' }), /A key must be a word|not valid YAML/],
  ])('%s', (_, text, message) => {
    const { problems } = read(text);
    expect(problems.map(({ error }) => error.message).join('\n')).toMatch(message);
    expect(problems.every(({ error }) => error.where?.line !== undefined)).toBe(true);
  });

  it('are refused when they are no text', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'facts-')), 'binary.yaml');
    writeFileSync(file, Uint8Array.of(0x4d, 0x5a, 0x90, 0x00, 0xff));
    expect(readFacts([file]).problems[0]?.error.message).toMatch(/not text in UTF-8[^]*binary\.yaml/);
    expect(readFacts([`${file}.gone`]).problems[0]?.error.message).toMatch(/could not be read/);
  });

  it('do not overflow the stack', () => {
    const deep = factText({ args: `${'['.repeat(5000)}${']'.repeat(5000)}` });
    const { facts, problems } = read(deep);
    expect([facts.length, problems.length > 0]).toEqual([0, true]);
  });
});

it('structs of a file beside are known, and a member that is none is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'facts-'));
  writeFileSync(
    join(folder, 'structs.yaml'),
    '- {name: PAIR, fields: [{name: a, type: int32}, {name: b, type: "uint16[2]"}]}\n',
  );
  const args = (member: string): string => `[{struct: PAIR, fields: {a: 1, ${member}: [1, 2]}}]`;
  const fields = { prototype: '"void f(const PAIR *p)"', expect: '{}' };
  writeFileSync(
    join(folder, 'mine.yaml'),
    factText({ ...fields, args: args('b') }) + factText({ ...fields, id: 'two', args: args('c') }),
  );
  const { facts, problems } = readFacts([join(folder, 'mine.yaml')]);
  expect(facts.map(({ id }) => id)).toEqual(['mine-1']);
  expect(problems.map(({ error }) => error.message.split('\n')[0])).toEqual([
    'two: PAIR has no member "c" [FACT_SYNTAX]',
  ]);
});
