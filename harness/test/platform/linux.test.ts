import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linux } from '../../platform/linux.ts';

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

describe('doorbells', () => {
  /** Bells whose other ends this test holds, as an agent would. */
  function settled() {
    const place = newFolder();
    const bells = linux.createDoorbells(place);
    const agentIn = openSync(bells.toAgent, 'r+');
    const agentOut = openSync(bells.toHost, 'r+');
    // The agent has one direction per end; opened for both above, so that opening does not block.
    const [read, write] = [openSync(bells.toAgent, 'r'), openSync(bells.toHost, 'w')];
    closeSync(agentIn);
    closeSync(agentOut);
    const modes = [bells.toAgent, bells.toHost].map((path) => statSync(path).mode & 0o777);
    bells.settle();
    return { bells, place, read, write, modes };
  }

  it('are for this user alone, and without names once both sides have them', () => {
    const { bells, modes, read, write } = settled();
    expect(modes).toEqual([0o600, 0o600]);
    expect([bells.toAgent, bells.toHost].map((path) => existsSync(path))).toEqual([false, false]);
    bells.close();
    closeSync(read);
    closeSync(write);
  });

  it('ring once for each ring', () => {
    const { bells, read, write } = settled();
    writeSync(write, '!!');
    expect([bells.wait(100), bells.wait(100), bells.wait(10)]).toEqual(['rung', 'rung', 'timeout']);
    bells.close();
    closeSync(read);
    closeSync(write);
  });

  it('wait as long as they are told', () => {
    const { bells, read, write } = settled();
    const start = performance.now();
    expect(bells.wait(150)).toBe('timeout');
    expect(performance.now() - start).toBeGreaterThanOrEqual(149);
    expect(performance.now() - start).toBeLessThan(400);
    expect(bells.wait(0)).toBe('timeout');
    bells.close();
    closeSync(read);
    closeSync(write);
  });

  it('tell that the other side has gone, at once', () => {
    const { bells, read, write } = settled();
    closeSync(write);
    const start = performance.now();
    expect(bells.wait(5000)).toBe('gone');
    expect(performance.now() - start).toBeLessThan(100);
    closeSync(read);
    bells.ring(); // to nobody: no error, no signal
    bells.close();
  });

  it('still give the last ring of a side that has gone', () => {
    const { bells, read, write } = settled();
    writeSync(write, '!');
    closeSync(write);
    expect([bells.wait(100), bells.wait(100)]).toEqual(['rung', 'gone']);
    bells.close();
    closeSync(read);
  });

  it('leave no names when they are closed before anybody came', () => {
    const bells = linux.createDoorbells(newFolder());
    expect(existsSync(bells.toHost)).toBe(true);
    bells.close();
    expect([existsSync(bells.toAgent), existsSync(bells.toHost)]).toEqual([false, false]);
  });
});

describe('shared memory', () => {
  const HEAD = new Uint8Array([1, 2, 3]);

  it('is the file, for this user alone', () => {
    const path = join(newFolder(), 'share');
    linux.createShare(path, 8192, HEAD);
    const mapping = linux.map(8192);
    mapping.attach(path);
    new Uint8Array(mapping.buffer).set([1, 2, 3], 4096);
    expect([...readFileSync(path).subarray(4096, 4100)]).toEqual([1, 2, 3, 0]);
    expect([...new Uint8Array(mapping.buffer).subarray(0, 4)]).toEqual([1, 2, 3, 0]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(path).size).toBe(8192);
    mapping.release();
  });

  it('keeps its address when another file takes its place, and its contents apart', () => {
    const place = newFolder();
    const [first, second] = [join(place, '1'), join(place, '2')];
    for (const path of [first, second]) linux.createShare(path, 4096, new Uint8Array());
    const mapping = linux.map(4096);
    const view = new Uint8Array(mapping.buffer);
    mapping.attach(first);
    view[0] = 7;
    mapping.attach(second);
    expect(view[0]).toBe(0);
    view[0] = 9;
    expect([readFileSync(first)[0], readFileSync(second)[0]]).toEqual([7, 9]);
    mapping.release();
  });

  it('reads as zero after its release', () => {
    const mapping = linux.map(4096);
    const view = new Uint8Array(mapping.buffer);
    view[100] = 1;
    mapping.release();
    expect(view[100]).toBe(0);
  });

  it('takes no file that is there already', () => {
    const path = join(newFolder(), 'share');
    linux.createShare(path, 4096, HEAD);
    expect(() => {
      linux.createShare(path, 4096, HEAD);
    }).toThrow('EEXIST');
  });
});

it('the processor has a model and known extensions', () => {
  const { model, features } = linux.cpu();
  expect(model.length).toBeGreaterThan(3);
  expect(features).toContain('sse2');
});
