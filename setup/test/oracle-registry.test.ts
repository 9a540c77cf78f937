import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readOraclePackages } from '../oracle-registry.mjs';

const SHIPPED = join(import.meta.dirname, '../../suites/oracles.yaml');
const folder = mkdtempSync(join(tmpdir(), 'dllparity-registry-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('each DLL of the shipped registry has a place of its own', async () => {
  const packages = await readOraclePackages(SHIPPED, 'all');
  const places = packages.flatMap(({ folder, files }) => files.map(({ file }) => `${folder}/${file}`));
  expect(new Set(places).size).toBe(places.length);
  expect(places).toContain('edge-5.9.2/ia32/msvcr120.dll');
  expect(places).toContain('node-plantuml-2-jre-win32-x64-1.1.8/x64/ucrtbase.dll');
});

test('fetches only the packages that carry what was asked for', async () => {
  const packages = await readOraclePackages(SHIPPED, ['msvcr110.dll']);
  expect(packages.map(({ id }) => id)).toEqual(['edge@0.7.14']);
});

test('says which DLLs there are', async () => {
  await expect(readOraclePackages(SHIPPED, ['nothing.dll'])).rejects.toThrow('has nothing.dll');
});

test.each(['../up.dll', '/etc/passwd', 'a/../../up.dll', './here.dll'])('takes nothing from %s', async (path) => {
  const file = join(folder, 'oracles.yaml');
  const dll = { path, architecture: 'x64', version: '1.2.3.4', sha256: 'a'.repeat(64) };
  writeFileSync(file, JSON.stringify([{ package: 'a@1', integrity: 'sha512-A', megabytes: 1, dlls: [dll] }]));
  await expect(readOraclePackages(file, 'all')).rejects.toThrow('without package, integrity or dlls');
});
