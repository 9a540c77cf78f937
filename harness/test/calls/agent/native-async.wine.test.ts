// Frames that run on the agent's pool while the host goes on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT, FAULT_RING, HEADER } from '../../../../protocol/wire/layout.ts';
import { FRAME_STATUS } from '../../../../protocol/wire/messages.ts';
import { type Returned, SessionRig } from './session-rig.ts';

let rig: SessionRig;
beforeAll(() => {
  rig = new SessionRig();
});
afterAll(() => rig.close());

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function finished(frames: readonly number[], meanwhile = (): void => undefined): Promise<Returned[]> {
  const done = (frame: number): boolean => rig.read(frame).status >= FRAME_STATUS.RETURNED;
  for (let i = 0; i < 2000 && !frames.every(done); i++) {
    await sleep(5);
    meanwhile();
  }
  return frames.map((frame) => rig.read(frame));
}

describe('an asynchronous call', () => {
  it('runs while others do, the calling thread among them, and is counted when it is done', async () => {
    const before = rig.word(HEADER.ASYNC_DONE);
    const slow = rig.address('threads', 'slow');
    const frames = Array.from({ length: 10 }, (_, i) => rig.start(slow, [i, 300]));
    expect(rig.call(rig.address('basics', 'add'), [20, 22]).int).toBe(42);
    expect(frames.map((frame) => rig.read(frame).status)).not.toContain(FRAME_STATUS.RETURNED);
    expect((await finished(frames)).map(({ int }) => int)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(rig.call(rig.address('threads', 'most_at_once')).int).toBe(10);
    expect(rig.word(HEADER.ASYNC_DONE) - before).toBe(10);
  });

  it('waits for a thread when 64 are busy', async () => {
    const slow = rig.address('threads', 'slow');
    const frames = Array.from({ length: 150 }, (_, i) => rig.start(slow, [i, 100]));
    expect((await finished(frames)).map(({ int }) => int)).toEqual(Array.from({ length: 150 }, (_, i) => i));
    const most = rig.call(rig.address('threads', 'most_at_once')).int;
    expect(most).toBeGreaterThan(10);
    expect(most).toBeLessThanOrEqual(64);
  });

  it('has last error and errno of its own', async () => {
    const slowError = rig.address('threads', 'slow_error');
    const errno = { function: rig.address('threads', 'error_number') };
    rig.call(rig.address('calls', 'fail_with'), [99]);
    const frames = [1, 2, 3].map((i) => rig.start(slowError, [100 + i, i, 100], { errno: { ...errno, value: 50 } }));
    const own = rig.start(rig.address('calls', 'last_error'), [], { errno: { ...errno, value: 33 } });
    expect(rig.call(rig.address('calls', 'last_error')).int).toBe(99);
    expect(await finished(frames)).toMatchObject([1, 2, 3].map((i) => ({ int: 1, lastError: 100 + i, errno: i })));
    expect(await finished([own])).toMatchObject([{ int: 0, errno: 33 }]);
  });

  it('may fault and overflow its stack, each with a record of its own', async () => {
    const crash = rig.address('misbehave', 'crash_read');
    const overflow = rig.address('misbehave', 'overflow_stack');
    for (let round = 0; round < 3; round++) {
      const frames = Array.from({ length: 12 }, (_, i) =>
        i % 3 === 0 ? rig.start(overflow, [0]) : rig.start(crash, [{ int64: BigInt(16 * i) }]),
      );
      const results = await finished(frames);
      expect(new Set(results.map(({ fault }) => fault)).size).toBe(12);
      for (const [i, { status, fault }] of results.entries()) {
        expect(status).toBe(FRAME_STATUS.FAULTED);
        const at = FAULT_RING + ((fault - 1) % FAULT.COUNT) * FAULT.BYTES;
        const { view } = rig.session;
        expect(view.getUint32(at + FAULT.CODE, true)).toBe(i % 3 === 0 ? 0xc00000fd : 0xc0000005);
        if (i % 3 !== 0) expect(view.getBigUint64(at + FAULT.PARAMETER_1, true)).toBe(BigInt(16 * i));
      }
    }
    expect(rig.call(rig.address('basics', 'add'), [20, 22]).int).toBe(42);
  });

  it('may call back: its callback waits for a call of the host', async () => {
    rig.onCallback = ({ int }) => int(0) + 1;
    const frames = [3, 4, 5].map((n) => rig.start(rig.address('basics', 'call_back'), [rig.stub(0), n]));
    const results = await finished(frames, () => {
      while (rig.word(HEADER.WAITING_CALLBACKS) > 0) rig.pump(0);
    });
    expect(results.map(({ int }) => int)).toEqual([6, 10, 15]);
  });
});
