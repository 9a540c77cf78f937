// Paths of either side, and where a DLL would be taken from.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, library, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { referenceDll } from '../../reference-dlls.ts';

const asWindows = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

describe('a path of this machine', () => {
  test('is translated whether it exists or not, from the current folder too, and what the sandbox hides', ({
    agent,
  }) => {
    expect(agent.windowsPath('foo/bar')).toBe(asWindows(join(process.cwd(), 'foo/bar')));
    const hidden = mkdtempSync(join(tmpdir(), 'dllparity-hidden-'));
    try {
      writeFileSync(join(hidden, 'a.txt'), '');
      expect(agent.windowsPath(join(hidden, 'a.txt'))).toBe(asWindows(join(hidden, 'a.txt')));
      expect(agent.unixPath(agent.windowsPath(join(hidden, 'a.txt')))).toBe(join(hidden, 'a.txt'));
    } finally {
      rmSync(hidden, { recursive: true });
    }
    expect(() => agent.windowsPath('x'.repeat(300))).toThrow(/300 bytes, and 255 are the most/);
  });
});

describe('a DLL is found without being loaded', () => {
  const kernel32 = library('kernel32.dll', { loaded: 'void *GetModuleHandleA(const char *name)' }, { convention: 'stdcall' });

  test('where Windows has it, and in the search paths', async () => {
    const file = referenceDll('imported.dll');
    await using agent = await bootForWorker({ searchPaths: [join(file, '..')] });
    expect(agent.find('version')?.toLowerCase()).toBe('c:\\windows\\system32\\version.dll');
    expect(agent.find('imported.dll')).toBe(agent.windowsPath(file));
    expect(agent.find(file)).toBe(agent.windowsPath(file));
    expect(agent.findMsvcrt()?.toLowerCase()).toBe('c:\\windows\\system32\\msvcrt.dll');
    expect(agent.find('no_such_library.dll')).toBeNull();
    expect(() => agent.find('./no_such_library.dll')).toThrow(/DLL_NOT_FOUND/);
    expect(agent.load(kernel32).loaded('imported.dll')).toBeNull();
    expect(agent.pathOf(kernel32).toLowerCase()).toBe(agent.find('kernel32.dll')?.toLowerCase());
  });
}); // prettier-ignore
