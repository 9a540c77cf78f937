import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Architecture, BaselineCase } from '../../../evidence/baseline/baseline.ts';
import { differencesFile, findBaseline } from '../../../evidence/baseline/find-baseline.ts';
import { saveBaseline } from '../../../evidence/baseline/save-baseline.ts';
import { CASES, HEAD } from './sample-baseline.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-architectures-'));
  file = join(folder, 'twice.yaml');
});
afterEach(() => rmSync(folder, { recursive: true }));

type Case = Omit<BaselineCase, 'line' | 'file'>;

function save(architecture: Architecture, cases: readonly Case[]): string {
  return saveBaseline(file, { ...HEAD, provenance: { ...HEAD.provenance, architecture } }, cases);
}

const plain = (architecture: Architecture): Case[] =>
  findBaseline(file, architecture).cases.map(({ id, inputs, outcome }) => ({ id, inputs, outcome }));

const [first, second, ...others] = CASES;
const changed: Case = { ...second!, outcome: { kind: 'returned', fields: { result: 'other' } } };
const added: Case = { id: 'ffffffff', inputs: ['only here'], outcome: { kind: 'exited', code: 3 } };

describe('a baseline of one architecture', () => {
  it('says nothing about another', () => {
    save('x64', CASES);
    expect(() => findBaseline(file, 'ia32')).toThrow(/no baseline for ia32: the one there is was recorded on x64/);
    rmSync(file);
    save('ia32', CASES);
    expect(() => findBaseline(file, 'x64')).toThrow(/no baseline for x64/);
  });

  it('is not touched when the other is recorded, which has a file of the differences alone', () => {
    save('x64', CASES);
    const before = readFileSync(file, 'utf8');
    const own = save('ia32', [first!, changed, ...others, added]);
    expect(own).toBe(differencesFile(file, 'ia32'));
    expect(readFileSync(file, 'utf8')).toBe(before);
    const lines = readFileSync(own, 'utf8').split('\ncases:\n')[1]!.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(plain('ia32')).toEqual([first, changed, ...others, added]);
    expect(plain('x64')).toEqual(CASES);
  });

  it('has the provenance of its own recording, and the place of each case', () => {
    save('x64', CASES);
    const own = save('ia32', [first!, changed, ...others]);
    const { head, cases } = findBaseline(file, 'ia32');
    expect(head.provenance.architecture).toBe('ia32');
    for (const found of cases) {
      const text = readFileSync(found.file ?? own, 'utf8').split('\n')[found.line - 1];
      expect(text).toContain(found.id);
      expect(found.file).toBe(found.id === changed.id ? undefined : file);
    }
  });

  it('lacks the cases that were not recorded on it', () => {
    save('x64', CASES);
    save('ia32', others);
    expect(plain('ia32')).toEqual(others);
  });

  it('stays what it is when the one that it shares cases with is recorded again', () => {
    save('x64', CASES);
    save('ia32', [first!, changed, ...others]);
    save('x64', [changed, ...others, added]);
    expect(plain('ia32').toSorted(byId)).toEqual([first!, changed, ...others].toSorted(byId));
    expect(plain('x64')).toEqual([changed, ...others, added]);
  });

  it('is stale when the file that it shares cases with has changed without it', () => {
    save('x64', CASES);
    const own = save('ia32', CASES);
    const differences = readFileSync(own);
    rmSync(own);
    save('x64', [first!, changed, ...others]);
    writeFileSync(own, differences);
    expect(() => findBaseline(file, 'ia32')).toThrow(/stand in that of x64, which has changed since/);
  });
});

const byId = (a: Case, b: Case): number => a.id.localeCompare(b.id);
