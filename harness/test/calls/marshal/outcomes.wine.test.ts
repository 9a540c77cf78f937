import { type Agent, CallError, describe, expect, library, test } from 'dllparity';
import { basics, calls, misbehave, referenceDll } from '../../reference-dlls.ts';

const cpp = library(referenceDll('cpp_throw.dll'), {
  caught: 'int throw_and_catch(void)',
  escapes: 'int throw_escapes(void)',
});

const VIOLATION = { code: 0xc0000005, name: 'STATUS_ACCESS_VIOLATION' };

/** The agent survives a fault: the next call is made by the same process. */
function stillWorks(agent: Agent, generation: number): void {
  expect(agent.load(basics).add(2, 3)).toBe(5);
  expect(agent.generation).toBe(generation);
}

describe('a call that returns', () => {
  test('says what it was called with, where, and how long it took', ({ load, agent }) => {
    const outcome = load(basics).add.outcome(2, 3);
    expect(outcome).toMatchObject({ kind: 'returned', function: 'basics.dll!add', arguments: [2, 3], result: 5 });
    expect(outcome.runtime).toMatch(agent.pointerBytes === 8 ? /^wine-[\d.]+-x64$/ : /^wine-[\d.]+-ia32$/);
    expect(outcome.durationMs).toBeGreaterThan(0);
    expect(outcome.durationMs).toBeLessThan(1000);
  });

  test('has errno, which is 0 before each call', ({ load }) => {
    const { setErrno } = load(basics);
    expect(setErrno.outcome(34)).toMatchObject({ result: 0, errno: 34 });
    expect(setErrno.outcome(0)).toMatchObject({ result: 0, errno: 0 });
  });

  test('has no errno where the library does not say where it is', ({ load }) => {
    expect(load(calls).nothing.outcome()).toMatchObject({ errno: null });
  });

  test('has errno of the C runtime', ({ load }) => {
    const crt = library('msvcr120.dll', { strtol: 'long strtol(const char *s, _Out_ char **end, int base)' }, { errno: '_errno' }); // prettier-ignore
    const { strtol } = load(crt);
    expect(strtol.outcome('99999999999', [null], 10)).toMatchObject({ result: 2147483647, errno: 34 });
    expect(strtol.outcome('12', [null], 10)).toMatchObject({ result: 12, errno: 0 });
  });

  test('has GetLastError, which keeps from call to call', ({ load }) => {
    const { failWith, lastError, nothing } = load(calls);
    expect(failWith.outcome(1234)).toMatchObject({ lastError: 1234 });
    expect(nothing.outcome()).toMatchObject({ lastError: 1234 });
    expect(lastError()).toBe(1234);
    load(library(referenceDll('basics.dll'), { add: 'int add(int, int)' }));
    failWith(77);
    expect(load(calls).repeat(65, 2000)?.length).toBe(2000); // reads memory in between
    expect(lastError()).toBe(77);
  });
});

