import { describe, expect, library, test } from 'dllparity';
import { referenceDll } from '../reference-dlls.ts';

const exceptions = library(referenceDll('exceptions.dll'), {
  divide: 'int divide_or_42(int a, int b)',
  divisionsHandled: 'int divisions_handled(void)',
  filteredFault: 'unsigned filtered_fault(void)',
  divideInCallback: 'int divide_in_callback(int (*callback)(int value), int value)',
  raiseAndGoOn: 'int raise_and_go_on(int value)',
  debugText: 'void debug_text(const char *text)',
});

describe('an exception that the DLL handles', () => {
  test('is no fault: the division by zero has a result', ({ load }) => {
    const { divide, divisionsHandled } = load(exceptions);
    const before = divisionsHandled();
    expect(divide.outcome(7, 0)).toMatchObject({ kind: 'returned', result: -42 });
    expect([divide(7, 2), divisionsHandled() - before]).toEqual([3, 1]);
  });

  test('is no fault on a thread of the pool', async ({ load }) => {
    const { divide } = load(exceptions);
    expect(await Promise.all([divide.async(1, 0), divide.async(9, 3)])).toEqual([-42, 3]);
  });

  test('is no fault between callbacks', ({ load }) => {
    const { divide, divideInCallback } = load(exceptions);
    expect(divideInCallback((value) => divide(value, 0), 5)).toBe(-84);
  });

  test('may be continued from, and debuggers may be told', ({ load }) => {
    const { raiseAndGoOn, debugText } = load(exceptions);
    expect(raiseAndGoOn.outcome(5)).toMatchObject({ kind: 'returned', result: 5 });
    expect(debugText.outcome('for a debugger').kind).toBe('returned');
  });
});

describe('a C++ exception that the DLL catches', () => {
  const cpp = library(referenceDll('cpp_throw.dll'), { caught: 'int throw_and_catch(void)' });

  test('is no fault in a call, in a callback, and on a thread of the pool', async ({ load }) => {
    const { caught } = load(cpp);
    expect(caught.outcome()).toMatchObject({ kind: 'returned', result: 42 });
    expect(load(exceptions).divideInCallback(() => caught(), 0)).toBe(0);
    expect(await Promise.all([caught.async(), caught.async()])).toEqual([42, 42]);
  });
});

test('the DLL\u2019s filter for unhandled exceptions runs on its own threads', ({ load, agent }) => {
  const { generation } = agent;
  expect(load(exceptions).filteredFault()).toBe(0xc0000005);
  expect(agent.generation).toBe(generation);
});
