import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { readYamlText, type YamlFormat, type YamlPath, YamlSource } from '../../base/yaml-source.ts';

const FORMAT: YamlFormat = { name: 'The file of pets', code: 'FACT_SYNTAX', hint: 'Look at it.' };
const TEXT = `pets:
  - name: 猫
    legs: four
  - name: fish
`;

const at = (path: YamlPath, which: 'key' | 'value', text = TEXT): string =>
  new YamlSource(text, 'pets.yaml', FORMAT).error(path, which, 'wrong').message;

describe('a place in a YAML file', () => {
  it('is that of what a schema complains of, with its line', () => {
    const source = new YamlSource(TEXT, 'pets.yaml', FORMAT);
    const pets = z.object({ pets: z.array(z.object({ name: z.string(), legs: z.number() })) });
    const [issue] = pets.safeParse(source.data()).error!.issues;
    expect(source.error(issue!.path as YamlPath, 'value', 'must be a number').message).toBe(
      [
        'must be a number [FACT_SYNTAX]',
        '  at pets.yaml:3:11',
        '    2 |   - name: 猫',
        '    3 |     legs: four',
        '      |           ^^^^',
        '  next: Look at it.',
      ].join('\n'),
    );
  });

  it('is that of the key where asked, and of the nearest thing around what is not there', () => {
    expect(at(['pets', 0, 'legs'], 'key')).toContain('pets.yaml:3:5\n');
    expect(at(['pets', 1, 'legs'], 'value')).toContain('pets.yaml:4:5\n');
    expect(at(['pets', 7], 'value')).toContain('pets.yaml:1:1\n');
    expect(at(['cars', 7], 'key')).toContain('pets.yaml:1:1\n');
  });

  it('counts in the whole text, where a part of it is read', () => {
    const start = TEXT.indexOf('  - name: fish');
    const source = new YamlSource(TEXT, 'pets.yaml', FORMAT, { start, end: TEXT.length });
    expect(source.error([0, 'name'], 'value', 'wrong').message).toContain('pets.yaml:4:11\n');
    expect(source.line(source.document.contents!)).toBe(4);
  });

  it('is found for everything that a file says', () => {
    const name = fc.stringMatching(/^[a-z]{1,5}$/);
    const tree = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
        fc.dictionary(name, tie('tree'), { minKeys: 1, maxKeys: 3 }),
      ),
    })).tree;
    fc.assert(
      fc.property(tree, (value) => {
        const source = new YamlSource(stringify(value), 'any.yaml', FORMAT);
        expect(source.data()).toEqual(value);
        for (const { path, leaf } of leavesOf(value)) {
          const { start, end } = source.find(path, 'value');
          expect(new YamlSource(source.text.slice(start, end), 'part.yaml', FORMAT).data()).toEqual(leaf);
        }
      }),
    );
  });

  it('is told of what is no YAML, and of aliases that would fill the memory', () => {
    const broken = new YamlSource('a: [1,\nb: 2', 'pets.yaml', FORMAT).problem;
    expect(broken).toMatchObject({ code: 'FACT_SYNTAX', where: { file: 'pets.yaml' } });
    const level = (n: number): string =>
      `l${String(n)}: &l${String(n)} [${Array(9)
        .fill(`*l${String(n - 1)}`)
        .join()}]`;
    const bomb = ['l0: &l0 [1]', ...[1, 2, 3, 4, 5, 6, 7].map(level)].join('\n');
    const source = new YamlSource(bomb, 'pets.yaml', FORMAT);
    expect(source.problem).toBeUndefined();
    expect(() => source.data()).toThrow(/The file of pets cannot be read \[FACT_SYNTAX\][^]*alias/);
  });
});

function leavesOf(value: unknown, path: YamlPath = []): { path: YamlPath; leaf: unknown }[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [{ path, leaf: value }];
  return Object.entries(value).flatMap(([step, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(step) : step]),
  );
}

describe('the text of a YAML file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-yaml-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('is UTF-8, and one that is not there is an error with a code', () => {
    const file = join(folder, 'pets.yaml');
    writeFileSync(file, TEXT);
    expect(readYamlText(file, FORMAT)).toBe(TEXT);
    for (const bytes of [Buffer.from([0xff, 0xfe, 0x41]), Buffer.from('a\0b')]) {
      writeFileSync(file, bytes);
      expect(() => readYamlText(file, FORMAT)).toThrow('The file of pets is not text in UTF-8 [FACT_SYNTAX]');
    }
    expect(() => readYamlText(`${file}.gone`, FORMAT)).toThrow('The file of pets could not be read [FACT_SYNTAX]');
  });
});
