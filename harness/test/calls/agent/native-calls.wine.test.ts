// What the agent's native side promises to whoever writes plans and frames, on each architecture.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT, FAULT_RING } from '../../../../protocol/wire/layout.ts';
import { FRAME_STATUS } from '../../../../protocol/wire/messages.ts';
import { readMemory } from '../../../calls/session/read-memory.ts';
import { writeMemory } from '../../../calls/session/write-memory.ts';
import { SessionRig } from './session-rig.ts';

let rig: SessionRig;
beforeAll(() => {
  rig = new SessionRig();
});
afterAll(() => rig.close());

const ACCESS_VIOLATION = 0xc0000005;
const STACK_OVERFLOW = 0xc00000fd;

function faultCode(number: number): number {
  return rig.session.view.getUint32(FAULT_RING + ((number - 1) % FAULT.COUNT) * FAULT.BYTES + FAULT.CODE, true);
}

/** gcc's names of functions of 32-bit conventions. */
function decorated(name: string, bytes: number): string {
  if (!rig.isIa32) return name;
  return name.startsWith('stdcall') ? `${name}@${bytes.toString()}` : `@${name}@${bytes.toString()}`;
}

describe('a call', () => {
  it('returns integers of 32 and 64 bits, and floating-point numbers', () => {
    expect(rig.call(rig.address('basics', 'add'), [20, 22])).toMatchObject({ int: 42, popped: 0, fpuChanged: false });
    const wide = { int64: -0x123456789abcdefn };
    expect(rig.call(rig.address('basics', 'echo_int64'), [wide]).int64).toBe(wide.int64);
    const add = rig.address('basics', 'add_double');
    expect(rig.call(add, [{ double: 0.1 }, { double: 0.2 }], { floating: true })).toMatchObject({
      double: 0.1 + 0.2,
      fpuChanged: false,
    });
  });

  it('takes arguments in each convention, and says how many bytes the callee took off the stack', () => {
    const args = [1, 2, 3, 4, 5];
    for (const [name, registers, popped] of [
      ['cdecl_ints', 0, 0],
      [decorated('stdcall_ints', 20), 0, 20],
      [decorated('fastcall_ints', 20), 2, 12],
    ] as const) {
      const address = rig.address('conventions', name);
      expect(rig.call(address, args, { registers }), name).toMatchObject({
        int: 54321,
        popped: rig.isIa32 ? popped : 0,
      });
    }
    expect(rig.call(rig.address('conventions', 'pops_8')).popped).toBe(rig.isIa32 ? 8 : 0);
    for (let i = 0; i < 1000; i++) rig.call(rig.address('conventions', 'pops_8'), [1]);
    expect(rig.call(rig.address('conventions', 'stack_at_entry')).int).toBe(0);
  });

  it('takes as many slots as 300 KiB of arguments are, through the guard page of the stack', () => {
    const count = 75_000;
    const args = Array.from({ length: count }, (_, i) => i & 0xff);
    const sum = args.reduce((a, b) => a + b, 0);
    for (let i = 0; i < 3; i++) {
      expect(rig.call(rig.address('basics', 'sum_variadic'), [count, ...args]).int).toBe(sum);
    }
  });

  it('survives what the callee does to registers, direction flag and floating-point state', () => {
    const changes = ['trash_registers', 'set_direction_flag'] as const;
    for (const name of changes) {
      expect(rig.call(rig.address('misbehave', name)), name).toMatchObject({
        status: FRAME_STATUS.RETURNED,
        fpuChanged: false,
      });
    }
    for (const name of ['round_up', 'set_precision_24']) {
      expect(rig.call(rig.address('misbehave', name)), name).toMatchObject({ fpuChanged: true });
    }
    const { int: word } = rig.call(rig.address('misbehave', 'x87_control_word'));
    expect(word & 0x300).not.toBe(0);
    expect(rig.call(rig.address('basics', 'add'), [20, 22])).toMatchObject({ int: 42, fpuChanged: false });
  });

  it('says that values were left on the x87 stack, or that one is missing there', () => {
    const add = rig.address('basics', 'add_double');
    // More often than that stack has places.
    for (let i = 0; i < 10; i++) {
      expect(rig.call(add, [{ double: 1 }, { double: 2 }])).toMatchObject({ fpuChanged: rig.isIa32 });
      const missing = rig.call(rig.address('basics', 'add'), [1, 2], { floating: true });
      expect(missing).toMatchObject({ int: 3, fpuChanged: rig.isIa32 });
    }
    const sum = rig.call(add, [{ double: 1 }, { double: 2 }], { floating: true });
    expect(sum).toMatchObject({ double: 3, fpuChanged: false });
  });
});

