// Where a DLL's relative paths lead: to the folder that the host's lead to, as on Windows.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, expect, library, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';

const kernel32 = library(
  'kernel32.dll',
  {
    get: 'DWORD GetCurrentDirectoryW(DWORD n, _Out_writes_(n) LPWSTR buffer)',
    attributes: 'DWORD GetFileAttributesW([in] LPCWSTR name)',
  },
  { convention: 'stdcall' },
);
const crt = library('msvcrt.dll', {
  open: 'void *fopen(const char *name, const char *mode)',
  close: 'int fclose(void *file)',
});

const INVALID = 0xffffffff;

function currentFolder(agent: Agent): string {
  const units = new Uint16Array(1000);
  return String.fromCharCode(...units.subarray(0, agent.load(kernel32).get(1000, units)));
}

test('is the current folder of the host, in every process of an agent', ({ agent, load }) => {
  const { open, close } = load(crt);
  for (let process_ = 1; process_ <= 2; process_++) {
    expect(currentFolder(agent)).toBe(agent.windowsPath(process.cwd()));
    expect(load(kernel32).attributes('package.json')).not.toBe(INVALID);
    const file = open('harness/index.ts', 'r');
    expect(file).not.toBeNull();
    expect(close(file)).toBe(0);
    agent.renew();
  }
});

test("is Z:\\ where the sandbox does not show the host's", async ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-current-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  await using agent = await bootForWorker({ folders: [folder], searchPaths: [] });
  expect(currentFolder(agent)).toBe('Z:\\');
});
