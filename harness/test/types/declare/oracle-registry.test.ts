import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { microsoftDlls } from '../../../types/declare/oracle-registry.ts';

const SHIPPED = join(import.meta.dirname, '../../../../suites/oracles.yaml');
const folder = mkdtempSync(join(tmpdir(), 'dllparity-registry-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ENTRY = `- package: '@some/carrier@1.2.3'
  integrity: sha512-AAAA
  license: MIT
  megabytes: 1
  dlls:
    - path: bin/Some.dll
      architecture: x64
      version: 1.2.3.4
      windows: Windows 10 1607
      sha256: ${'a'.repeat(64)}
`;

function registry(text: string): string {
  const file = join(folder, 'oracles.yaml');
  writeFileSync(file, text);
  return file;
}

test('gives the versions of a DLL as oracles, the first of the registry first', () => {
  const dlls = microsoftDlls(SHIPPED, 'ucrtbase.dll');
  expect(dlls.map(({ architecture, windows }) => `${windows ?? ''} ${architecture}`)).toEqual([
    'Windows 11 24H2 x64',
    'Windows 11 21H2 x64',
    'Windows 10 1803 x64',
    'Windows 10 1607 x64',
    'Windows 10 1803 ia32',
  ]);
});

test('finds a file where the set-up puts it', () => {
  expect(microsoftDlls(registry(ENTRY), 'some.DLL')).toMatchObject([
    { source: 'npm:@some/carrier@1.2.3', file: 'some-carrier-1.2.3/x64/Some.dll', windows: 'Windows 10 1607' },
  ]);
});

test('says that it does not know a DLL', () => {
  expect(() => microsoftDlls(SHIPPED, 'nothing.dll')).toThrow(expect.objectContaining({ code: 'ORACLE_MISSING' }));
});

describe('what is wrong in a registry is said with its line', () => {
  test.each([
    ['sha256: a', ENTRY.replace(/sha256: a+/, 'sha256: abc'), 'must be 64 lower-case hexadecimal digits', 10],
    ['version', ENTRY.replace('1.2.3.4', '1.2.3'), 'must be four numbers with dots between', 8],
    ['path', ENTRY.replace('bin/Some.dll', '../Some.dll'), 'must be the path of a DLL in the package', 6],
    ['field', ENTRY.replace('license: MIT', 'licence: MIT'), 'license', 1],
  ])('%s', (_name, text, message, line) => {
    const file = registry(text);
    const expected: unknown = expect.objectContaining({
      code: 'ORACLES_SYNTAX',
      where: expect.objectContaining({ line }) as unknown,
    });
    expect(() => microsoftDlls(file, 'some.dll')).toThrow(message);
    expect(() => microsoftDlls(file, 'some.dll')).toThrow(expected);
  });
});
