// Ways to a function that are not a DLL's own export: forwarders, the program itself, bytes that are no file yet.
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, library, test } from 'dllparity';
import { bootForWorker } from '../../vitest/fixtures/test.ts';
import { basics, referenceDll } from '../reference-dlls.ts';
import { exported, forwarded } from './exported.ts';

const kernel32 = library(
  'kernel32.dll',
  {
    moduleHandle: 'HMODULE GetModuleHandleW(const wchar_t *name)',
    procAddress: 'void *GetProcAddress(HMODULE module, const char *name)',
    moduleFileName: 'DWORD GetModuleFileNameW(HMODULE module, _Out_writes_(size) wchar_t *name, DWORD size)',
  },
  { convention: 'stdcall' },
);

describe('a forwarder to a DLL beside its own', () => {
  const again = library(referenceDll('exported.dll'), { add: 'int forwarded_add(int a, int b)' });

  test('is found once that DLL is loaded, and by who is loaded after it', async () => {
    await using agent = await bootForWorker({});
    const early = agent.load(forwarded);
    expect(() => early.add(20, 22)).toThrow(/exported\.dll does not export forwarded_add.*EXPORT_NOT_FOUND/s);
    expect(agent.load(exported).forwardedProcess()).toBeGreaterThan(0); // to kernel32.dll, which is always there
    agent.load(basics);
    expect(agent.load(again).add(20, 22)).toBe(42);
    expect(early.add.outcome(20, 22).kind).toBe('not-callable');
    agent.unload(forwarded);
    expect(agent.load(forwarded).add(20, 22)).toBe(42);
  });
});

test('the program of the agent has a handle, and so has every DLL in it', ({ load, agent }) => {
  const { moduleHandle, procAddress, moduleFileName } = load(kernel32);
  const program = moduleHandle(null);
  const name = new Uint16Array(300);
  const length = moduleFileName(program, name, 300);
  expect(String.fromCharCode(...name.subarray(0, length)).toLowerCase()).toMatch(/\\dllparity-agent-(x64|ia32)\.exe$/);
  expect(procAddress(program, 'MulDiv')).toBeNull();
  const mulDiv = agent.bind(
    procAddress(moduleHandle('kernel32.dll'), 'MulDiv'),
    'int (__stdcall *)(int number, int numerator, int denominator)',
  );
  expect(mulDiv(6, 14, 2)).toBe(42);
});

test('a DLL that is bytes in memory is loaded from a file in the prefix', ({ agent }) => {
  const path = String.raw`C:\windows\temp\made.dll`;
  writeFileSync(agent.unixPath(path), readFileSync(referenceDll('basics.dll')));
  const made = library(path, { add: 'int add(int a, int b)' });
  expect(agent.load(made).add(20, 22)).toBe(42);
  expect(agent.pathOf(made).toLowerCase()).toBe(path.toLowerCase());
  agent.unload(made);
});
