// Callbacks as the wire carries them: on the calling thread and on others, nested, in each convention.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALLBACK, HEADER } from '../../../../protocol/wire/layout.ts';
import { FRAME_STATUS } from '../../../../protocol/wire/messages.ts';
import { readMemory } from '../../../calls/session/read-memory.ts';
import { type Called, SessionRig } from './session-rig.ts';

let rig: SessionRig;
beforeAll(() => {
  rig = new SessionRig();
});
afterAll(() => rig.close());

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits without a call in flight. */
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !condition(); i++) await sleep(10);
  expect(condition()).toBe(true);
}

describe('a callback', () => {
  it('returns as its stub says: in st(0), and with arguments taken off the stack', () => {
    rig.onCallback = ({ frame }) => {
      const at = frame + (rig.isIa32 ? CALLBACK.STACK : CALLBACK.FLOATS);
      return 2 * rig.session.view.getFloat64(at, true);
    };
    const double = rig.call(rig.address('calls', 'call_double'), [rig.stub(0, { floating: true }), { double: 1.25 }], {
      floating: true,
    });
    expect(double).toMatchObject({ double: 2.5, fpuChanged: false });
    for (const [name, pop, registers] of [
      ['call_cdecl', 0, 0],
      ['call_stdcall', 12, 0],
      ['call_fastcall', 4, 2],
      ['call_thiscall', 8, 1],
    ] as const) {
      rig.onCallback = ({ frame, int }) => {
        const inRegister = rig.session.view.getInt32(frame + CALLBACK.INTEGERS, true);
        return registers > 0 && rig.isIa32 ? inRegister : int(0);
      };
      const stub = rig.stub(0, { pop });
      expect(rig.call(rig.address('callbacks', name), [stub, 7]), name).toMatchObject({ int: 7000 });
    }
  });

  it('says where its stack arguments begin, for what lies beyond the copy', () => {
    let texts: (string | undefined)[] = [];
    rig.onCallback = ({ frame }) => {
      const { view, bytes } = rig.session;
      const address = view.getBigUint64(frame + CALLBACK.STACK_ADDRESS, true);
      const copy = bytes.slice(frame + CALLBACK.STACK, frame + CALLBACK.STACK + CALLBACK.STACK_BYTES);
      texts = [copy, readMemory(rig.session, address, CALLBACK.STACK_BYTES)].map(
        (each) => each && Buffer.from(each).toString('hex'),
      );
      return 0;
    };
    rig.call(rig.address('callbacks', 'call_12'), [rig.stub(0, { floating: true })], { floating: true });
    expect(texts[0]).toHaveLength(2 * CALLBACK.STACK_BYTES);
    expect(texts[1]).toBe(texts[0]);
  });

  it('leaves the last error of the DLL alone', () => {
    rig.onCallback = () => {
      readMemory(rig.session, 16n, 4);
      return 1;
    };
    rig.call(rig.address('calls', 'fail_with'), [1234]);
    const { lastError } = rig.call(rig.address('basics', 'call_back'), [rig.stub(0), 3]);
    expect(lastError).toBe(1234);
    readMemory(rig.session, 16n, 4);
    expect(rig.call(rig.address('calls', 'last_error')).int).toBe(1234);
  });

  it('nested too deeply is answered with 0, and counted', () => {
    const nested = rig.address('basics', 'nested');
    const stub = rig.stub(0);
    let calls = 0;
    rig.onCallback = ({ int }) => {
      calls++;
      return rig.call(nested, [int(0), stub]).int;
    };
    const before = rig.word(HEADER.REFUSED_CALLBACKS);
    expect(rig.call(nested, [CALLBACK.DEPTH + 10, stub]).int).toBe(CALLBACK.DEPTH + 1);
    expect([calls, rig.word(HEADER.REFUSED_CALLBACKS) - before]).toEqual([CALLBACK.DEPTH, 1]);
    expect(rig.call(nested, [3, stub]).int).toBe(3);
  });
});

