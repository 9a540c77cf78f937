import type { WhichModule, WhichRecord } from '../../protocol/records/which-record.ts';

const APP = String.raw`Z:\home\me\app`;

function dll(id: number, name: string, more: Partial<WhichModule>): WhichModule {
  return {
    id,
    name,
    when: 'start',
    needs: [],
    windows: { state: 'windows', path: `C:\\windows\\system32\\${name}`, because: 'System folder', steps: [] },
    wine: { state: 'loaded', path: `C:\\windows\\system32\\${name}`, code: 'builtin', error: null },
    verdict: 'same',
    ...more,
  };
}

const need = (module: number, how: 'import' | 'delay-import' | 'forwarder' | 'load' = 'import') => ({
  module,
  how,
  symbols: 1,
  missingSymbols: [],
});

/** A document with something of everything, and names that a page must not take for markup. */
export function sampleWhich(): WhichRecord {
  const hostile = '<img src=x onerror=alert(1)>.dll';
  return {
    record: 'which',
    schema: 1,
    dllparity: '0.1.0',
    writtenAt: '2026-01-02T03:04:05.000Z',
    runtime: { id: 'wine-8.0-x64', build: 'wine-8.0 (Debian 8.0~repack-4)', architecture: 'x64' },
    program: { path: '/home/me/app/app.exe', windowsPath: `${APP}\\app.exe`, architecture: 'x64', manifest: null },
    loadedAs: null,
    asked: 'gone.dll',
    folders: [
      { role: 'application', windowsPath: APP, path: '/home/me/app', exists: true, writable: true },
      { role: 'system', windowsPath: String.raw`C:\windows\system32`, path: null, exists: true, writable: null },
      { role: 'path', windowsPath: String.raw`Z:\opt\none`, path: '/opt/none', exists: false, writable: false },
    ],
    functions: {
      runtimes: [
        { id: 'wine-8.0-x64', build: 'wine-8.0 (Debian 8.0~repack-4)' },
        { id: 'wine-10.0-x64', build: 'wine-10.0 (Debian 10.0~repack-6)' },
      ],
      entries: [
        { module: 1, symbol: 'CloseHandle', neededBy: [0], states: ['implemented', 'implemented'] },
        { module: 1, symbol: 'CreateFoo<b>', neededBy: [0], states: ['stub', 'implemented'] },
      ],
    },
    modules: [
      dll(0, 'app.exe', {
        when: null,
        needs: [need(1), need(2), need(3), need(4, 'delay-import'), need(5, 'load')],
        windows: { state: 'program', path: null, because: 'the program', steps: [] },
        wine: { state: 'loaded', path: `${APP}\\app.exe`, code: 'native', error: null },
      }),
      dll(1, 'KERNEL32.dll', {}),
      dll(2, 'version.dll', {
        needs: [need(1), need(3, 'forwarder')],
        windows: {
          state: 'file',
          path: `${APP}\\version.dll`,
          because: 'Folder of the program',
          steps: [
            {
              text: 'the folder of the program',
              path: `${APP}\\version.dll`,
              found: true,
              skipped: null,
              rule: 'Folder of the program',
              source: 'Microsoft',
            },
          ],
        },
        wine: { state: 'loaded', path: `${APP}\\version.dll`, code: 'builtin', error: null },
        verdict: 'differs',
      }),
      dll(3, hostile, {
        windows: { state: 'unknown', path: null, because: 'nobody knows', steps: [] },
        wine: { state: 'not-loaded', path: null, code: null, error: null },
        verdict: 'unknown',
      }),
      dll(4, 'late.dll', {
        when: 'delay',
        windows: { state: 'file', path: `${APP}\\late.dll`, because: 'Folder of the program', steps: [] },
        wine: { state: 'loaded', path: `${APP}\\late.dll`, code: 'native', error: null },
      }),
      dll(5, 'gone.dll', {
        when: 'asked',
        windows: { state: 'missing', path: null, because: 'no folder has it', steps: [] },
        wine: { state: 'missing', path: null, code: null, error: 'ERROR_MOD_NOT_FOUND' },
      }),
    ],
    problems: [
      {
        kind: 'missing',
        severity: 'error',
        text: 'gone.dll is missing.',
        advice: 'Put it there.',
        modules: [5],
        override: null,
      },
      {
        kind: 'builtin-overrides',
        severity: 'warning',
        text: 'version.dll: Wine takes its own.',
        advice: 'Change it.',
        modules: [2],
        override: 'version=n,b',
      },
      {
        kind: 'planting',
        severity: 'risk',
        text: `Somebody may put ${hostile} there.`,
        advice: null,
        modules: [3],
        override: null,
      },
    ],
    run: {
      state: 'started',
      status: null,
      said: [],
      others: [
        { path: String.raw`C:\windows\system32\ntdll.dll`, code: 'builtin' },
        { path: `${APP}\\inner.dll`, code: 'native' },
      ],
    },
    retry: {
      overrides: 'version=n,b',
      state: 'started',
      status: null,
      changes: [{ module: 2, wine: { state: 'loaded', path: `${APP}\\version.dll`, code: 'native', error: null } }],
    },
  };
}
