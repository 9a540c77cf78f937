// Faults from which the dispatcher finds no way back to the call, as whoever writes plans and frames sees them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT, FAULT_RING, HEADER } from '../../../../protocol/wire/layout.ts';
import { FAULT_TAINT, FRAME_STATUS } from '../../../../protocol/wire/messages.ts';
import { type Argument, SessionRig } from './session-rig.ts';

let rig: SessionRig;
beforeAll(() => {
  rig = new SessionRig();
});
afterAll(() => rig.close());

const ACCESS_VIOLATION = 0xc0000005;
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function fault(number: number): { code: number; taint: number } {
  const at = FAULT_RING + ((number - 1) % FAULT.COUNT) * FAULT.BYTES;
  const { view } = rig.session;
  return { code: view.getUint32(at + FAULT.CODE, true), taint: view.getInt32(at + FAULT.TAINTED, true) };
}

const guard = (name: string): bigint => rig.address('guard', name);

function addsStill(): void {
  expect(rig.call(rig.address('basics', 'add'), [20, 22])).toMatchObject({ int: 42, fpuChanged: false });
}

const BROKEN: readonly (readonly [string, readonly Argument[]])[] = [
  ['trash_registers_and_fault', []],
  ['jump_into_data', []],
  ['jump_to', [0x123456n]],
  ['smash_stack', [64]],
  ['smash_stack', [1000]],
  ['smash_stack', [2000]],
  ['fault_on_other_stack', []],
  ['fault_below_the_break', []],
  ['crash_in_handler', []],
];

describe('a fault', () => {
  it('whose stack nobody can walk ends at the guard, again and again', () => {
    for (const [name, args] of BROKEN) {
      for (let i = 0; i < 20; i++) {
        const called = rig.call(guard(name), args);
        expect([called.status, fault(called.fault).code], name).toEqual([FRAME_STATUS.FAULTED, ACCESS_VIOLATION]);
        addsStill();
      }
    }
  });

  it('says that nothing was unwound, and where the stack could be walked that nothing is wrong', () => {
    const { taint } = fault(rig.call(guard('trash_registers_and_fault')).fault);
    expect(taint).toBe(FAULT_TAINT.HARD);
    expect(fault(rig.call(rig.address('misbehave', 'crash_read'), [{ int64: 16n }]).fault).taint).toBe(0);
    expect(fault(rig.call(guard('jump_to'), [0x123456n]).fault).taint & FAULT_TAINT.UNLOADED).not.toBe(0);
    expect(fault(rig.call(guard('overflow_then_overflow'), [0]).fault).taint & FAULT_TAINT.STACK_OVERFLOW).not.toBe(0);
    const write = rig.address('ntdll.dll', 'RtlFillMemory');
    expect(fault(rig.call(write, [16n, 8n, 1]).fault).taint & FAULT_TAINT.HEAP).not.toBe(0);
  });

  it('in a call of a callback, on a thread of the pool, ends at the guard of that call', async () => {
    const inner: number[] = [];
    rig.onCallback = ({ int }) => {
      for (const [name, args] of BROKEN) inner.push(rig.call(guard(name), args).status);
      return int(0);
    };
    expect(rig.call(rig.address('basics', 'call_back'), [rig.stub(0), 3])).toMatchObject({ int: 3 });
    expect(inner).toEqual(Array(3 * BROKEN.length).fill(FRAME_STATUS.FAULTED));
    for (const [name, args] of BROKEN) {
      const frame = rig.start(guard(name), args);
      for (let i = 0; i < 400 && rig.read(frame).status < FRAME_STATUS.RETURNED; i++) await sleep(5);
      expect(rig.read(frame).status, name).toBe(FRAME_STATUS.FAULTED);
    }
    addsStill();
  });

  it('may be noncontinuable, or a frame of 64 MiB, on every thread', async () => {
    const { status, fault: number } = rig.call(guard('raise_noncontinuable'), [0xc0001234 | 0]);
    expect([status, fault(number).code]).toEqual([FRAME_STATUS.FAULTED, 0xc0001234]);
    for (let i = 0; i < 3; i++) {
      expect(fault(rig.call(guard('large_frame'), [64 << 20]).fault).code).toBe(0xc00000fd);
      const frame = rig.start(guard('large_frame'), [64 << 20]);
      for (let n = 0; n < 400 && rig.read(frame).status < FRAME_STATUS.RETURNED; n++) await sleep(5);
      expect(fault(rig.read(frame).fault).code).toBe(0xc00000fd);
    }
    addsStill();
  });
});

describe('an exception that somebody handles', () => {
  it('is no fault where the way to the guard is broken further out', () => {
    expect(rig.call(guard('handle_below_the_break'))).toMatchObject({ status: FRAME_STATUS.RETURNED, int: 42 });
    expect(rig.call(guard('mended_by_last_handler'))).toMatchObject({ status: FRAME_STATUS.RETURNED, int: 42 });
    expect(rig.call(guard('touch_guarded_page'))).toMatchObject({ status: FRAME_STATUS.RETURNED, int: 1 });
    expect(rig.call(guard('touch_guarded_page_unseen')).status).toBe(FRAME_STATUS.FAULTED);
  });
});

describe('a callee', () => {
  it('may return with every register lost but the stack pointer', () => {
    for (let i = 0; i < 100; i++) {
      expect(rig.call(guard('trash_registers_and_return')).status).toBe(FRAME_STATUS.RETURNED);
      addsStill();
    }
  });

  it('does not leave the direction flag, or the check of alignment, to the next', () => {
    for (const flag of [0x400n, 0x40000n, 0x40400n]) {
      expect(rig.call(guard('set_flags'), [flag]).status).toBe(FRAME_STATUS.RETURNED);
      expect(rig.call(guard('flags_at_entry')).int & 0x40500).toBe(0);
    }
    expect(fault(rig.call(guard('set_flags'), [0x100n]).fault).code).toBe(0x80000004);
    addsStill();
  });
});

describe('a thread of the DLL that is ended while it waits to call back', () => {
  it('is not waited for', async () => {
    let calls = 0;
    rig.onCallback = ({ int }) => (calls++, int(0));
    rig.call(guard('start_caller_that_is_ended'), [rig.stub(0)]);
    await sleep(600); // No call is in flight, so that its callback waits.
    expect(rig.word(HEADER.WAITING_CALLBACKS)).toBe(1);
    const start = performance.now();
    expect(rig.call(guard('caller_has_ended')).int).toBe(1);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(rig.word(HEADER.WAITING_CALLBACKS)).toBe(0);
    expect(rig.call(rig.address('basics', 'call_back'), [rig.stub(0), 2]).status).toBe(FRAME_STATUS.RETURNED);
    expect(calls).toBe(2);
  });
});
