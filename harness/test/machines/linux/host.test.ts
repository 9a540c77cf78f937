import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, ftruncateSync, mkdtempSync, openSync, readlinkSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import koffi from 'koffi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linux } from '../../../machines/linux/host.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dllparity-linux-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let folders = 0;
function newFolder(): string {
  return mkdtempSync(join(folder, `${(++folders).toString()}-`));
}

/** Waits without letting the event loop reap children. */
function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

describe('the state of a process', () => {
  const stateAfter = (script: string): unknown => {
    const child: ChildProcess = spawn('/bin/sh', ['-c', script], { stdio: 'ignore' });
    for (let i = 0; i < 200 && linux.processState(child.pid!).state === 'running'; i++) block(10);
    return linux.processState(child.pid!);
  };

  it('is told before the event loop knows', () => {
    expect(stateAfter('exit 3')).toEqual({ state: 'ended', code: 3, signal: null });
    expect(stateAfter('exit 0')).toEqual({ state: 'ended', code: 0, signal: null });
    expect(stateAfter('kill -9 $$')).toEqual({ state: 'ended', code: null, signal: 9 });
    expect(stateAfter('kill -SEGV $$')).toEqual({ state: 'ended', code: null, signal: 11 });
  });

  it('is running while it runs', async () => {
    const child = spawn('sleep', ['10'], { stdio: 'ignore' });
    expect(linux.processState(child.pid!)).toEqual({ state: 'running' });
    child.kill();
    await once(child, 'exit');
    expect(linux.processState(child.pid!)).toEqual({ state: 'unknown' });
  });

  it('is read right when the program has a strange name', async () => {
    const program = join(newFolder(), 'a) Z (b');
    execFileSync('cp', ['/bin/sleep', program]);
    const child = spawn(program, ['10'], { stdio: 'ignore' });
    await once(child, 'spawn');
    expect(linux.processState(child.pid!)).toEqual({ state: 'running' });
    child.kill();
  });
});

it('the children of a process are those it has started itself', async () => {
  const child = spawn('/bin/sh', ['-c', 'sleep 10 & sleep 10 & echo; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  const children = linux.childrenOf(child.pid!);
  expect(children).toHaveLength(2);
  for (const pid of children) process.kill(pid);
  await once(child, 'exit');
  expect(linux.childrenOf(child.pid!)).toEqual([]);
});

describe('memory', () => {
  it('is zero, and the same for all who map it', () => {
    const memory = linux.createMemory(8192);
    const [one, other] = [linux.map(8192), linux.map(8192)];
    one.attach(memory);
    other.attach(memory);
    expect(new Uint8Array(one.buffer).every((byte) => byte === 0)).toBe(true);
    new Uint8Array(one.buffer)[5000] = 7;
    expect(new Uint8Array(other.buffer)[5000]).toBe(7);
    linux.clearMemory(memory, 8192);
    expect(new Uint8Array(other.buffer)[5000]).toBe(0);
    one.release();
    other.release();
    closeSync(memory);
  });

  it('keeps its size, whoever has its descriptor', () => {
    const memory = linux.createMemory(8192);
    const again = openSync(`/proc/self/fd/${memory.toString()}`, 'r+');
    for (const fd of [memory, again]) {
      expect(() => {
        ftruncateSync(fd, 0);
      }).toThrow('EPERM');
      expect(() => {
        ftruncateSync(fd, 65_536);
      }).toThrow('EPERM');
      closeSync(fd);
    }
  });

  it('has no name that others could open', () => {
    const memory = linux.createMemory(4096);
    expect(readlinkSync(`/proc/self/fd/${memory.toString()}`)).toBe('/memfd:dllparity (deleted)');
    closeSync(memory);
  });

  it('takes the place of other memory at the same address', () => {
    const [first, second] = [linux.createMemory(4096), linux.createMemory(4096)];
    const mapping = linux.map(4096);
    const view = new Uint8Array(mapping.buffer);
    mapping.attach(first);
    view[0] = 7;
    mapping.attach(second);
    expect(view[0]).toBe(0);
    mapping.attach(first);
    expect(view[0]).toBe(7);
    mapping.release();
    expect(view[0]).toBe(0);
    for (const memory of [first, second]) closeSync(memory);
  });
});

describe('a pipe', () => {
  /** With the end of the other process, which opens it anew. */
  function opened() {
    const pipe = linux.createPipe();
    const theirs = openSync(`/proc/self/fd/${pipe.inherited.toString()}`, 'w');
    closeSync(pipe.write);
    const close = (): void => {
      for (const fd of [pipe.read, pipe.inherited]) closeSync(fd);
    };
    return { ...pipe, theirs, close };
  }

  it('does not make its reader wait, whatever those do who have inherited an end', () => {
    const { read, inherited, theirs, close } = opened();
    // As a hostile heir would: both ends blocking, and nothing in it.
    const fcntl = koffi.load(null).func('int fcntl(int fd, int command, long argument)');
    const F_SETFL = 4;
    expect(fcntl(inherited, F_SETFL, 0)).toBe(0);
    expect(() => readSync(read, Buffer.alloc(1))).toThrow('EAGAIN');
    closeSync(theirs);
    expect(readSync(read, Buffer.alloc(1))).toBe(0);
    close();
  });

  it('wakes whoever waits for it, in time', () => {
    const { read, theirs, close } = opened();
    const poller = linux.createPoller([read]);
    const start = performance.now();
    expect(poller.wait(150)).toBe(0);
    expect(performance.now() - start).toBeGreaterThanOrEqual(149);
    writeSync(theirs, '!');
    expect(poller.wait(5000)).toBe(1);
    poller.watch(0, false);
    expect(poller.wait(10)).toBe(0);
    poller.watch(0, true);
    expect(readSync(read, Buffer.alloc(8))).toBe(1);
    closeSync(theirs);
    expect(poller.wait(5000)).toBe(1);
    close();
  });
});

it('a process that was stopped is told from one that runs', async () => {
  const child = spawn('sleep', ['10'], { stdio: 'ignore' });
  await once(child, 'spawn');
  expect(linux.isStopped(child.pid!)).toBe(false);
  child.kill('SIGSTOP');
  for (let i = 0; i < 100 && !linux.isStopped(child.pid!); i++) block(10);
  expect(linux.isStopped(child.pid!)).toBe(true);
  child.kill('SIGKILL');
});

it('the processor has a model and known extensions', () => {
  const { model, features } = linux.cpu();
  expect(model.length).toBeGreaterThan(3);
  expect(features).toContain('sse2');
});