describe('a fault', () => {
  test('names code, module, offset and access', ({ load, agent }) => {
    const { generation } = agent;
    const outcome = load(basics).crash.outcome();
    expect(outcome).toMatchObject({ kind: 'faulted', fault: { ...VIOLATION, access: { kind: 'read', address: 0n } } });
    const fault = outcome.kind === 'faulted' ? outcome.fault : undefined;
    expect(fault?.module?.path).toMatch(/\\basics\.dll$/);
    expect(fault?.module?.offset).toBeGreaterThan(0x1000n);
    expect(fault?.module?.offset).toBeLessThan(0x10000n);
    stillWorks(agent, generation);
  });

  test('of a plain call is an error with the outcome in it', ({ load }) => {
    const { crash } = load(basics);
    const error = (() => {
      try {
        return crash();
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(CallError);
    expect((error as CallError).message).toMatch(
      /basics\.dll!crash_null faulted: STATUS_ACCESS_VIOLATION \(0xC0000005\) reading 0x0 at basics\.dll\+0x[0-9a-f]+ \[CALL_DID_NOT_RETURN\]/,
    );
    expect((error as CallError).outcome.kind).toBe('faulted');
  });

  for (const [what, call, fault] of [
    ['reading', (l) => l.crashRead.outcome(0x10), { ...VIOLATION, access: { kind: 'read', address: 0x10n } }],
    ['writing', (l) => l.crashWrite.outcome(0x20), { ...VIOLATION, access: { kind: 'write', address: 0x20n } }],
    ['executing', (l) => l.crashExecute.outcome(0x30), { ...VIOLATION, access: { kind: 'execute', address: 0x30n }, module: null, tainted: ['no-module'] }],
    ['dividing by zero', (l) => l.divideInts.outcome(1, 0), { code: 0xc0000094, name: 'STATUS_INTEGER_DIVIDE_BY_ZERO', access: null }],
    ['an illegal instruction', (l) => l.illegalInstruction.outcome(), { code: 0xc000001d }],
    ['a breakpoint', (l) => l.breakpoint.outcome(), { code: 0x80000003 }],
    ['an exception of its own', (l) => l.raiseCode.outcome(0xe0001234), { code: 0xe0001234, name: null, access: null }],
    ['a stack overflow', (l) => l.overflowStack.outcome(0), { code: 0xc00000fd, name: 'STATUS_STACK_OVERFLOW', tainted: ['stack-overflow'] }],
  ] as const satisfies [string, (l: ReturnType<typeof faulty>) => unknown, object][]) {
    test(`by ${what} is told`, ({ agent }) => {
      const { generation } = agent;
      expect(call(faulty(agent))).toMatchObject({ kind: 'faulted', fault });
      // After a fault that leaves the process in doubt the next call is made in another.
      stillWorks(agent, generation + ('tainted' in fault ? 1 : 0));
    });
  } // prettier-ignore

  test('can happen a thousand times in one agent', ({ load, agent }) => {
    const { generation } = agent;
    const { crashRead } = load(misbehave);
    for (let i = 0; i < 1000; i++) expect(crashRead.outcome(i).kind).toBe('faulted');
    stillWorks(agent, generation);
  });

  test('by stack overflow can happen again', ({ load, agent }) => {
    const { overflowStack } = load(misbehave);
    const { generation } = agent;
    for (let i = 0; i < 3; i++) expect(overflowStack.outcome(0)).toMatchObject({ fault: { code: 0xc00000fd } });
    stillWorks(agent, generation + 3);
  });

  test('leaves in memory what was written before it', ({ load }) => {
    const numbers = new Int32Array(2);
    expect(load(misbehave).writeThenCrash.outcome(numbers).kind).toBe('faulted');
    expect([...numbers]).toEqual([7, 0]);
  });
});

function faulty(agent: Agent) {
  return agent.load(misbehave);
}

describe('C++ exceptions', () => {
  test('one that the DLL catches itself is no fault', ({ load }) => {
    expect(load(cpp).caught.outcome()).toMatchObject({ kind: 'returned', result: 42 });
  });

  test('one that escapes is a fault with its code, where the compiler throws by the system', ({ load, agent }) => {
    const { generation } = agent;
    if (agent.pointerBytes === 4) {
      // 32-bit g++ walks the stack by itself, finds no handler, and calls abort.
      expect(load(cpp).escapes.outcome()).toMatchObject({ kind: 'exited' });
      return;
    }
    expect(load(cpp).escapes.outcome()).toMatchObject({
      kind: 'faulted',
      fault: { code: 0x20474343, name: 'C++ exception (GCC)', access: null },
    });
    stillWorks(agent, generation);
  });
});

describe('a careless callee', () => {
  test('that changes the rounding mode is reported, and the mode restored', ({ load }) => {
    const { roundUp, quotient } = load(misbehave);
    expect(roundUp.outcome()).toMatchObject({ kind: 'returned', fpuChanged: true });
    expect(quotient.outcome(1, 3)).toMatchObject({ result: 1 / 3, fpuChanged: false });
  });

  test('that changes the x87 precision is reported, and the precision restored', ({ load }) => {
    const { setPrecision24, x87ControlWord } = load(misbehave);
    const before = x87ControlWord();
    expect(setPrecision24.outcome()).toMatchObject({ kind: 'returned', fpuChanged: true });
    expect(x87ControlWord()).toBe(before);
  });

  test('that changes the rounding mode does not change the next case of a batch', ({ load }) => {
    const batch = load(misbehave).roundUp.batch([[], [], []]);
    expect([0, 1, 2].map((i) => batch.outcome(i))).toMatchObject([{ fpuChanged: true }, { fpuChanged: true }, { fpuChanged: true }]); // prettier-ignore
  });

  test('that leaves the direction flag set, or trashes registers, harms nobody', ({ load, agent }) => {
    const { generation } = agent;
    const { setDirectionFlag, trashRegisters } = load(misbehave);
    for (let i = 0; i < 10; i++) {
      expect(setDirectionFlag.outcome().kind).toBe('returned');
      expect(trashRegisters.outcome().kind).toBe('returned');
    }
    expect(load(calls).weighInts(1, 2, 3, 4, 5, 6, 7, 8)).toBe(87654321);
    stillWorks(agent, generation);
  });
});

describe('misuse', () => {
  test('a wrong number of arguments is an error with both numbers', ({ load }) => {
    const { add } = load(basics) as unknown as Record<string, (...args: unknown[]) => unknown>;
    expect(() => add!(1)).toThrow(/add was called with the wrong number of arguments \(wanted 2 arguments, given 1 argument/);
    expect(() => add!(1, 2, 3)).toThrow(/Its prototype names a, b/);
    const { sum } = load(basics) as unknown as Record<string, (...args: unknown[]) => unknown>;
    expect(() => sum!()).toThrow(/at least 1 argument, given 0 arguments/);
  }); // prettier-ignore

  test('an argument of the wrong type is an error that names it', ({ load }) => {
    const { add, double, length, int64 } = load(basics) as unknown as Record<string, (...args: unknown[]) => unknown>;
    expect(() => add!('1', 2)).toThrow(/"a" of add is of type int and needs a number, not the string "1"/);
    expect(() => double!(1n)).toThrow(/"value" of echo_double is of type double and needs a number, not the bigint 1/);
    expect(() => length!(5)).toThrow(/"text" of length is of type const char \* and cannot take 5/);
    expect(() => int64!('5')).toThrow('ARGUMENT_TYPE');
    expect(() => load(calls).bool(1 as never)).toThrow(/needs true or false, not 1/);
  });

  test('an argument out of range is an error with the bounds', ({ load }) => {
    const { int8, uint32, int64 } = load(basics);
    expect(() => int8(256)).toThrow(/a whole number from -128 to 255, not 256.*ARGUMENT_RANGE/);
    expect(() => uint32(2 ** 32)).toThrow('ARGUMENT_RANGE');
    expect(() => uint32(0.5)).toThrow('ARGUMENT_RANGE');
    expect(() => int64(2 ** 53)).toThrow(/a safe integer, or a bigint/);
    expect(() => int64(2n ** 64n)).toThrow('ARGUMENT_RANGE');
  });

  test('a wrong call costs nothing: the next one works', ({ load, agent }) => {
    const { generation } = agent;
    for (let i = 0; i < 1000; i++) expect(() => load(basics).add('x' as never, 1)).toThrow('ARGUMENT_TYPE');
    stillWorks(agent, generation);
  });

  test('a function that the DLL does not export cannot be called, and says from which file', ({ load }) => {
    const lacking = load(library(referenceDll('basics.dll'), { gone: 'int not_there(void)', add: 'int add(int a, int b)' })); // prettier-ignore
    expect(lacking.gone.outcome()).toMatchObject({ kind: 'not-callable', reason: expect.stringMatching(/basics\.dll does not export not_there \(loaded from .*basics\.dll\)/) }); // prettier-ignore
    expect(() => lacking.gone()).toThrow('EXPORT_NOT_FOUND');
    expect(lacking.gone.batch([[], []]).outcome(1).kind).toBe('not-callable');
    expect(lacking.add(1, 1)).toBe(2);
  });

  test('arguments that do not fit in the shared memory are an error with the figures', ({ load }) => {
    expect(() => load(calls).sumBytes(new Uint8Array(80 * 2 ** 20), 1)).toThrow(/needed 83,886,080 bytes, free [\d,]+ bytes.*CALL_OUT_OF_MEMORY/); // prettier-ignore
    expect(load(calls).sumBytes(new Uint8Array([1, 2]), 2)).toBe(3);
  });
});
