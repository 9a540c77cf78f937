// Each form of the notation, with functions whose results are known: Windows', and those of the reference DLLs.
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'dllparity';
import { packageRoot } from '../../../base/package-root.ts';
import type { Agent } from '../../../calls/agent/agent.ts';
import { parseFacts } from '../../../evidence/facts/read-facts.ts';
import { runFacts, type TriedFact } from '../../../evidence/facts/run-facts.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { folderWith } from '../../loader/temporary-folder.ts';
import { installation, referenceDll } from '../../reference-dlls.ts';

const BASICS = referenceDll('basics.dll');

/** A fact in one line: function, prototype, arguments, expectation, and further fields. */
type Line = readonly [dll: string, prototype: string, args: string, expect: string, more?: string];

function factsOf(lines: readonly Line[]): string {
  return lines
    .map(([dll, prototype, args, expected, more = ''], index) => {
      const [, name = ''] = /(\w+)\(/.exec(prototype) ?? [];
      return `- {id: own-${String(index)}, dll: ${JSON.stringify(dll)}, function: ${name}, prototype: ${JSON.stringify(prototype)}, args: [${args}], expect: ${expected}, source: a test${more}}\n`;
    })
    .join('');
}

function tryAll(agent: Agent, text: string): TriedFact[] {
  const { facts, problems, types } = parseFacts([{ file: join(packageRoot, 'own.yaml'), read: () => text }]);
  expect(problems.map(({ error }) => error.message)).toEqual([]);
  return runFacts(agent, facts, types);
}

const texts = ({ fact, verdict, mismatches, reason }: TriedFact): string =>
  `${fact.function}: ${verdict} ${reason ?? ''} ${mismatches.map(({ what, expected, actual }) => `${what} ${expected} here ${actual}`).join('; ')}`;

const VIEW = '- {name: VIEW, fields: [{name: Length, type: uint16}, {name: MaximumLength, type: uint16}, {name: Buffer, type: ptr, to: char16}]}\n'; // prettier-ignore

const COMPARE =
  'void __cdecl qsort(void *base, size_t n, size_t size, int (__cdecl *compare)(const void *, const void *))';
const SPRINTF = 'int __cdecl sprintf(char *buf, const char *format, ...)';
const VSPRINTF = 'int __cdecl vsprintf(char *buf, const char *format, va_list args)';
const STRTOL = 'long __cdecl strtol(const char *text, char **end, int base)';
const TO_INTEGER = 'int32_t __stdcall RtlUnicodeStringToInteger(const VIEW *text, uint32_t base, uint32_t *value)';
const MESSAGE = 'uint32_t __stdcall FormatMessageW(uint32_t flags, const char16_t *source, uint32_t id, uint32_t lang, char16_t *out, uint32_t n, void *args)'; // prettier-ignore
const FROM_STRING = '{type: uint32, value: 1024}, {wstr: "%1-%2!u!"}, {type: uint32, value: 0}, {type: uint32, value: 0}, {out: char16, size: 64}, {type: uint32, value: 64}'; // prettier-ignore
const TIME = '{struct: FILETIME, fields: {dwLowDateTime: 0, dwHighDateTime: 0}}, {out: struct, name: SYSTEMTIME}';

/** What holds everywhere. */
const HOLDS: readonly Line[] = [
  [BASICS, 'int add(int a, int b)', '{type: int32, value: 2}, {type: int32, value: -5}', '{return: -3}'],
  [BASICS, 'int64_t echo_int64(int64_t value)', '{type: int64, value: "-9223372036854775808"}', '{return: "-0x8000000000000000"}'],
  [BASICS, 'uint8_t echo_uint8(uint8_t value)', '{type: uint8, value: 200}', '{return: 200}'],
  [BASICS, 'double echo_double(double value)', '{type: double, value: "0x7ff8000000012345"}', '{return: "0x7ff8000000012345"}'],
  [BASICS, 'double echo_double(double value)', '{type: double, value: "-0"}', '{return: "-0"}'],
  [BASICS, 'double echo_double(double value)', '{type: double, value: nan}', '{return: {nan: true}}'],
  [BASICS, 'double echo_double(double value)', '{type: double, value: inf}', '{return: {finite: false}}'],
  [BASICS, 'double add_double(double a, double b)', '{type: double, value: 0.1}, {type: double, value: 0.2}', '{return: {approx: 0.3, ulps: 1}}'],
  [BASICS, 'float echo_float(float value)', '{type: float, value: 0.1}', '{return: 0.1}'],
  [BASICS, 'int sum_variadic(int count, ...)', '{type: int32, value: 2}, {type: int32, value: 40}, {type: int32, value: 2}', '{return: 42}'],
  [BASICS, 'double mix_variadic(const char *kinds, ...)', '{str: idl}, {type: int32, value: 1}, {type: double, value: 0.5}, {type: int64, value: 10}', '{return: 11.5}'],
  [BASICS, 'int call_back(int (*callback)(int), int n)', '{callback: returns 7}, {type: int32, value: 3}', '{return: 21, callbackCount: 3}'],
  [BASICS, 'unsigned wide_length(const wchar_t *text)', '{wchars: [55357, 1, 0]}', '{return: 2}'],
  [BASICS, 'void upper_in_place(char *text)', '{inout: char, size: 8, str: "abc"}', '{out: {0: {prefix: "ABC\\0\\0"}}}'],
  [BASICS, 'const char *greeting(void)', '', '{return: {str: hello from basics}}'],
  [BASICS, 'const char *greeting(void)', '', '{return: {startsWith: hello}}'],
  [BASICS, 'void fill_ints(int *numbers, int n)', '{out: int32, size: 3}, {type: int32, value: 3}', '{out: {0: {values: [0, 1, 4]}}}'],
  [BASICS, 'int *into(int *base, int index)', '{inout: int32, value: [1, 2, 3]}, {type: int32, value: 2}', '{return: {ref: 0, offset: 2}}'],
  [BASICS, 'int *into(int *base, int index, int *whole)', '{relTo: 2, offset: 4}, {type: int32, value: 1}, {inout: int32, value: [1, 2, 3]}', '{return: {relTo: 2, offset: 8}}'],
  ['ucrtbase.dll', 'lldiv_t __cdecl lldiv(long long a, long long b)', '{type: int64, value: 7}, {type: int64, value: 2}', '{return: {struct: lldiv_t, fields: {quot: 3, rem: 1}}}'],
  ['msvcrt.dll', STRTOL, '{str: "12x"}, {out: pointer, size: 1}, {type: int32, value: 10}', '{return: 12, out: {1: {ref: 0, offset: 2}}, errno: unchanged}'],
  ['msvcrt.dll', STRTOL, '{str: "99999999999"}, {out: ptr, size: 1}, {type: int32, value: 10}', '{return: 2147483647, out: {1: {relTo: 0, offset: 11}}, errno: {anyOf: [34, 9]}}'],
  ['msvcrt.dll', SPRINTF, '{out: char, size: 9, init: "xxxxxxxx"}, {str: "%d%s"}, {type: int32, value: 7}, {str: "é"}', '{return: 2, out: {0: "7é"}}'],
  ['msvcrt.dll', VSPRINTF, '{out: char, size: 40}, {str: "%.2f %s"}, {va_list: [{type: double, value: 1.5}, {str: x}]}', '{return: 6, out: {0: {length: 6}}}'],
  ['msvcrt.dll', 'int __cdecl sscanf(const char *text, const char *format, ...)', '{str: "5 ab"}, {str: "%d %s"}, {out: int32, size: 1}, {out: char, size: 8}', '{return: 2, out: {2: 5, 3: {bytes: "616200"}}}'],
  ['msvcrt.dll', COMPARE, '{out: int32, size: 3, init: [3, 1, 2]}, {type: size_t, value: 3}, {type: size_t, value: 4}, {callback: compare returns a - b on 32-bit ints}', '{out: {0: [1, 2, 3]}}'],
  ['msvcrt.dll', 'int __cdecl strcmp(const char *a, const char *b)', '{str: a}, {str: b}', '{return: {sign: -1}}'],
  ['msvcrt.dll', 'int __cdecl isalpha(int c)', '{type: int32, value: 65}', '{returnNonZero: true}'],
  ['msvcrt.dll', 'void * __cdecl memmove(void *to, const void *from, size_t n)', '{ref: 1, offset: 1}, {out: char, size: 8, init: "abc"}, {type: size_t, value: 3}', '{return: {ref: 1, offset: 1}, outAt: {ref: 1, offset: 1, bytes: "616263"}}'],
  ['msvcrt.dll', 'char * __cdecl strchr(const char *text, int c)', '{str: abc}, {type: int32, value: 120}', '{return: {"null": true}}'],
  ['msvcrt.dll', 'double __cdecl acos(double x)', '{type: double, value: 2}', '{return: nan, errno: 33, matherrType: 1}'],
  ['msvcrt.dll', 'char * __cdecl strtok(char *text, const char *delimiters)', '{"null": true}, {str: " "}', '{return: {offsetInFirst: 4}}', ", setup: 'second call after strtok on a writable copy of \"red wine\" with delimiters \" \"'"],
  ['msvcrt.dll', 'int __cdecl _ismbblead(unsigned int c)', '{type: uint32, value: 129}', '{return: {truthy: true}}', ', setup: call _setmbcp(932) before'],
  ['msvcrt.dll', 'int __cdecl _ismbblead(unsigned int c)', '{type: uint32, value: 129}', '{return: 0}', ', setup: call _setmbcp(0) before'],
  ['kernel32.dll', 'int32_t __stdcall FileTimeToSystemTime(const FILETIME *from, SYSTEMTIME *to)', TIME, '{return: 1, out: {1: {wYear: 1601, wMonth: 1, wDay: 1}}}'],
  ['kernel32.dll', 'uint32_t __stdcall GetFileAttributesA(const char *path)', '{str: "C:\\\\windows\\\\nothing.here"}', '{return: 4294967295, lastError: 2}'],
  ['kernel32.dll', 'int32_t __stdcall MulDiv(int32_t a, int32_t b, int32_t c)', '{type: int32, value: 1}, {type: int32, value: 1}, {type: int32, value: 1}', '{return: {not: 2}, lastError: unchanged}', ', setup: last error is set to 5 before the call'],
  ['kernel32.dll', MESSAGE, `${FROM_STRING}, {vaList: [{wstr: a}, {type: uint32, value: 5}]}`, '{return: 3, out: {4: {wstr: a-5}}}'],
  ['kernel32.dll', MESSAGE, `${FROM_STRING.replace('1024', '9216')}, {argArray: [{wstr: a}, {type: uint32, value: 5}]}`, '{return: 3, out: {4: {wprefix: "a-5\\0"}}}'],
  ['ntdll.dll', TO_INTEGER, '{struct: VIEW, fields: {Length: 4, MaximumLength: 6, Buffer: {wstr: "12"}}}, {type: uint32, value: 0}, {inout: uint32, value: [9]}', '{return: 0, out: {0: {Length: 4, Buffer: {wstr: "12"}}, 2: 12}}'],
  ['ntdll.dll', TO_INTEGER, '{struct: VIEW, fields: {Length: 4, MaximumLength: 6, Buffer: {wstr: "12"}}}, {type: uint32, value: 1}, {inout: uint32, value: [9]}', '{return: "0xc000000d", out: {2: 9}}'],
  ['shlwapi.dll', 'char * __stdcall PathAddBackslashA(char *path)', '{inout: char, size: 260, str: "C:\\\\x"}', '{out: {0: "c:\\\\X\\\\"}}', ', setup: the test compares the path without case'],
]; // prettier-ignore

test('every form of the notation is called and judged', { timeout: 60_000 }, async () => {
  await using agent = await bootForWorker({});
  const tried = tryAll(agent, VIEW + factsOf(HOLDS));
  expect(tried.filter(({ verdict }) => verdict !== 'match').map(texts)).toEqual([]);
});

test('what does not hold is a divergence that says what is there', async () => {
  await using agent = await bootForWorker({});
  const tried = tryAll(
    agent,
    factsOf([
      [BASICS, 'int add(int a, int b)', '{type: int32, value: 2}, {type: int32, value: 2}', '{return: 5}'],
      [BASICS, 'void upper_in_place(char *text)', '{inout: char, size: 8, str: "abc"}', '{out: {0: "abc"}}'],
      ['msvcrt.dll', STRTOL, '{str: "12x"}, {out: pointer, size: 1}, {type: int32, value: 10}', '{out: {1: {ref: 0, offset: 3}}, errno: 34}'], // prettier-ignore
      ['msvcrt.dll', 'double __cdecl acos(double x)', '{type: double, value: 0.5}', '{matherrType: 1}'],
      [BASICS, 'int crash_null(void)', '', '{return: 0}'],
      [BASICS, 'int exit_process(int code)', '{type: int32, value: 3}', '{return: 0}'],
      [BASICS, 'int add(int a, int b)', '{type: int32, value: 1}, {type: int32, value: 1}', '{return: 2}'],
      [BASICS, 'int no_such(void)', '', '{return: 0}'],
      [
        BASICS,
        'int add(int a, int b)',
        '{type: int32, value: 1}, {type: int32, value: 1}',
        '{return: 2}',
        ', setup: the moon is full',
      ],
      [BASICS, 'int add(int a, int b)', '{type: int32, value: 1}, {type: int32, value: 1}', '{return: 2, errno: 0}'],
    ]),
  );
  expect(tried.map(texts).map((text) => text.trim())).toEqual([
    'add: divergence  return 5 here 4',
    'upper_in_place: divergence  out 0 "abc" here "ABC"',
    'strtol: divergence  out 1 argument 0 + 3 elements here argument 0 + 2 bytes; errno 34 here unchanged',
    'acos: divergence  matherr type 1 here none',
    expect.stringMatching(/^crash_null: fault {2}the call returns here faulted: STATUS_ACCESS_VIOLATION/),
    'exit_process: fault  the call returns here the process ended with code 3',
    'add: match',
    expect.stringMatching(/^no_such: unsupported could not be called: basics\.dll does not export no_such/),
    'add: unsupported the set-up "the moon is full" is not understood',
    `add: unsupported ${BASICS} does not export _errno`,
  ]);
});

test('what one fact leaves behind fails another only in the process that they share', async () => {
  await using agent = await bootForWorker({});
  const output = '{type: uint32, value: 1}';
  const [, second] = tryAll(
    agent,
    factsOf([
      [
        'msvcrt.dll',
        'unsigned int __cdecl _set_output_format(unsigned int format)',
        output,
        '{return: {anyOf: [0, 1]}}',
      ],
      ['msvcrt.dll', 'unsigned int __cdecl _get_output_format(void)', '', '{return: 0}'],
    ]),
  );
  expect(second).toMatchObject({ verdict: 'match', carriedOver: 'divergence: return 1' });
});

function dllparity(...args: string[]): Promise<{ exitCode?: number | undefined; stdout: string; stderr: string }> {
  const program = ['--import', 'tsx', join(packageRoot, 'harness', 'cli', 'main.ts')];
  return execa(process.execPath, [...program, ...args], { cwd: packageRoot, reject: false });
}

const own = (id: string, result: number, more = ''): string =>
  `- {id: ${id}, dll: my.dll, function: add, prototype: "int add(int a, int b)", args: [{type: int32, value: 2}, {type: int32, value: 2}], expect: {return: ${String(result)}}, source: the manual of my.dll${more}}\n`;

test('dllparity check tries files of one’s own, with a DLL beside them, and its exit code says whether all holds', async () => {
  const { id } = installation;
  const root = folderWith({
    'right.yaml': own('my-1', 4),
    'wrong.yaml': own('my-1', 4) + own('my-2', 5, ', todoWine: true, broken: ["5 on Windows 95"]'),
    'bad.yaml': own('my-1', 4) + own('my-3', 4).replace('args', 'argz'),
    'known.yaml': `- suite: my.dll/add\n  reason: it adds\n  bug: none\n  wine: '>=5'\n  cases: my-2\n`,
  });
  copyFileSync(BASICS, join(root, 'my.dll'));
  const json = join(root, 'out', 'check.json');

  const right = await dllparity('check', join(root, 'right.yaml'), '--runtime', id, '--json', json);
  expect([right.stderr, right.exitCode]).toEqual(['', 0]);
  expect(right.stdout).toMatch(new RegExp(`my\\.dll {2}1 match\n[^]*1 fact on ${id} in .* s: 1 match$`));
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
    schema: 1,
    runtime: { id },
    ok: true,
    totals: { match: 1, divergence: 0 },
    facts: [{ id: 'my-1', dll: 'my.dll', function: 'add', verdict: 'match', source: 'the manual of my.dll' }],
  });

  const wrong = await dllparity('check', join(root, 'wrong.yaml'), '--runtime', id);
  expect(wrong.stdout).toMatch(/divergence my-2 {2}\(.*wrong\.yaml:2\)\n {2}my\.dll!add\(2, 2\)\n {2}return {2}expected 5\n +here +4\n.*marks it as todo.*\n.*old versions of Windows only: 5 on Windows 95\n {2}source: the manual of my\.dll/); // prettier-ignore
  expect(wrong.exitCode).toBe(1);

  const known = await dllparity('check', join(root, 'wrong.yaml'), '--runtime', id, '--known', join(root, 'known.yaml'));
  expect(known.stdout).toMatch(/1 match, 1 known-divergence$/);
  expect(known.exitCode).toBe(0);

  const bad = await dllparity('check', join(root, 'bad.yaml'), '--runtime', id);
  expect(bad.stdout).toMatch(/there is no key "argz" here \[FACT_SYNTAX\][^]*bad\.yaml:2:[^]*Did you mean "args"\?[^]*1 match, 1 harness-error$/); // prettier-ignore
  expect(bad.exitCode).toBe(1);
}, 90_000); // prettier-ignore