describe('a 32-bit callee that breaks', () => {
  /** Address of machine code. */
  function code(...bytes: number[]): bigint {
    const allocate = rig.address('kernel32.dll', 'VirtualAlloc');
    const address = BigInt(rig.call(allocate, [0, 4096, 0x3000, 0x40]).int >>> 0);
    expect(writeMemory(rig.session, address, Uint8Array.from(bytes))).toBe(true);
    return address;
  }

  it('ebp, or the chain of exception handlers, or the depth of the stack, does no harm', ({ skip }) => {
    if (!rig.isIa32) skip();
    const crash = rig.address('basics', 'crash_null');
    for (const [what, address] of [
      ['xor ebp, ebp', code(0x31, 0xed, 0xc3)],
      ['mov ebp, 16', code(0xbd, 0x10, 0, 0, 0, 0xc3)],
      ['mov ebp, esp', code(0x89, 0xe5, 0xc3)],
      ['mov fs:[0], -1', code(0x64, 0xc7, 0x05, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xc3)],
      ['mov fs:[0], esp', code(0x64, 0x89, 0x25, 0, 0, 0, 0, 0xc3)],
      ['pop ecx; sub esp, 64; jmp ecx', code(0x59, 0x83, 0xec, 0x40, 0xff, 0xe1)],
      ['pop ecx; add esp, 64; jmp ecx', code(0x59, 0x83, 0xc4, 0x40, 0xff, 0xe1)],
    ] as const) {
      for (let i = 0; i < 3; i++) {
        expect(rig.call(address, [1, 2]).status, what).toBe(FRAME_STATUS.RETURNED);
        expect(rig.call(crash).status, what).toBe(FRAME_STATUS.FAULTED);
      }
    }
  });

  it('the x87 stack by MMX registers, or by eight values, does no harm', ({ skip }) => {
    if (!rig.isIa32) skip();
    const add = rig.address('basics', 'add_double');
    for (const address of [
      code(0x0f, 0xef, 0xc0, 0xc3), // pxor mm0, mm0
      code(...Array.from({ length: 8 }, () => [0xd9, 0xe8]).flat(), 0xc3), // fld1, eight times
      code(0xd9, 0xf7, 0xc3), // fincstp
    ]) {
      expect(rig.call(address)).toMatchObject({ status: FRAME_STATUS.RETURNED, fpuChanged: true });
      const sum = rig.call(add, [{ double: 1 }, { double: 2 }], { floating: true });
      expect(sum).toMatchObject({ double: 3, fpuChanged: false });
    }
  });

  it('the masks of floating-point exceptions does not blame the next function', ({ skip }) => {
    if (!rig.isIa32) skip();
    // fldz; fld1; push 0x0340 (all exceptions unmasked); fldcw [esp]; fdiv st, st(1); pop ecx; ret
    const address = code(0xd9, 0xee, 0xd9, 0xe8, 0x68, 0x40, 0x03, 0, 0, 0xd9, 0x2c, 0x24, 0xd8, 0xf1, 0x59, 0xc3);
    for (const floating of [false, true]) {
      expect(rig.call(address, [], { floating })).toMatchObject({ status: FRAME_STATUS.RETURNED, fpuChanged: true });
      const add = rig.call(rig.address('basics', 'add_double'), [{ double: 1 }, { double: 2 }], { floating: true });
      expect(add).toMatchObject({ double: 3, fpuChanged: false });
    }
  });
});

