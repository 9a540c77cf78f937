import { describe, expect, test } from 'dllparity';
import { outcome, run } from './runner.ts';

describe('files', () => {
  test('a DLL says which it is, and where it lies', async ({ agent }) => {
    const { outcome: words, modules, exitCode, harnessError } = await run(agent, String.raw`
files:
  app/x.dll: dll
  dir1/sub/x.dll: { dll: deep }
  dir1/y.dll: { dll: p, imports: x.dll }
calls:
  - LoadLibrary: '{dir1}\sub\x.dll'
  - LoadLibrary: x.dll
  - LoadLibrary: '{dir1}\y.dll'
`); // prettier-ignore
    expect([harnessError, words, exitCode]).toEqual([undefined, ['deep', 'deep', 'p > deep'], 0]);
    expect(modules[0]).toMatchObject({ call: 0, variant: 'deep', path: expect.stringMatching(/\\dir1\\sub\\x\.dll$/) });
    expect(modules.map(({ call, variant }) => [call, variant])).toEqual([[0, 'deep'], [1, 'deep'], [2, 'p'], [2, 'deep']]); // prettier-ignore
  });

  test('that a DLL imports, loads, forwards to or refuses', async ({ agent }) => {
    const words = await outcome(agent, String.raw`
files:
  app/imports.dll: { dll: p, imports: x.dll }
  app/chain.dll: { dll: q, imports: imports.dll }
  app/loads.dll: { dll: loader, dllMain: { loads: x.dll } }
  app/loads-none.dll: { dll: seeker, dllMain: { loads: none.dll } }
  app/forwards.dll: { dll: fwd, forwards: x.dll }
  app/through.dll: { dll: r, imports: forwards.dll }
  app/fails.dll: { dll: bad, dllMain: fails }
  app/lacks.dll: { dll: lacks, imports: none.dll }
  app/x.dll: { dll: target }
calls:
  - LoadLibrary: imports.dll
  - LoadLibrary: chain.dll
  - LoadLibrary: loads.dll
  - LoadLibrary: loads-none.dll
  - LoadLibrary: forwards.dll
  - LoadLibrary: through.dll
  - LoadLibrary: fails.dll
  - LoadLibrary: lacks.dll
`); // prettier-ignore
    expect(words).toEqual([
      'p > target',
      'q > target',
      'loader > target',
      'seeker > ERROR_MOD_NOT_FOUND',
      'target',
      'r > target',
      'ERROR_DLL_INIT_FAILED',
      'ERROR_MOD_NOT_FOUND',
    ]);
  });

  test('that are no DLLs, or none for this program', async ({ agent }) => {
    const words = await outcome(agent, String.raw`
files:
  app/text.dll: { text: no DLL }
  app/empty.dll: empty
  app/foreign.dll: { dll: other, architecture: foreign }
calls:
  - LoadLibrary: '{app}\text.dll'
  - LoadLibrary: '{app}\empty.dll'
  - LoadLibrary: '{app}\foreign.dll'
  - LoadLibraryEx: ['{app}\foreign.dll', LOAD_LIBRARY_AS_DATAFILE]
`); // prettier-ignore
    expect(words).toEqual(['ERROR_BAD_EXE_FORMAT', 'ERROR_BAD_EXE_FORMAT', 'ERROR_BAD_EXE_FORMAT', 'data other']);
  });

  test('manifests lie beside the program, in it, and in DLLs', async ({ agent }) => {
    const assembly = 'app/so.asm/so.asm.manifest: { manifest: { assembly: { identity: so.asm 1.0.0.0, files: [x.dll] } } }'; // prettier-ignore
    const files = `  ${assembly}\n  app/so.asm/x.dll: { dll: asm }\n  app/x.dll: dll`;
    const plain = await outcome(agent, `files:\n${files}\ncalls: [LoadLibrary: x.dll]`);
    const beside = await outcome(agent, `files:\n${files}\n  app/probe.exe.manifest: { manifest: { application: [so.asm 1.0.0.0] } }\ncalls: [LoadLibrary: x.dll]`); // prettier-ignore
    const inside = await outcome(agent, `files:\n${files}\nprogram: { imports: x.dll, manifest: { resource: 1, application: [so.asm 1.0.0.0] } }`); // prettier-ignore
    const inDll = await outcome(agent, `files:\n${files}\n  app/p.dll: { dll: p, imports: x.dll, manifest: { resource: 2, application: [so.asm 1.0.0.0] } }\ncalls: [LoadLibrary: p.dll]`); // prettier-ignore
    expect([plain, beside, inside, inDll]).toEqual([['app'], ['asm'], ['imports asm'], ['p > asm']]);
  });
});

