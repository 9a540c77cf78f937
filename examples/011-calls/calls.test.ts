import { describe, expect, hresult, library, ROW_STATUS, test } from 'dllparity';

const crt = library(
  'msvcr120.dll',
  {
    strtol: 'long strtol(const char *string, _Out_ char **end, int base)',
    pow: 'double pow(double x, double y)',
  },
  // The function that says where errno is.
  { errno: '_errno' },
);

const kernel32 = library(
  'kernel32.dll',
  {
    moduleHandle: 'HMODULE GetModuleHandleW(LPCWSTR name)',
    procAddress: 'FARPROC GetProcAddress(HMODULE module, LPCSTR name)',
    attributes: 'DWORD GetFileAttributesW(LPCWSTR path)',
  },
  { convention: 'stdcall' },
);

const ole32 = library('ole32.dll', { parse: 'HRESULT CLSIDFromString(LPCOLESTR text, _Out_ CLSID *id)' }, { convention: 'stdcall' }); // prettier-ignore

const misbehave = library('misbehave.dll', { divide: 'int divide_ints(int a, int b)' });

const threads = library('threads.dll', {
  slow: 'int slow(int value, unsigned milliseconds)',
  mostAtOnce: 'int most_at_once(void)',
  slowFill: 'void slow_fill(_Out_writes_(n) uint8_t *bytes, size_t n, uint8_t value, unsigned milliseconds)',
  openMissing: 'int open_missing_file(void)',
});

describe('an asynchronous call', () => {
  test('runs on a thread of its own, beside others', async ({ load }) => {
    const { slow, mostAtOnce } = load(threads);
    mostAtOnce();
    const pending = [1, 2, 3, 4].map((value) => slow.async(value, 100));
    // Synchronous calls go on meanwhile.
    expect(slow(5, 0)).toBe(5);
    expect(await Promise.all(pending)).toEqual([1, 2, 3, 4]);
    expect(mostAtOnce()).toBeGreaterThan(1);
  });

  test('brings memory back when it is done', async ({ load }) => {
    const bytes = new Uint8Array(4);
    await load(threads).slowFill.async(bytes, 4, 7, 10);
    expect([...bytes]).toEqual([7, 7, 7, 7]);
  });

  test('has an outcome, with the errors of its thread', async ({ load }) => {
    expect(await load(threads).openMissing.asyncOutcome()).toMatchObject({ kind: 'returned', lastError: 3 });
  });
});

describe('calls with columns', () => {
  test('take an array or one value for each parameter', ({ load }) => {
    const { results, faults } = load(crt).pow.columns(Float64Array.of(2, 3, 4), 10);
    expect(results).toEqual(Float64Array.of(1024, 59_049, 1_048_576));
    expect(faults).toBe(0);
  });

  test('go on behind a row that faults', ({ load }) => {
    const divided = load(misbehave).divide.columns(100, Int32Array.of(5, 0, 20));
    expect(divided.results).toEqual(Int32Array.of(20, 0, 5));
    expect(divided.codes).toEqual(Uint32Array.of(0, 0xc000_0094, 0));
    expect(divided.statuses[1]).toBe(ROW_STATUS.faulted);
    expect(divided.faultAt(1)?.name).toBe('STATUS_INTEGER_DIVIDE_BY_ZERO');
  });
});

describe('what a call leaves behind', () => {
  test('is GetLastError(), which has a text', ({ load, agent }) => {
    const outcome = load(kernel32).attributes.outcome('C:\\windows\\nothing.here');
    expect(outcome).toMatchObject({ kind: 'returned', result: 0xffff_ffff, lastError: 2 });
    expect(agent.formatMessage(2)).toMatch(/file not found|cannot find the file/i);
    expect(agent.formatMessage(123_456)).toBeNull();
  });

  test('is errno, where the library says where it lies', ({ load }) => {
    const { strtol } = load(crt);
    expect(strtol.outcome('99999999999', [null], 10)).toMatchObject({ result: 2_147_483_647, errno: 34 });
    expect(strtol.outcome('42', [null], 10)).toMatchObject({ result: 42, errno: 0 });
  });

  test('is an HRESULT, which has parts', ({ load, agent }) => {
    const result = load(ole32).parse('no class', {});
    expect(result).toBe(-2_147_221_005);
    expect(hresult(result)).toEqual({ hex: '0x800401F3', failed: true, facility: 4, code: 0x01f3 });
    expect(agent.formatMessage(0x8007_0005)).toMatch(/access (is )?denied/i);
  });
});

test('a path of this machine has one that the DLL understands, and the other way round', ({ load, agent }) => {
  const { attributes } = load(kernel32);
  expect(attributes(agent.windowsPath(import.meta.filename)) & 0x10).toBe(0); // FILE_ATTRIBUTE_DIRECTORY
  expect(attributes(agent.windowsPath(import.meta.dirname)) & 0x10).toBe(0x10);
  expect(agent.unixPath('C:\\windows').toLowerCase()).toBe(`${agent.prefix}/drive_c/windows`);
});

test('a function may be known by its address alone', ({ load, agent }) => {
  const { moduleHandle, procAddress } = load(kernel32);
  const address = procAddress(moduleHandle('kernel32.dll'), 'MulDiv');
  const mulDiv = agent.bind(address, 'int (__stdcall *)(int number, int numerator, int denominator)');
  expect(mulDiv(6, 14, 2)).toBe(42);
  expect(mulDiv.batch([[1, 2, 1], [1, 3, 1]]).outcome(1)).toMatchObject({ result: 3 }); // prettier-ignore
});
