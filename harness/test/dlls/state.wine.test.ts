import { describe, expect, hresult, library, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';
import { state } from './state.ts';

const wide = (units: Uint16Array, length: number): string => String.fromCharCode(...units.subarray(0, length));

describe('GetLastError()', () => {
  test('survives from one call to the next, a hundred times', ({ load }) => {
    const { setError, getError, sleepZero } = load(state);
    for (let i = 1; i <= 100; i++) {
      setError(i);
      sleepZero();
      expect([getError(), getError()]).toEqual([i, i]);
    }
  });

  test('belongs to the outcome', ({ load }) => {
    const { setError, openMissing } = load(state);
    for (const error of [0, 5, 0xffff_ffff])
      expect(setError.outcome(error)).toMatchObject({ kind: 'returned', lastError: error });
    expect(openMissing.outcome()).toMatchObject({ result: 0, lastError: 3 });
  });

  test('that the DLL sets is seen by what its callback calls, and survives the callback', ({ load }) => {
    const { errorAround, getError, setError } = load(state);
    const seen: number[] = [];
    expect(errorAround(77, () => void seen.push(getError()))).toBe(77);
    expect(seen).toEqual([77]);
    expect(
      errorAround(77, () => {
        setError(88);
      }),
    ).toBe(88);
  });

  test('has a text', ({ load, agent }) => {
    expect(load(state).openMissing()).toBe(0);
    expect(agent.formatMessage(2)).toMatch(/file not found|cannot find the file/i);
    expect(agent.formatMessage(5)).toMatch(/access (is )?denied/i);
  });
});

describe('errno', () => {
  test('is 0 before each call and told after it', ({ load }) => {
    const { parseNumber, setErrno } = load(state);
    expect(parseNumber.outcome('99999999999')).toMatchObject({ result: 2147483647, errno: 34 });
    expect(parseNumber.outcome('12')).toMatchObject({ result: 12, errno: 0 });
    expect(setErrno.outcome(9)).toMatchObject({ result: 0, errno: 9 });
    expect(setErrno.outcome(0)).toMatchObject({ result: 0, errno: 0 });
  });
});

describe('results with a meaning', () => {
  test('are signed, and readable as people write them', ({ load }) => {
    const { fail, succeed, fromError, noMemory } = load(state);
    expect(fail()).toBe(-2147467259);
    expect(fail() >>> 0).toBe(0x80004005);
    expect(hresult(fail())).toMatchObject({ hex: '0x80004005', failed: true, code: 0x4005 });
    expect([hresult(succeed(0)).failed, hresult(succeed(1)).failed, succeed(1)]).toEqual([false, false, 1]);
    expect(hresult(fromError(5))).toMatchObject({ hex: '0x80070005', failed: true, facility: 7, code: 5 });
    expect(noMemory() >>> 0).toBe(0xc0000017);
  });
});

describe('a library that throws on failure', () => {
  const strict = library(
    referenceDll('state.dll'),
    { fail: 'HRESULT fail(void)', succeed: 'HRESULT succeed(int with)', status: 'LONG status_no_memory(void)' },
    { throwOnFailure: true },
  );

  test('does so for HRESULTs that say it, in a call and a promise', async ({ load }) => {
    const { fail, succeed, status } = load(strict);
    expect(() => fail()).toThrow(/state\.dll!fail returned 0x80004005.*\[HRESULT_FAILED\]/);
    expect(() => fail()).toThrow(expect.objectContaining({ hresult: 0x80004005 | 0 }));
    await expect(fail.async()).rejects.toThrow(/HRESULT_FAILED/);
    expect(fail.outcome()).toMatchObject({ kind: 'returned', result: 0x80004005 | 0 });
    expect([succeed(1), succeed(0)]).toEqual([1, 0]);
    expect(status()).toBe(0xc0000017 | 0);
  });
});

describe('environment and folder', () => {
  test('of the process stay as a call has left them', ({ load }) => {
    const { setVariable, readVariable } = load(state);
    const value = new Uint16Array(64);
    expect(readVariable('DLLS_OWN_VARIABLE', value, 64)).toBe(0);
    expect(setVariable('DLLS_OWN_VARIABLE', 'gr\u00fc\u00dfe')).not.toBe(0);
    expect(wide(value, readVariable('DLLS_OWN_VARIABLE', value, 64))).toBe('gr\u00fc\u00dfe');
    expect(setVariable('DLLS_OWN_VARIABLE', null)).not.toBe(0);
    expect(readVariable.outcome('DLLS_OWN_VARIABLE', value, 64)).toMatchObject({ result: 0, lastError: 203 });
  });

  test('can be changed and put back', ({ load }) => {
    const { currentFolder, enterFolder } = load(state);
    const buffer = new Uint16Array(300);
    const before = wide(buffer, currentFolder(buffer, 300));
    expect(enterFolder('C:\\windows')).not.toBe(0);
    expect(wide(buffer, currentFolder(buffer, 300)).toLowerCase()).toBe('c:\\windows');
    expect(enterFolder(before)).not.toBe(0);
    expect(enterFolder.outcome('C:\\no\\such\\folder')).toMatchObject({ result: 0, lastError: 3 });
  });
});

test('of the DLL is shared by libraries that declare it twice', ({ load }) => {
  const again = library(referenceDll('state.dll'), { callNumber: 'int call_number(void)' });
  const first = load(state).callNumber();
  expect(load(again).callNumber()).toBe(first + 1);
});

test('what the DLL prints is in the log of the agent', ({ load, agent }) => {
  load(state).say('said to stdout by the DLL', 0);
  load(state).say('said to stderr by the DLL', 1);
  const tail = (): string => agent.logTail().join('\n');
  return expect.poll(tail, { timeout: 5000 }).toMatch(/said to stdout by the DLL[\s\S]*said to stderr by the DLL/);
});