describe('a fault', () => {
  it('is recorded, and the next call works', () => {
    for (const [name, code] of [
      ['crash_read', ACCESS_VIOLATION],
      ['crash_write', ACCESS_VIOLATION],
      ['crash_execute', ACCESS_VIOLATION],
      ['illegal_instruction', 0xc000001d],
      ['breakpoint', 0x80000003],
    ] as const) {
      const { status, fault } = rig.call(rig.address('misbehave', name), [{ int64: 16n }]);
      expect([status, faultCode(fault)], name).toEqual([FRAME_STATUS.FAULTED, code]);
      expect(rig.call(rig.address('basics', 'add'), [20, 22]).int).toBe(42);
    }
    const { fault } = rig.call(rig.address('misbehave', 'raise_code'), [0x20474343]);
    expect(faultCode(fault)).toBe(0x20474343);
    expect(faultCode(rig.call(rig.address('misbehave', 'divide_ints'), [1, 0]).fault)).toBe(0xc0000094);
  });

  it('may be a stack overflow, again and again', () => {
    for (let i = 0; i < 5; i++) {
      const { status, fault } = rig.call(rig.address('misbehave', 'overflow_stack'), [0]);
      expect([status, faultCode(fault)]).toEqual([FRAME_STATUS.FAULTED, STACK_OVERFLOW]);
    }
    expect(rig.call(rig.address('basics', 'add'), [20, 22]).int).toBe(42);
  });

  it('may come hundreds of times: the ring of records starts again', () => {
    const maybe = rig.address('misbehave', 'maybe');
    for (let i = 0; i < 200; i++) {
      const { status, fault } = rig.call(maybe, [21, 1]);
      expect([status, faultCode(fault)]).toEqual([FRAME_STATUS.FAULTED, ACCESS_VIOLATION]);
    }
    expect(rig.call(maybe, [21, 0]).int).toBe(42);
  });

  it('that somebody below handles is none', () => {
    const isBad = rig.address('kernel32.dll', 'IsBadReadPtr');
    for (let i = 0; i < 3; i++)
      expect(rig.call(isBad, [16n, 4n])).toMatchObject({ int: 1, status: FRAME_STATUS.RETURNED });
  });

  it('in a call of a callback ends that call alone', () => {
    const crash = rig.address('basics', 'crash_null');
    const statuses: number[] = [];
    rig.onCallback = ({ int }) => {
      statuses.push(rig.call(crash).status);
      return int(0);
    };
    expect(rig.call(rig.address('basics', 'call_back'), [rig.stub(0), 5])).toMatchObject({
      int: 10,
      status: FRAME_STATUS.RETURNED,
    });
    expect(statuses).toEqual(Array(5).fill(FRAME_STATUS.FAULTED));
  });
});

describe('memory', () => {
  it('is read and written where it can be', () => {
    const text = rig.call(rig.address('basics', 'greeting')).int64;
    const address = BigInt.asUintN(rig.session.pointerBytes * 8, text);
    expect(Buffer.from(readMemory(rig.session, address, 5) ?? []).toString()).toBe('hello');
    expect(readMemory(rig.session, 16n, 4)).toBeUndefined();
    expect(writeMemory(rig.session, 16n, new Uint8Array(4))).toBe(false);
    const counter = BigInt.asUintN(rig.session.pointerBytes * 8, rig.call(rig.address('basics', 'own_errno')).int64);
    expect(writeMemory(rig.session, counter, Uint8Array.of(1, 2, 0, 0))).toBe(true);
    expect(rig.call(rig.address('basics', 'set_errno_like'), [0]).int).toBe(0x201);
    const at = rig.session.persistent.allocate(8);
    expect(writeMemory(rig.session, BigInt(rig.session.base + at), Uint8Array.of(7))).toBe(true);
    expect(rig.session.bytes[at]).toBe(7);
    rig.session.persistent.free(at);
  });
});