describe('a callback from another thread of the DLL', () => {
  it('reaches the host during a call, and says which thread it is', () => {
    const seen: Called[] = [];
    rig.onCallback = (called) => {
      seen.push(called);
      return 2 * called.int(0);
    };
    const before = rig.word(HEADER.FOREIGN_CALLBACKS);
    expect(rig.call(rig.address('threads', 'call_from_new_threads'), [rig.stub(0), 8]).int).toBe(56);
    expect(seen.map(({ foreign }) => foreign)).toEqual(Array(8).fill(true));
    expect(rig.word(HEADER.FOREIGN_CALLBACKS) - before).toBe(8);
    rig.onCallback = ({ thread, int }) => {
      expect(thread).toBe(int(0));
      return 0;
    };
    rig.call(rig.address('threads', 'thread_of_callback'), [rig.stub(0)]);
  });

  it('does not get lost when many come at once, and the calling thread calls back too', () => {
    rig.onCallback = ({ int }) => int(0) % 1000;
    const atOnce = rig.address('threads', 'call_from_threads_at_once');
    const rounds = 50;
    for (let i = 0; i < 20; i++) {
      expect(rig.call(atOnce, [rig.stub(0), 16, rounds]).int).toBe((16 * rounds * (rounds - 1)) / 2);
    }
    const both = rig.call(rig.address('threads', 'call_from_both'), [rig.stub(0), 1000]);
    expect(both.int).toBe(1000 * 999);
  });

  it('may call, and be called back again: calls nest across threads', () => {
    const stub = rig.stub(0);
    const inner = rig.stub(1);
    const fromThread = rig.address('threads', 'call_from_thread');
    const current = rig.address('threads', 'current_thread');
    let depth = 0;
    rig.onCallback = ({ stub: number, thread, int }) => {
      expect(rig.call(current).int >>> 0).toBe(thread);
      if (number === 1 || depth === 10) return int(0);
      depth++;
      const result = rig.call(fromThread, [depth % 2 === 0 ? stub : inner, int(0), 2]).int;
      depth--;
      return result;
    };
    expect(rig.call(rig.address('threads', 'call_from_threads_at_once'), [stub, 4, 10]).status).toBe(
      FRAME_STATUS.RETURNED,
    );
  });

  it('recovers from faults and stack overflows of the calls it makes', () => {
    const statuses: number[] = [];
    rig.onCallback = ({ int }) => {
      statuses.push(rig.call(rig.address('basics', 'crash_null')).status);
      statuses.push(rig.call(rig.address('misbehave', 'overflow_stack'), [0]).status);
      return int(0);
    };
    expect(rig.call(rig.address('threads', 'call_from_thread'), [rig.stub(0), 5, 3]).int).toBe(18);
    expect(statuses).toEqual(Array(6).fill(FRAME_STATUS.FAULTED));
  });

  it('waits while no call is in flight, and comes in the next one', async () => {
    rig.onCallback = () => 7;
    rig.call(rig.address('threads', 'start_later'), [rig.stub(0), 1, 1]);
    await until(() => rig.word(HEADER.WAITING_CALLBACKS) === 1);
    let calls = 0;
    rig.onCallback = () => {
      calls++;
      return 7;
    };
    expect(rig.call(rig.address('basics', 'add'), [1, 2]).int).toBe(3);
    expect([calls, rig.word(HEADER.WAITING_CALLBACKS)]).toEqual([1, 0]);
    expect(rig.call(rig.address('threads', 'end_later')).int).toBe(7);
  });

  it('comes in pump(), which waits for it for a while', async () => {
    let calls = 0;
    rig.onCallback = () => ++calls;
    rig.call(rig.address('threads', 'start_later'), [rig.stub(0), 3, 100]);
    expect(rig.pump(0)).toBe(0);
    expect(rig.pump(2000)).toBe(1);
    await until(() => rig.word(HEADER.WAITING_CALLBACKS) === 1);
    expect(rig.pump(2000)).toBe(1);
    expect(rig.pump(2000)).toBe(1);
    expect(calls).toBe(3);
    const start = performance.now();
    expect(rig.pump(100)).toBe(0);
    expect(performance.now() - start).toBeGreaterThan(90);
    expect(rig.call(rig.address('threads', 'end_later')).int).toBe(6);
  });
});
