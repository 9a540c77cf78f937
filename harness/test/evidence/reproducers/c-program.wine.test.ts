// Programs in C, compiled and run: each prints what its call does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { as, describe, expect, library, outBuffer, struct, test } from 'dllparity';
import type { Agent } from '../../../calls/agent/agent.ts';
import { inputToJson } from '../../../evidence/suites/inputs.ts';
import { writeProgram } from '../../../evidence/reproducers/c-program.ts';
import { compileProgram } from '../../../evidence/reproducers/compile.ts';
import { NotInC } from '../../../evidence/reproducers/not-in-c.ts';
import type { DeclaredFunction } from '../../../types/declare/library.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';

const TM = ['sec', 'min', 'hour', 'mday', 'mon', 'year', 'wday', 'yday', 'isdst'];

const crt = library(
  'msvcr120.dll',
  {
    ldexp: 'double ldexp(double x, int exponent)',
    _abs64: '__int64 _abs64(__int64 n)',
    strtod: 'double strtod(const char *string, _Out_ char **end)',
    wcschr: 'wchar_t *wcschr(const wchar_t *string, wchar_t c)',
    strerror: 'char *strerror(int number)',
    _strupr: 'char *_strupr(char *string)',
    _wcsrev: 'wchar_t *_wcsrev(wchar_t *string)',
    memset: 'void *memset(void *destination, int c, size_t count)',
    _gmtime64_s: 'errno_t _gmtime64_s(_Out_ tm *time, const __int64 *seconds)',
    asctime: 'char *asctime(const tm *time)',
    lldiv: 'lldiv_t lldiv(long long numerator, long long denominator)',
    _cabs: 'double _cabs(_complex z)',
    _snprintf: 'int _snprintf(char *buffer, size_t count, const char *format, ...)',
    sscanf: 'int sscanf(const char *buffer, const char *format, ...)',
    _itoa_s: 'int _itoa_s(int value, _Out_writes_z_(size) char *buffer, size_t size, int radix)',
    strlen: 'size_t strlen(const char *string)',
    _exit: 'void _exit(int code)',
    qsort: 'void qsort(void *base, size_t count, size_t size, int (*compare)(const void *a, const void *b))',
  },
  {
    errno: '_errno',
    types: {
      _complex: struct('_complex', { x: 'double', y: 'double' }),
      lldiv_t: struct('lldiv_t', { quot: 'long long', rem: 'long long' }),
      tm: struct('tm', Object.fromEntries(TM.map((name) => [`tm_${name}`, 'int'])) as Record<string, 'int'>),
    },
  },
);

async function printed(agent: Agent, folder: string, declared: DeclaredFunction, values: readonly unknown[]): Promise<string[]> {
  const { architecture } = agent.installation;
  const inputs = values.map((value) => inputToJson(value, 'x'));
  const source = writeProgram({ declared, inputs, architecture, about: ['it says */ nothing'] });
  const program = join(folder, `${declared.name}.exe`);
  expect(await compileProgram(source, program, architecture)).toBeUndefined();
  const { code, stdout } = await agent.run(program);
  return [...stdout.toString('latin1').trimEnd().split(/\r?\n/), ...(code === 0 ? [] : [`exit ${(code ?? NaN).toString(16)}`])].filter((line) => line !== '' && line !== 'errno = 0');
} // prettier-ignore

const date = Object.fromEntries(TM.map((name, index) => [`tm_${name}`, [1, 2, 3, 4, 5, 70, 4, 154, 0][index]]));

/** What is called, with what, and what its program prints. */
const CASES: readonly [declared: DeclaredFunction, values: readonly unknown[], lines: readonly string[]][] = [
  [crt.ldexp, [-0.75, 1], ['result = -1.5 (0xbff8000000000000)']],
  [crt.ldexp, [1, 5000], ['result = inf (0x7ff0000000000000)', 'errno = 34']],
  [crt._abs64, [-(2n ** 53n) - 1n], ['result = 9007199254740993']],
  [crt.strtod, [' 1.5x\xe9'], ['result = 1.5 (0x3ff8000000000000)', 'end = string + 4']],
  [crt.wcschr, ['a"\u20acb', 0x20ac], ['result = string + 4']],
  [crt.wcschr, ['ab', 99], ['result = null']],
  [crt.strerror, [2], ['result = elsewhere', 'text of result = "No such file or directory"']],
  [crt._strupr, [outBuffer(8, 'a?\\b')], ['result = string + 0', String.raw`string = "A?\x5cB\x00"`]],
  [crt._wcsrev, [outBuffer(6, 'ab\u20ac')], ['result = string + 0', String.raw`string = L"\u20acba\u0000"`]],
  [crt.memset, [Uint8Array.of(1, 2, 3, 4), 65, 2], ['result = destination + 0', 'destination[0] = 65', 'destination[1] = 65', 'destination[2] = 3', 'destination[3] = 4']],
  [crt._gmtime64_s, [[86_399]], ['result = 0', ...['59', '59', '23', '1', '0', '70', '4', '0', '0'].map((value, index) => `time.tm_${TM[index] ?? ''} = ${value}`)]],
  [crt.asctime, [date], ['result = elsewhere', String.raw`text of result = "Thu Jun 04 03:02:01 1970\x0a"`]],
  [crt.lldiv, [-7n, 2n], ['result.quot = -3', 'result.rem = -1']],
  [crt._cabs, [{ x: 3, y: -4 }], ['result = 5 (0x4014000000000000)']],
  [crt._snprintf, [outBuffer(16), 16, '%d|%.1f|%s', as(-1, 'int'), as(2.5, 'double'), as('x', 'const char *')], ['result = 8', String.raw`buffer = "-1|2.5|x\x00"`]],
  [crt.sscanf, ['17 abc', '%i %2s', as([-1], 'int *'), as(outBuffer(8), 'char *')], ['result = 2', 'argument 2 = 17', String.raw`argument 3 = "ab\x00"`]],
  [crt._itoa_s, [255, 8, 16], ['result = 0', String.raw`buffer = "ff\x00"`]],
  [crt.strlen, [null], ['faulted = 0xC0000005', 'exit c0000005']],
  [crt._exit, [77], ['exit 4d']],
]; // prettier-ignore

describe('a program in C', () => {
  test('prints result, error number and memory, or how the call ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-c-'));
    try {
      await using agent = await bootForWorker({ folders: [folder] });
      for (const [declared, values, lines] of CASES)
        expect([declared.name, ...(await printed(agent, folder, declared, values))]).toEqual([declared.name, ...lines]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('takes the DLL from the path that it is given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-c-'));
    try {
      await using agent = await bootForWorker({ folders: [folder] });
      const { architecture } = agent.installation;
      const source = writeProgram({ declared: crt.strerror, inputs: [2], architecture, about: [] });
      const program = join(folder, 'path.exe');
      await compileProgram(source, program, architecture);
      const { stdout } = await agent.run(program, ['C:\\no\\such.dll']);
      expect(stdout.toString()).toMatch(/the DLL cannot be loaded: error \d+/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is not written where C cannot say it, and where the compiler refuses', async () => {
    const request = { declared: crt.qsort, inputs: [null, 0, 0, null], architecture: 'x64', about: [] } as const;
    expect(() => writeProgram(request)).toThrow(NotInC);
    const folder = mkdtempSync(join(tmpdir(), 'dllparity-c-'));
    try {
      expect(await compileProgram('int main(void) { return x; }', join(folder, 'x.exe'), 'x64')).toMatch(/refuses it: .*error/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }); // prettier-ignore
});
