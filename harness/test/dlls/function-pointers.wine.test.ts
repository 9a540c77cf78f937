// Callbacks and functions behind pointers, declared by C text that names types of the test's own.
import { type Agent, as, describe, expect, library, type PointerLike, struct, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const pair = struct('pair', { first: 'int16_t', second: 'int16_t' });
const record = struct('record', { weight: 'double', count: 'int32_t', letter: 'int8_t', factor: 'float' });
/** The same name, for something else. */
const bytes = struct('pair', { low: 'uint8_t', next: 'uint8_t', third: 'uint8_t', high: 'uint8_t' });

const calls = library(referenceDll('calls.dll'), {
  callWithStructs: 'double call_with_structs(void *callback)',
});
const kernel32 = library(
  'kernel32.dll',
  { module: 'void *GetModuleHandleA(const char *name)', address: 'void *GetProcAddress(void *module, const char *name)' },
  { convention: 'stdcall' },
); // prettier-ignore

function addressOf(agent: Agent, name: string): PointerLike | null {
  agent.load(calls);
  const { module, address } = agent.load(kernel32);
  return address(module('calls.dll'), name);
}

describe('types of the test’s own', () => {
  test('are taken by a registered callback, structs by value included', ({ agent, load }) => {
    const seen: unknown[] = [];
    using callback = agent.callback(
      'double (*)(pair one, record other)',
      (one, other) => (seen.push(one, other.count), one.first + one.second + other.weight),
      { types: { pair, record } },
    );
    expect(load(calls).callWithStructs(callback.pointer)).toBeTypeOf('number');
    expect(seen).toEqual([{ first: -3, second: 4 }, expect.any(Number)]);
  });

  test('are taken by a function behind a pointer, and mean what they mean there', ({ agent }) => {
    const types = { pair };
    const place = addressOf(agent, 'make_pair');
    const make = agent.bind(place, 'pair make_pair(int16_t first, int16_t second)', { types });
    expect(make(-1, 2)).toEqual({ first: -1, second: 2 });
    const others = agent.bind(place, 'pair make_pair(int16_t first, int16_t second)', { types: { pair: bytes } });
    expect(others(-1, 0x0302)).toEqual({ low: 255, next: 255, third: 2, high: 3 });
    expect(agent.bind(place, 'pair make_pair(int16_t first, int16_t second)', { types })).toBe(make);
    const sum = agent.bind(addressOf(agent, 'sum_pair'), 'int (*)(pair one)', { types });
    expect(sum({ first: 40, second: 2 })).toBe(42);
  });

  test('that are not given are named in the error', ({ agent }) => {
    expect(() => agent.callback('int (*)(widget one)', () => 0)).toThrow(/widget.*PROTOTYPE_TYPE_UNKNOWN/s);
    expect(() => agent.bind(addressOf(agent, 'sum_pair'), 'int (*)(widget one)')).toThrow(/PROTOTYPE_TYPE_UNKNOWN/);
  });
});

test('8-bit text goes in the encoding that is asked for, and one that does not exist is refused', ({ agent }) => {
  const crt = library('msvcrt.dll', { strlen: 'size_t strlen(const char *text)' });
  agent.load(crt);
  const { module, address } = agent.load(kernel32);
  const place = address(module('msvcrt.dll'), 'strlen');
  const prototype = 'size_t (*)(const char *text)';
  expect(agent.bind(place, prototype)('grüße')).toBe(7);
  expect(agent.bind(place, prototype, { encoding: 'windows-1252' })('grüße')).toBe(5);
  expect(() => agent.bind(place, prototype, { encoding: 'windows-12' })).toThrow(/windows-12/);
  expect(() => agent.callback('int (*)(char *)', () => 0, { encoding: 'windows-12' })).toThrow(/windows-12/);
});

describe('a va_list', () => {
  const crt = library('msvcrt.dll', {
    vsprintf: 'int vsprintf(char *buffer, const char *format, va_list arguments)',
    sprintf: 'int sprintf(char *buffer, const char *format, ...)',
  });

  test('is a pointer to slots, which an array gives', ({ load }) => {
    const buffer = Buffer.alloc(64);
    const length = load(crt).vsprintf(buffer, '%d %u %X', [-42, 7, 0xabc]);
    expect(buffer.toString('latin1', 0, length)).toBe('-42 7 ABC');
  });

  test('may hold what else the function expects, as memory', ({ load }) => {
    const buffer = Buffer.alloc(64);
    const length = load(crt).vsprintf(buffer, '%.2f', new Float64Array([2.5]));
    expect(buffer.toString('latin1', 0, length)).toBe('2.50');
    expect(load(crt).sprintf(buffer, '%d', as(3, 'int'))).toBe(1);
  });
});
