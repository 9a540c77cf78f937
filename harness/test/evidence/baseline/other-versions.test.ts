import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RecordedOutcome } from '../../../evidence/baseline/baseline.ts';
import { findBaseline } from '../../../evidence/baseline/find-baseline.ts';
import {
  alternativesOf,
  type DllVersion,
  findOtherVersions,
  silentOn,
  versionText,
} from '../../../evidence/baseline/other-versions.ts';
import { saveBaseline, saveOtherVersion } from '../../../evidence/baseline/save-baseline.ts';
import { HEAD, PROVENANCE, sampleCase } from './sample-baseline.ts';

const OLD: DllVersion = { architecture: 'x64', fileVersion: '1.0.0.1', windows: 'Windows 10 1607' };
const OLDER: DllVersion = { architecture: 'x64', fileVersion: '1.0.0.0' };

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function baselineFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-versions-'));
  folders.push(folder);
  return join(folder, 'twice.yaml');
}

const returned = (result: number): RecordedOutcome => ({ kind: 'returned', fields: { result } });
const cases = (...results: (number | undefined)[]) =>
  results.flatMap((result, input) => (result === undefined ? [] : [sampleCase([input], returned(result))]));
const headOf = ({ architecture, fileVersion }: DllVersion) => ({
  ...HEAD,
  provenance: { ...PROVENANCE, architecture, fileVersion },
});

test('keeps of another version what it does differently, and of which cases it says nothing', () => {
  const file = baselineFile();
  saveBaseline(file, HEAD, cases(0, 2, 4, 6));
  saveOtherVersion(file, headOf(OLD), cases(0, 2, 5, undefined));
  saveOtherVersion(file, headOf(OLDER), cases(0, 1, 5, 6));

  const others = findOtherVersions(file, findBaseline(file, 'x64'), [OLD, OLDER]);
  expect(others.map(({ differences }) => differences.cases.length)).toEqual([1, 2]);

  const [first, second, third, fourth] = cases(0, 2, 4, 6).map(({ id }) => id);
  const alternatives = alternativesOf(others);
  expect(alternatives.get(first ?? '')).toBeUndefined();
  expect(alternatives.get(second ?? '')).toMatchObject([{ outcome: returned(1), versions: [OLDER] }]);
  expect(alternatives.get(third ?? '')).toMatchObject([{ outcome: returned(5), versions: [OLD, OLDER] }]);
  expect(silentOn(fourth ?? '', others)).toEqual([OLD]);
  expect(silentOn(first ?? '', others)).toEqual([]);
});

test('a version that was not recorded says nothing', () => {
  const file = baselineFile();
  saveBaseline(file, HEAD, cases(0, 2));
  expect(findOtherVersions(file, findBaseline(file, 'x64'), [OLD])).toEqual([]);
});

test('keeps what other versions did when the first is recorded again', () => {
  const file = baselineFile();
  saveBaseline(file, HEAD, cases(0, 2, 4));
  saveOtherVersion(file, headOf(OLD), cases(0, 3, 4));
  saveBaseline(file, HEAD, cases(0, 3, 5));

  const [other] = findOtherVersions(file, findBaseline(file, 'x64'), [OLD]);
  expect(other?.differences.cases).toMatchObject([{ inputs: [2], outcome: returned(4) }]);
});

test('each architecture has versions of its own, which stay when the other is recorded again', () => {
  const file = baselineFile();
  const ia32: DllVersion = { architecture: 'ia32', fileVersion: '1.0.0.1' };
  saveBaseline(file, HEAD, cases(0, 2, 4));
  saveBaseline(file, headOf({ architecture: 'ia32', fileVersion: '1.2.3.4' }), cases(0, 2, 40));
  saveOtherVersion(file, headOf(ia32), cases(0, 20, 40));
  saveBaseline(file, HEAD, cases(0, 2, 41));

  const baseline = findBaseline(file, 'ia32');
  expect(baseline.cases.map(({ outcome }) => outcome)).toEqual([returned(0), returned(2), returned(40)]);
  const [other] = findOtherVersions(file, baseline, [ia32]);
  expect(other?.differences.cases).toMatchObject([{ inputs: [1], outcome: returned(20) }]);
});

test('says that differences are stale whose baseline was replaced', () => {
  const file = baselineFile();
  saveBaseline(file, HEAD, cases(0, 2));
  saveOtherVersion(file, headOf(OLD), cases(0, 3));
  const before = findBaseline(file, 'x64');
  const other = baselineFile();
  saveBaseline(other, HEAD, cases(0, 7));
  expect(() => findOtherVersions(file, findBaseline(other, 'x64'), [OLD])).toThrow(
    expect.objectContaining({ code: 'BASELINE_STALE' }),
  );
  expect(findOtherVersions(file, before, [OLD])).toHaveLength(1);
});

test('names a version by its Windows, where it is part of one', () => {
  expect([OLD, OLDER].map(versionText)).toEqual(['Windows 10 1607 (1.0.0.1)', '1.0.0.0']);
});
