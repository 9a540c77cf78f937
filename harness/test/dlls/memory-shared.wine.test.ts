// Memory that host and DLL share: kept across calls, written later, and guarded.
import { describe, expect, test } from 'dllparity';
import { memory } from './memory.ts';

const squares = (n: number): number[] => Array.from({ length: n }, (_, i) => i * i);

describe('shared buffers', () => {
  test('are written by the DLL in place, without a copy', ({ load, agent }) => {
    const buffer = agent.buffer(64);
    load(memory).fillPlain(buffer.bytes, 4);
    expect([...new Int32Array(buffer.bytes.buffer, buffer.bytes.byteOffset, 4)]).toEqual(squares(4));
    load(memory).fillPlain(buffer.pointer, 3);
    load(memory).fillPlain(buffer.bytes.subarray(32), 2);
    expect(buffer.pointer.array('int', 10)).toEqual([0, 1, 4, 9, 0, 0, 0, 0, 0, 1]);
    buffer.release();
  });

  test('keep their place from one call to the next', ({ load, agent }) => {
    const { keepBuffer, append } = load(memory);
    const buffer = agent.buffer(32);
    keepBuffer(buffer.pointer, 32);
    expect([append('one'), append(', two')]).toEqual([1, 1]);
    expect(buffer.pointer.text()).toBe('one, two');
    buffer.bytes[0] = 'O'.charCodeAt(0);
    append('!');
    expect(Buffer.from(buffer.bytes).toString('latin1', 0, 9)).toBe('One, two!');
    keepBuffer(null, 0);
    expect(append('x')).toBe(0);
    buffer.release();
  });

  test('show what a thread of the DLL writes after the call has returned', async ({ load, agent }) => {
    const { writeLater, waitForWriter } = load(memory);
    const buffer = agent.buffer(4096);
    expect(writeLater(buffer.pointer, 4096, 0xab, 50)).toBe(1);
    expect(buffer.bytes[0]).toBe(0);
    waitForWriter();
    expect(buffer.bytes.every((byte) => byte === 0xab)).toBe(true);
    // Without asking the agent: the memory is the same.
    expect(writeLater(buffer.pointer, 4096, 0xcd, 20)).toBe(1);
    const deadline = Date.now() + 5000;
    while (buffer.bytes[4095] !== 0xcd && Date.now() < deadline) await new Promise((done) => setTimeout(done, 5));
    expect(buffer.bytes[4095]).toBe(0xcd);
    waitForWriter();
    buffer.release();
  });

  test('of eight megabytes are as good', ({ load, agent }) => {
    const buffer = agent.buffer(8 << 20);
    buffer.bytes.fill(1);
    const { checksum, overrun } = load(memory);
    const before = checksum(buffer.pointer, buffer.bytes.length);
    overrun(buffer.pointer, buffer.bytes.length, 0);
    expect(checksum(buffer.pointer, buffer.bytes.length)).not.toBe(before);
    expect(buffer.bytes.at(-1)).toBe(0xee);
    buffer.release();
  });

  test('that were released are refused', ({ load, agent }) => {
    const buffer = agent.buffer(16);
    buffer.release();
    expect(() => load(memory).fillPlain(buffer.pointer, 1)).toThrow();
  });
});

describe('guarded buffers', () => {
  test('fault at the first byte beyond their end', ({ load, agent }) => {
    const { overrun } = load(memory);
    for (const size of [1, 10, 4096, 5000]) {
      const buffer = agent.buffer(size, { guarded: true });
      expect(overrun.outcome(buffer.pointer, size, 0).kind).toBe('returned');
      expect(buffer.check()).toEqual([]);
      expect(overrun.outcome(buffer.pointer, size, 3)).toMatchObject({
        kind: 'faulted',
        fault: { access: { kind: 'write' }, overrun: 0 },
      });
      expect([...buffer.bytes]).toEqual(new Array<number>(size).fill(0xee));
      buffer.release();
    }
  });

  test('fault as well when their bytes are passed', ({ load, agent }) => {
    const buffer = agent.buffer(10, { guarded: true });
    expect(load(memory).overrun.outcome(buffer.bytes, 10, 1)).toMatchObject({ kind: 'faulted', fault: { overrun: 0 } });
    buffer.release();
  });

  test('find a write before their start', ({ load, agent }) => {
    const buffer = agent.buffer(10, { guarded: true });
    load(memory).underrun(buffer.pointer, 3);
    expect(buffer.check()).toEqual([-1, -2, -3].map((offset) => ({ offset, value: 0xee })));
    buffer.release();
  });

  test('fault on a read beyond the end, too', ({ load, agent }) => {
    const { readAt } = load(memory);
    const buffer = agent.buffer(10, { guarded: true });
    expect(readAt(buffer.pointer, 9)).toBe(0);
    expect(readAt.outcome(buffer.pointer, 10)).toMatchObject({
      kind: 'faulted',
      fault: { access: { kind: 'read' }, overrun: 0 },
    });
    buffer.release();
  });
});
