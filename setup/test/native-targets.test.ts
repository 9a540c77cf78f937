import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { nativeTargets } from '../native-targets.mjs';
import { temporaryFolder, writeTree } from './temporary-folder.ts';

/** What is built for an architecture: the DLL, its sources and its definition file. */
async function targets(root: string, architecture: 'x64' | 'ia32'): Promise<object> {
  const found = await nativeTargets(root, architecture, true);
  const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  return Object.fromEntries(
    found.map(({ output, sources, definition }) => [
      relative(`${root}/build`, output),
      [...sources.map(name), ...(definition === undefined ? [] : [name(definition)])].join(' '),
    ]),
  );
}

test('a file whose stem ends in an architecture is for that one, and belongs to the DLL of the stem before it', async () => {
  const root = temporaryFolder();
  const names = ['one.c', 'one-x64.S', 'one-ia32.S', 'one.def', 'one-ia32.def', 'only-ia32.c', 'shared.h'];
  writeTree(root, Object.fromEntries(names.map((name) => [`reference-dlls/folder/${name}`, ''])));
  writeTree(root, { 'agent/native/a.c': '', 'agent/native/invoke-x64.S': '', 'agent/native/invoke-ia32.S': '' });
  expect(await targets(root, 'x64')).toEqual({
    'native/dllparity-agent-x64.exe': 'a.c invoke-x64.S',
    'reference-dlls/x64/one.dll': 'one-x64.S one.c one.def',
  });
  expect(await targets(root, 'ia32')).toEqual({
    'native/dllparity-agent-ia32.exe': 'a.c invoke-ia32.S',
    'reference-dlls/ia32/one.dll': 'one-ia32.S one.c one-ia32.def',
    'reference-dlls/ia32/only.dll': 'only-ia32.c',
  });
});

test('the library that starts programs is made of all files of its folder', async () => {
  const root = temporaryFolder();
  writeTree(root, { 'agent/launcher/start.c': '', 'agent/launcher/modules.c': '', 'agent/launcher/launcher.h': '' });
  expect(await targets(root, 'x64')).toEqual({ 'native/dllparity-launcher-x64.dll': 'modules.c start.c' });
  expect(await targets(root, 'ia32')).toEqual({ 'native/dllparity-launcher-ia32.dll': 'modules.c start.c' });
});
