import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCompiler } from '../mingw.mjs';
import { nativeBuild } from '../steps/native-build.mjs';
import { stepContext } from './step-context.ts';
import { temporaryFolder, writeTree } from './temporary-folder.ts';

const SOURCE = '#include <assert.h>\n__declspec(dllexport) int add(int a, int b) { assert(a); return a + b; }\n';
const CPLUSPLUS =
  'extern "C" __declspec(dllexport) int caught() { try { throw 42; } catch (int value) { return value; } }\n';
const AGENT = {
  'agent/native/a.c':
    'int twice(int);\nvoid entry(void) __asm__("entry");\nvoid entry(void) {}\n__declspec(dllexport) int four(void) { return twice(2); }\n',
};
const AGENT_ASSEMBLY = { 'agent/native/b.S': '  .globl twice\ntwice:\n  leal (%rcx,%rcx), %eax\n  ret\n' };

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

describe.skipIf(findCompiler('g++', 'x64', process.env) === undefined)('native build', { timeout: 30_000 }, () => {
  test('gives the same bytes in folders of different names and depths', async () => {
    const roots = [temporaryFolder(), join(temporaryFolder(), 'a folder', 'deeper')];
    const digests = [];
    for (const root of roots) {
      const tree = { 'reference-dlls/one/one.c': SOURCE, 'reference-dlls/two/two.cpp': CPLUSPLUS };
      writeTree(root, { ...tree, ...AGENT, ...AGENT_ASSEMBLY });
      await nativeBuild.run(stepContext({ root }));
      const outputs = ['reference-dlls/x64/one.dll', 'reference-dlls/x64/two.dll', 'native/dllparity-agent-x64.exe'];
      digests.push(outputs.map((name) => digest(join(root, 'build', name))));
    }
    expect(digests[1]).toEqual(digests[0]);
  });

  test('builds again what changed, leaves alone what did not, removes what has no source', async () => {
    const context = stepContext();
    const dlls = join(context.root, 'build/reference-dlls/x64');
    writeTree(context.root, { 'reference-dlls/one/one.c': SOURCE, 'reference-dlls/one/other.c': SOURCE });
    expect(await nativeBuild.run(context)).toMatchObject({ changed: true, text: 'built one.dll other.dll' });
    expect(await nativeBuild.run(context)).toMatchObject({ changed: false });
    writeTree(context.root, { 'reference-dlls/one/one.c': SOURCE.replace('a + b', 'a - b') });
    expect(await nativeBuild.run(context)).toMatchObject({ text: 'built one.dll' });
    // A definition file names the exports, so it counts as a source.
    writeTree(context.root, { 'reference-dlls/one/one.def': 'EXPORTS\n  add\n  plus = add\n' });
    expect(await nativeBuild.run(context)).toMatchObject({ text: 'built one.dll' });
    expect(readFileSync(join(dlls, 'one.dll')).includes('plus')).toBe(true);
    rmSync(join(context.root, 'reference-dlls/one/other.c'));
    // What an earlier version called otherwise, which a package would take along.
    writeTree(context.root, { 'build/native/old-agent.dll': '', 'build/native/search-order/x64/probe.exe': '' });
    await nativeBuild.run(context);
    expect(readdirSync(dlls)).toEqual(['one.dll']);
    expect(readdirSync(join(context.root, 'build/native'))).toEqual(['search-order']);
  });

  test.skipIf(findCompiler('g++', 'ia32', process.env) === undefined)(
    'builds for ia32 beside x64 with Wine 10',
    async () => {
      const context = stepContext({ withWine10: true });
      writeTree(context.root, { 'reference-dlls/one/one.c': SOURCE, 'reference-dlls/two/two.cpp': CPLUSPLUS });
      const built = 'built ia32/one.dll ia32/two.dll one.dll two.dll';
      expect(await nativeBuild.run(context)).toMatchObject({ text: built });
      expect(await nativeBuild.run(context)).toMatchObject({ changed: false, text: '4 DLLs, nothing changed' });
      const dll = readFileSync(join(context.root, 'build/reference-dlls/ia32/one.dll'));
      expect(dll.readUInt16LE(dll.readUInt32LE(0x3c) + 4)).toBe(0x14c); // the machine in the PE header
    },
  );

  test('builds what scenarios are made of for both, also where no runtime has ia32, and without a C runtime', async () => {
    const context = stepContext();
    const entry =
      '#include <windows.h>\nint WINAPI entry(void) __asm__("entry");\nint WINAPI entry(void) { return 1; }\n';
    const tree = { 'reference-dlls/search-order/variant.c': entry, 'reference-dlls/search-order/probe.c': entry };
    writeTree(context.root, { ...tree, 'reference-dlls/one/one.c': SOURCE });
    const built = 'built ia32/probe.exe ia32/variant.dll one.dll probe.exe variant.dll';
    expect(await nativeBuild.run(context)).toMatchObject({ text: built });
    const files = join(context.root, 'build/native/search-order/ia32');
    expect(readdirSync(files)).toEqual(['probe.exe', 'variant.dll']);
    expect(readFileSync(join(files, 'probe.exe')).includes('msvcrt')).toBe(false);
  });

  test('shows the compiler’s complaint with file and line, and leaves nothing half', async () => {
    const context = stepContext();
    writeTree(context.root, { 'reference-dlls/one/one.c': 'int f(void) {\n  return missing;\n}\n' });
    await expect(nativeBuild.run(context)).rejects.toMatchObject({
      message: expect.stringContaining('could not build one.dll for x64 from reference-dlls/one'),
      output: expect.arrayContaining([expect.stringContaining('reference-dlls/one/one.c:2:10: error')]),
    });
    expect(readdirSync(join(context.root, 'build/reference-dlls/x64'))).toEqual([]);
  });

  test('has nothing to do while there are no sources', async () => {
    expect(await nativeBuild.run(stepContext())).toMatchObject({ changed: false });
  });
});
