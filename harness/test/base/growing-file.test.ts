import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { GrowingFile } from '../../base/growing-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'dllparity-growing-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const path = join(folder, 'results.jsonl');

it('has its name when it is complete, and what was there before until then', () => {
  writeFileSync(path, 'before');
  const file = new GrowingFile(path);
  file.write('one\n');
  file.write(Buffer.from('two\n'));
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder).sort()).toEqual([basename(path), basename(GrowingFile.unfinished(path))]);
  file.commit();
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  expect(readdirSync(folder)).toEqual([basename(path)]);
});

it('leaves nothing behind when it is given up', () => {
  writeFileSync(path, 'before');
  const file = new GrowingFile(path);
  file.write('half');
  file.abandon();
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['before', [basename(path)]]);
});

it('says where it cannot be made', () => {
  expect(() => new GrowingFile(join(folder, 'none', 'file'))).toThrow('ENOENT');
});
