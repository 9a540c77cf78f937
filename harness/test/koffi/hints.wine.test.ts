// What the log says when a call goes wrong for what the process of the drop-in has not been given, or for what Wine lacks.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKoffi } from '../../koffi/create.ts';
import { installation, referenceDll } from '../reference-dlls.ts';

type Koffi = typeof import('koffi');

const SC_MANAGER_CONNECT = 1;
const OPEN_MANAGER = 'void *__stdcall OpenSCManagerW(str16 machine, str16 database, uint32 access)';

let written = '';

/** A koffi whose log is read here. */
function koffiWith(variables: Readonly<Record<string, string>> = {}): Koffi {
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return createKoffi() as unknown as Koffi;
}

/** The lines of the log that hint at an option. */
const hints = (): string[] => written.split('\n').filter((line) => line.includes('`services: true`'));

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a process without services', () => {
  test('is told of once, by the first call that fails for it', () => {
    const open = koffiWith().load('advapi32.dll').func(OPEN_MANAGER) as (...args: unknown[]) => unknown;
    expect(open(null, null, SC_MANAGER_CONNECT)).toBeNull();
    expect(open(null, null, SC_MANAGER_CONNECT)).toBeNull();
    expect(hints()).toEqual([expect.stringMatching(/WARN +host koffi advapi32\.dll!OpenSCManagerW failed: /)]);
  });

  test('is told of by an asynchronous call', async () => {
    const open = koffiWith().load('ADVAPI32').func(OPEN_MANAGER);
    const handle = await new Promise((resolve) => {
      open.async(null, null, SC_MANAGER_CONNECT, (_error: unknown, result: unknown) => {
        resolve(result);
      });
    });
    expect(handle).toBeNull();
    expect(hints()).toEqual([expect.stringMatching(/advapi32\.dll!OpenSCManagerW failed: /)]);
  });

  test('is told of when a DLL has asked by an import of its own', () => {
    const koffi = koffiWith();
    const ask = koffi.load(referenceDll('asks_services.dll')).func('int ask_services(int in_earnest)');
    koffi.load('kernel32.dll').func('void __stdcall SetLastError(uint32 error)')(0);
    expect([ask(0), hints()]).toEqual([0, []]);
    expect(ask(1)).toBe(0);
    expect(hints()).toEqual([expect.stringMatching(/asks_services\.dll!ask_services left error 1722: /)]);
  });

  test('has them when it asks for them, and nothing is said', () => {
    const koffi = koffiWith({ DLLPARITY_SERVICES: 'true' });
    const open = koffi.load('advapi32.dll').func(OPEN_MANAGER) as (...args: unknown[]) => unknown;
    expect(open(null, null, SC_MANAGER_CONNECT)).not.toBeNull();
    expect(hints()).toEqual([]);
  });
});

test('a function that Wine has by name only cannot be called, and the error says so', () => {
  const complex = koffiWith().load('msvcr120.dll');
  const ccos = complex.func('int ccos(int z)');
  const reason = `ccos could not be called: msvcr120.dll!ccos, which Wine has by name only (${installation.id}) [EXPORT_NOT_FOUND]`;
  for (let times = 0; times < 2; times++) {
    expect(() => ccos(1) as unknown).toThrow(expect.objectContaining({ message: expect.stringContaining(reason) }));
  }
  expect(complex.func('double sin(double x)')(0)).toBe(0);
});