describe('calls', () => {
  test('of every kind', async ({ agent }) => {
    const words = await outcome(agent, String.raw`
files:
  app/x.dll: dll
  app/p.dll: { dll: p, imports: x.dll }
  dir1/y.dll: { dll: y1 }
  dir2/y.dll: { dll: y2 }
  other/z.dll: { dll: z }
  path1/locked.dll: { dll: locked }
  other/new.manifest: { manifest: { application: [so.asm 1.0.0.0] } }
  other/old.manifest: { manifest: { application: [] } }
calls:
  - LoadLibrary: x.dll
  - GetModuleHandle: X
  - same: [1, 2]
  - GetProcAddress: [1, which]
  - GetProcAddress: [1, nothing]
  - SearchPath: x.dll
  - SearchPath: { name: y, path: '{dir2}', extension: .dll }
  - SearchPath: none.dll
  - AddDllDirectory: '{dir1}'
  - AddDllDirectory: dir1
  - LoadLibraryEx: [y.dll, LOAD_LIBRARY_SEARCH_USER_DIRS]
  - FreeLibrary: 11
  - RemoveDllDirectory: 9
  - SetDllDirectory: '{dir2}'
  - LoadLibrary: y.dll
  - SetDllDirectory: null
  - GetModuleHandle: none.dll
  - SetDefaultDllDirectories: 0
  - SetCurrentDirectory: '{other}'
  - LoadLibrary: z.dll
  - LoadLibraryEx: [z.dll, LOAD_LIBRARY_AS_IMAGE_RESOURCE]
  - LoadLibraryEx: ['{dir1}\y.dll', DONT_RESOLVE_DLL_REFERENCES]
  - ActivateActCtx: { source: '{other}\old.manifest' }
  - DeactivateActCtx
  - ActivateActCtx: { source: '{other}\new.manifest', directory: '{other}' }
  - SetEnvironmentVariable: [PATH, '{dir1}']
  - SearchPath: y.dll
  - CreateHardLink: ['{other}\link.dll', '{dir2}\y.dll']
  - LoadLibraryEx: ['{other}\link.dll', LOAD_LIBRARY_AS_DATAFILE]
  - lock: '{path1}\locked.dll'
  - LoadLibrary: '{path1}\locked.dll'
  - LoadLibrary: null
  - LoadLibrary: kernel32.dll
  - LoadLibrary: '{app}\p.dll'
  - CallImport: [34, which]
  - CallImport: [34, missing]
  - CallImport: which
  - CallDelayed: [x.dll, which]
  - CallDelayed: [none.dll, which]
`); // prettier-ignore
    expect(words).toEqual([
      'app',
      'handle app',
      'same',
      'call app',
      'call ERROR_PROC_NOT_FOUND',
      'found app\\x.dll',
      'found dir2\\y.dll',
      'found ERROR_FILE_NOT_FOUND',
      'AddDllDirectory ERROR_INVALID_PARAMETER',
      'y1',
      'y2',
      'handle ERROR_MOD_NOT_FOUND',
      'SetDefaultDllDirectories ERROR_INVALID_PARAMETER',
      'z',
      'z',
      'unresolved y1',
      'ActivateActCtx ERROR_SXS_CANT_GEN_ACTCTX',
      'found dir1\\y.dll',
      'y2',
      'ERROR_SHARING_VIOLATION',
      'ERROR_INVALID_PARAMETER',
      'foreign @ system32',
      'p > app',
      'call app',
      'call ERROR_PROC_NOT_FOUND',
      'call ERROR_PROC_NOT_FOUND',
      'call app',
      'exit 0xc06d007e',
    ]);
  });

  test('see environment, locale and load order of the scenario', async ({ agent }) => {
    const path = await outcome(agent, 'files: { dir2/x.dll: dll }\nprogram: { environment: { Path: "{dir2}" } }\ncalls: [LoadLibrary: x.dll]'); // prettier-ignore
    const german = 'files: { app/grün.dll: dll }\ncalls: [LoadLibrary: grün.dll]';
    const utf8 = await outcome(agent, german);
    const ascii = await outcome(agent, `${german}\nprogram: { environment: { LC_ALL: C } }`);
    const version = 'files: { app/version.dll: dll }\ncalls: [LoadLibrary: version.dll]';
    const native = await outcome(agent, `${version}\nprogram: { environment: { WINEDLLOVERRIDES: "version=n,b" } }`);
    const builtin = await outcome(agent, version);
    expect({ path, utf8, ascii, native, builtin }).toEqual({
      path: ['dir2'],
      utf8: ['app'],
      ascii: ['ERROR_MOD_NOT_FOUND'],
      native: ['app'],
      builtin: ['foreign @ app'],
    });
  });
});
