// The wire between two processes, whose other side this test plays.
import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireSlot } from '../../../machines/linux/wire-slot.ts';
import { Doorbells } from '../../../calls/session/doorbells.ts';
import { ProcessOutput } from '../../../calls/session/process-output.ts';

let slot: WireSlot;
let output: ProcessOutput;
let bells: Doorbells;
/** What the agent has opened for writing: its bell, and its output. */
let theirs: { bell: number; stdout: number; stderr: number };

function begin(): void {
  slot.begin(new Uint8Array(64));
  output = new ProcessOutput(slot);
  bells = new Doorbells(slot, output);
  const open = (pipe: { read: number }): number => openSync(`/proc/self/fd/${pipe.read.toString()}`, 'w');
  theirs = { bell: open(slot.toHost), stdout: open(slot.stdout), stderr: open(slot.stderr) };
}

beforeEach(() => {
  slot = new WireSlot(65_536);
  slot.handDown();
  begin();
});
afterEach(() => {
  for (const fd of Object.values(theirs)) closeSync(fd);
  slot.close();
});

describe('doorbells', () => {
  it('ring once for each ring, and wait as long as they are told', () => {
    slot.settle();
    writeSync(theirs.bell, '!!');
    expect([bells.wait(100), bells.wait(100), bells.wait(10)]).toEqual(['rung', 'rung', 'timeout']);
    const start = performance.now();
    expect(bells.wait(150)).toBe('timeout');
    expect(performance.now() - start).toBeGreaterThanOrEqual(149);
  });

  it('wait on when a signal comes in between', () => {
    slot.settle();
    spawn('sh', ['-c', `sleep 0.1; kill -CHLD ${process.pid.toString()}`], { stdio: 'ignore' });
    const start = performance.now();
    let waited = bells.wait(1000);
    while (waited === 'rung') waited = bells.wait(Math.ceil(1000 - (performance.now() - start)));
    expect(performance.now() - start).toBeGreaterThanOrEqual(999);
  });

  it('tell that the other side has gone, after its last ring', () => {
    slot.settle();
    writeSync(theirs.bell, '!');
    closeSync(theirs.bell);
    expect([bells.wait(1000), bells.wait(1000)]).toEqual(['rung', 'gone']);
    theirs.bell = openSync('/dev/null', 'w');
    bells.ring(); // to nobody: no error, no signal
  });

  it('do not take an agent for gone that has not come yet', () => {
    closeSync(theirs.bell);
    expect(bells.wait(20)).toBe('timeout');
    theirs.bell = openSync('/dev/null', 'w');
  });

  it('take what is printed while they wait', () => {
    slot.settle();
    writeSync(theirs.stdout, 'a line\n');
    expect(bells.wait(1000)).toBe('rung');
    expect(output.take('stdout').bytes.toString()).toBe('a line\n');
    closeSync(theirs.stdout);
    expect(bells.wait(1000)).toBe('rung');
    // It has ended, and does not wake anybody any more.
    expect(bells.wait(20)).toBe('timeout');
    theirs.stdout = openSync('/dev/null', 'w');
  });
});

describe('a slot', () => {
  it('has nothing of the agent before', () => {
    slot.settle();
    writeSync(theirs.bell, '!!!');
    writeSync(theirs.stderr, 'old');
    writeSync(slot.memory, 'old', 100);
    bells.ring();
    for (const fd of Object.values(theirs)) closeSync(fd);
    begin();
    expect(bells.wait(10)).toBe('timeout');
    expect(output.take('stderr').bytes).toHaveLength(0);
    expect(output.tail('stderr', 5)).toEqual([]);
  });
});

describe('output', () => {
  it('is bounded: of more than is kept the end, and how much is lost', () => {
    const flood = Buffer.alloc(1 << 16, 'x');
    for (let i = 0; i < 160; i++) {
      writeSync(theirs.stdout, flood);
      output.read('stdout');
    }
    const { bytes, lost } = output.take('stdout');
    expect(bytes.length).toBeLessThanOrEqual(4 << 20);
    expect(bytes.length + lost).toBe(160 << 16);
    expect(output.take('stdout')).toEqual({ bytes: Buffer.alloc(0), lost: 0 });
  });

  it('has a tail, taken or not, and none of the next agent', () => {
    writeSync(theirs.stderr, 'one\r\ntwo\n\nthree\n');
    expect(output.take('stderr').bytes.toString()).toContain('two');
    expect(output.tail('stderr', 2)).toEqual(['two', 'three']);
    output.end();
    writeSync(theirs.stderr, 'of another\n');
    expect(output.tail('stderr', 5)).toEqual(['one', 'two', 'three']);
  });
});
