// A DLL that imports another one: the loader looks for that in the folder of the DLL.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Agent, describe, expect, library, test as plain } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { referenceDll } from '../../reference-dlls.ts';

const NAMES = ['importing.dll', 'imported.dll'] as const;

const test = plain
  // Made before the agent, whose sandbox has to show it.
  // eslint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what a fixture depends on
  .extend('folder', { scope: 'file' }, ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-dependencies-'));
    onCleanup(() => {
      rmSync(folder, { recursive: true });
    });
    return folder;
  })
  .extend('own', { scope: 'file' }, async ({ folder }, { onCleanup }) => {
    const agent = await bootForWorker({ folders: [folder], searchPaths: [] });
    onCleanup(() => agent.close());
    return agent;
  });

/** A folder in `parent` with copies of these DLLs. */
function folderWith(parent: string, name: string, dlls: readonly string[]): string {
  const folder = join(parent, name);
  mkdirSync(folder);
  for (const dll of dlls) copyFileSync(referenceDll(dll), join(folder, dll));
  return folder;
}

const declare = (path: string) =>
  library(path, { sum: 'int sum_by_import(int a, int b)', pathOfImport: 'const wchar_t *path_of_import(void)' });

/** Loads, calls through the import, says by which path the imported DLL was loaded, and frees both. */
function importedFrom(agent: Agent, path: string): string | null {
  const declared = declare(path);
  const { sum, pathOfImport } = agent.load(declared);
  expect(sum(20, 22)).toBe(42);
  const from = pathOfImport();
  agent.unload(declared);
  return from;
}

describe('a DLL that imports another one from its own folder', () => {
  test('is loaded by its absolute path', ({ own, folder }) => {
    for (const name of ['one', 'another']) {
      const at = folderWith(folder, name, NAMES);
      expect(importedFrom(own, join(at, 'importing.dll'))).toBe(own.windowsPath(join(at, 'imported.dll')));
    }
  });

  test('is loaded by a path relative to the current folder', ({ own, folder }) => {
    const at = folderWith(folder, 'relative', NAMES);
    const path = relative(process.cwd(), join(at, 'importing.dll'));
    expect(importedFrom(own, path)).toBe(own.windowsPath(join(at, 'imported.dll')));
  });

  test('is loaded by a Windows path', ({ own, folder }) => {
    const at = folderWith(folder, 'windows', NAMES);
    const path = own.windowsPath(join(at, 'importing.dll'));
    expect(path).toMatch(/^Z:\\/);
    expect(importedFrom(own, path)).toBe(own.windowsPath(join(at, 'imported.dll')));
  });

  test('is loaded from a folder whose name has spaces and letters of other alphabets', ({ own, folder }) => {
    const at = folderWith(folder, 'Gr\u00fc\u00dfe aus \u6771\u4eac \u{1f600}', NAMES);
    expect(importedFrom(own, join(at, 'importing.dll'))).toBe(own.windowsPath(join(at, 'imported.dll')));
  });

  test('finds it again in another process', ({ own, folder }) => {
    const at = folderWith(folder, 'again', NAMES);
    const declared = declare(join(at, 'importing.dll'));
    const { sum } = own.load(declared);
    own.renew();
    expect(sum(1, 2)).toBe(3);
    own.unload(declared);
  });
});

describe('a DLL that imports another one from a search path', () => {
  test('is loaded, again in another process, and both are freed', async ({ folder }) => {
    const at = folderWith(folder, 'apart', ['importing.dll']);
    const searched = folderWith(folder, 'searched', ['imported.dll']);
    await using agent = await bootForWorker({ folders: [folder], searchPaths: [searched] });
    const declared = declare(join(at, 'importing.dll'));
    const { sum, pathOfImport } = agent.load(declared);
    expect(sum(20, 22)).toBe(42);
    expect(pathOfImport()).toBe(agent.windowsPath(join(searched, 'imported.dll')));
    agent.renew();
    expect(sum(1, 2)).toBe(3);
    agent.unload(declared);
    const kernel32 = library('kernel32.dll', { loaded: 'void *GetModuleHandleA(const char *name)' }, { convention: 'stdcall' });
    expect(agent.load(kernel32).loaded('imported.dll')).toBeNull();
    expect(agent.load(kernel32).loaded('importing.dll')).toBeNull();
  }); // prettier-ignore
});

describe('a DLL whose import is missing', () => {
  test('is not loaded, and the error says which one is missing', ({ own, folder }) => {
    const at = folderWith(folder, 'alone', ['importing.dll']);
    const declared = declare(join(at, 'importing.dll'));
    expect(() => own.load(declared)).toThrow(
      /importing\.dll could not be loaded: .*\[DLL_LOAD_FAILED\]\n +imported\.dll is missing, which importing\.dll imports\n +next: Put .*searchPaths/,
    );
    copyFileSync(referenceDll('imported.dll'), join(at, 'imported.dll'));
    expect(own.load(declared).sum(2, 3)).toBe(5);
    own.unload(declared);
  });
});
