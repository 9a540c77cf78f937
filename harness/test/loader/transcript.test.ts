import { describe, expect, test } from 'vitest';
import { callsFile } from '../../loader/run/calls-file.ts';
import { environmentBlock, localeOf, overrideValues } from '../../loader/run/environment.ts';
import { exitCodeName } from '../../loader/run/exit-code.ts';
import { readTranscript } from '../../loader/run/transcript.ts';
import { fileText, placeText } from '../../loader/run/where.ts';
import { scenarioOf } from './scenarios.ts';

const ROOT = 'C:\\scenarios\\7';

describe('a transcript', () => {
  const scenario = scenarioOf(`
files: { app/x.dll: dll, dir1/Sub/y.dll: { dll: y } }
calls:
  - LoadLibrary: x.dll
  - GetModuleHandle: x.dll
  - SearchPath: x.dll
  - SetDllDirectory: none
`);
  const read = (...lines: string[]): readonly string[] =>
    readTranscript(lines.map((line) => line.replaceAll(' ', '\t')).join('\n'), scenario, ROOT).outcome;

  test('names variants, and where the loader says they lie when it is not their place', () => {
    expect(read(`@dllparity 0 module - app ${ROOT}\\app\\x.dll`)).toEqual(['app']);
    expect(read(`@dllparity 0 module - app ${ROOT}\\APP\\X.DLL`)).toEqual(['app']);
    expect(read(`@dllparity 0 module - y ${ROOT}\\dir1\\sub\\y.dll`)).toEqual(['y']);
    expect(read(`@dllparity 0 module - y ${ROOT}\\dir1\\y.dll`)).toEqual(['y @ dir1']);
    expect(read(`@dllparity 0 module - app ${ROOT}\\dir1\\x.dll`)).toEqual(['app @ dir1']);
    expect(read('@dllparity 0 module -  C:\\windows\\SysWOW64\\version.dll')).toEqual(['foreign @ system32']);
    expect(read('@dllparity 0 module -  C:\\windows\\winsxs\\a_1\\c.dll')).toEqual(['foreign @ windows\\winsxs\\a_1']);
    expect(read('@dllparity 0 module -  Z:\\usr\\c.dll')).toEqual(['foreign @ Z:\\usr']);
    expect(read('@dllparity 0 data - app ', '@dllparity 1 image -  ')).toEqual(['data app', 'image foreign']);
  });

  test('names the last module that the first leads to; a forwarder gives way to its target', () => {
    const at = `${ROOT}\\app\\x.dll`;
    expect(read(`@dllparity 0 module - y ${ROOT}\\dir1\\Sub\\y.dll > app ${at}`)).toEqual(['y > app']);
    expect(read(`@dllparity 0 module - fwd ${at} = app ${at}`)).toEqual(['app']);
    expect(read(`@dllparity 0 module - app ${at} > mid  > fwd  = y `)).toEqual(['app > y']);
    expect(read(`@dllparity 0 module - app ${at} >  7f`)).toEqual(['app > ERROR_PROC_NOT_FOUND']);
    expect(read(`@dllparity fffe module - app ${at}`)).toEqual(['imports app']);
  });

  test('says of each failure which call it was', () => {
    const lines = [0, 1, 2, 3].map((index) => `@dllparity ${String(index)} error 57`);
    const error = 'ERROR_INVALID_PARAMETER';
    expect(read(...lines)).toEqual([error, `handle ${error}`, `found ${error}`, `SetDllDirectory ${error}`]);
  });

  test('holds what others print too, and says whether it is complete', () => {
    const text = `warning: @dllparity\t0\terror\t7e\nfixme:x\n@dllparity\t0\terror\t7e\nhalf\n@dllparity\tffff\tdone\n`;
    expect(readTranscript(text, scenario, ROOT)).toEqual({
      outcome: ['ERROR_MOD_NOT_FOUND'],
      modules: [],
      isComplete: true,
    });
    expect(readTranscript('', scenario, ROOT).isComplete).toBe(false);
  });
});

test('places are the longest folder that holds them', () => {
  expect(placeText('C:\\Windows\\System32\\drivers\\x.sys', ROOT)).toBe('system32\\drivers');
  expect(placeText('C:\\windows\\x.dll', ROOT)).toBe('windows');
  expect(placeText('C:\\windows\\system\\x.dll', ROOT)).toBe('system');
  expect(placeText('C:\\scenarios\\77\\app\\x.dll', ROOT)).toBe('C:\\scenarios\\77\\app');
  expect(placeText(`\\\\?\\${ROOT}\\app\\x.dll`, ROOT)).toBe('app');
  expect(fileText(`${ROOT}/app/Sub/x.dll`, ROOT)).toBe('app\\Sub\\x.dll');
});

test('calls are lines of UTF-16; null is told apart from no text', () => {
  const { calls } = scenarioOf(String.raw`
calls:
  - LoadLibrary: null
  - LoadLibraryEx: ['{dir1}\ü.dll', LOAD_WITH_ALTERED_SEARCH_PATH]
  - SearchPath: { name: '' }
  - ActivateActCtx: { source: '{root}\m' }
  - DeactivateActCtx
`);
  expect(callsFile(calls, ROOT).toString('utf16le').split('\n')).toEqual([
    'LoadLibrary\t-',
    `LoadLibraryEx\t=${ROOT}\\dir1\\ü.dll\t8`,
    'SearchPath\t-\t=\t-',
    `ActivateActCtx\t=${ROOT}\\m\t-\t-`,
    'DeactivateActCtx',
    '',
  ]);
});

describe('the environment', () => {
  const scenario = scenarioOf(`
program:
  environment: { Path: '{dir1}', NEW: 'a=b', WINEDLLOVERRIDES: 'one,two.dll=n,b;three=;*four=b', LC_ALL: C, LANG: de }
`);

  test('is that of the parent with those of the scenario, sorted, whatever their case', () => {
    const text = String.fromCharCode(...environmentBlock(['PATH=x', 'aaa=1', '=C:=C:\\', 'ZZZ=2'], scenario, ROOT));
    expect(text.split('\0')).toEqual(['=C:=C:\\', 'aaa=1', 'LANG=de', 'LC_ALL=C', 'NEW=a=b', `Path=${ROOT}\\dir1`, 'ZZZ=2', '', '']); // prettier-ignore
  });

  test('has a PATH where the scenario says nothing of it', () => {
    const text = String.fromCharCode(...environmentBlock([], scenarioOf('calls: []'), ROOT));
    expect(text).toBe(`PATH=${ROOT}\\path1;${ROOT}\\path2;C:\\windows\\system32;C:\\windows\0\0`);
  });

  test('leaves orders of loading to the registry and locales to the agent', () => {
    const key = 'HKCU\\Software\\Wine\\AppDefaults\\probe.exe\\DllOverrides';
    expect(overrideValues(scenario)).toEqual([
      { path: `${key}\\one`, value: 'native,builtin' },
      { path: `${key}\\two`, value: 'native,builtin' },
      { path: `${key}\\three`, value: '' },
      { path: `${key}\\*four`, value: 'builtin' },
    ]);
    expect(localeOf(scenario)).toEqual({ LC_ALL: 'C', LANG: 'de' });
  });
});

test('exit codes have names, or are hexadecimal', () => {
  expect([0xc0000135, 0xc0000005, 0x80000100, 66].map(exitCodeName)).toEqual([
    'STATUS_DLL_NOT_FOUND',
    'STATUS_ACCESS_VIOLATION',
    'EXCEPTION_WINE_STUB',
    '0x42',
  ]);
});
