import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootAgent } from '../../../agent.ts';
import { library } from '../../../types/declare/library.ts';
import { BuiltinDlls } from '../../../loader/which/builtin-dlls.ts';
import { examine } from '../../../loader/which/examine.ts';
import { systemFolderOf } from '../../../loader/which/process-start.ts';
import { installation } from '../../reference-dlls.ts';
import { Programs } from './programs.ts';

const { architecture, id, template } = installation;

let programs: Programs;
let builtins: BuiltinDlls;
beforeAll(() => {
  programs = new Programs(architecture);
  builtins = new BuiltinDlls(systemFolderOf(template, architecture));
});
afterAll(() => {
  programs[Symbol.dispose]();
  builtins[Symbol.dispose]();
});

describe('what the tables of a builtin say', () => {
  test('is what a call does: a stub cannot be called, and an implemented function answers', async () => {
    await using agent = await bootAgent({ runtime: id });
    const ntdll = agent.load(
      library('ntdll.dll', {
        stub: 'void * __stdcall CsrAllocateCaptureBuffer(unsigned pointers, unsigned bytes)',
        flags: 'unsigned __stdcall RtlGetNtGlobalFlags(void)',
      }),
    );
    expect(builtins.stateOf('ntdll.dll', 'CsrAllocateCaptureBuffer')).toBe('stub');
    expect(ntdll.stub.outcome(0, 0)).toMatchObject({
      kind: 'not-callable',
      reason: expect.stringContaining('ntdll.dll!CsrAllocateCaptureBuffer') as string,
      isStub: true,
    });
    expect(builtins.stateOf('ntdll.dll', 'RtlGetNtGlobalFlags')).toBe('implemented');
    expect(ntdll.flags()).toBeTypeOf('number');
  });

  test('follows forwarders and API sets to the DLL that answers', () => {
    expect(builtins.stateOf('kernel32.dll', 'HeapAlloc')).toBe('implemented');
    expect(builtins.stateOf('api-ms-win-crt-string-l1-1-0.dll', 'strlen')).toBe('implemented');
    expect(builtins.stateOf('api-ms-win-crt-string-l1-1-0.dll', 'sonone')).toBe('missing');
    expect(builtins.stateOf('sonone.dll', 'one')).toBe('no-dll');
  });
});

test('a program that imports a stub is told so, with what each runtime has', async () => {
  const record = await examine({ program: programs.stubUser('stub/app.exe'), runtime: id });
  const column = record.functions.runtimes.findIndex((runtime) => runtime.id === id);
  const states = record.functions.entries.map(({ symbol, states: all }) => [symbol, all[column]]);
  expect(states).toContainEqual(['CsrAllocateCaptureBuffer', 'stub']);
  expect(states).toContainEqual(['RtlGetNtGlobalFlags', 'implemented']);
  expect(states).toContainEqual(['sonone', 'missing']);
  const problems = record.problems.filter(({ kind }) => kind === 'not-implemented').map(({ text }) => text);
  expect(problems).toEqual([
    `ntdll.dll: ${id} has CsrAllocateCaptureBuffer as a stub only. Needed by app.exe.`,
    `ntdll.dll: ${id} has sonone not at all. Needed by app.exe.`,
  ]);
  expect(record.run.state).toBe('started');
});
