// What users see of calls that lose their stack, their time or their thread.
import { type Agent, describe, expect, library, test as base } from 'dllparity';
import { describeOutcome } from '../../calls/marshal/outcome.ts';
import { currentHost } from '../../machines/current-host.ts';
import { processesOf, signalLater } from '../calls/agent/processes.ts';
import { installation, referenceDll } from '../reference-dlls.ts';
import { guard } from './guard.ts';

// Agents of their own: many tests end the process, and two leave it without the DLL.
// What these calls leave in the process is nobody else's.
const test = base.override('config', { callTimeoutMs: 20_000, environment: { TESTS: 'guard' } });
const unloading = base.override('config', { callTimeoutMs: 19_000 });
const leaving = base.override('config', { callTimeoutMs: 18_000 });
const hasty = base.override('config', { callTimeoutMs: 400 });

function addsStill(agent: Agent): void {
  expect(agent.load(guard).add(20, 22)).toBe(42);
}

describe('a fault that leaves no way back', () => {
  test('is a fault all the same, and says why the process is doubtful', ({ load, agent }) => {
    const lost = load(guard);
    const violation = { kind: 'faulted', fault: { name: 'STATUS_ACCESS_VIOLATION' } };
    expect(lost.trashAndFault.outcome()).toMatchObject({ ...violation, fault: { tainted: ['not-unwound'] } });
    expect(lost.faultOnOtherStack.outcome()).toMatchObject({ ...violation, fault: { tainted: ['not-unwound'] } });
    expect(lost.smashStack.outcome(100)).toMatchObject(violation);
    expect(lost.jumpTo.outcome(0x123456)).toMatchObject({ fault: { module: null } });
    expect(lost.jumpTo.outcome(0x123456)).toMatchObject({
      fault: { tainted: expect.arrayContaining(['no-module']) as unknown },
    });
    expect(lost.overflow.outcome(0)).toMatchObject({ fault: { tainted: ['stack-overflow'] } });
    expect(lost.trashAndReturn.outcome().kind).toBe('returned');
    addsStill(agent);
  });

  test('is a fault in each case of a batch', ({ load, agent }) => {
    const batch = load(guard).jumpTo.batch([[0x123456], [0x234567], [0x345678]]);
    for (const [i, address] of [0x123456n, 0x234567n, 0x345678n].entries()) {
      expect(batch.outcome(i)).toMatchObject({ kind: 'faulted', fault: { address, module: null } });
    }
    addsStill(agent);
  });

  unloading('may be the DLL unloading itself', ({ agent }) => {
    const own = library(referenceDll('guard.dll'), { unload: 'int unload_yourself(void)' });
    expect(agent.load(own).unload.outcome()).toMatchObject({
      kind: 'faulted',
      fault: { module: null, access: { kind: 'execute' }, tainted: expect.arrayContaining(['no-module']) as unknown },
    });
  });

  leaving('may be crashes in handlers of crashes, until the stack is full', ({ load, agent }) => {
    const { crashInHandler, unloadYourself } = load(guard);
    const { generation } = agent;
    expect(crashInHandler.outcome()).toMatchObject({ kind: 'faulted', fault: { code: 0xc0000005 } });
    // Its handler stays, and its code goes: each exception is now one more.
    expect(unloadYourself.outcome()).toMatchObject({
      kind: 'faulted',
      fault: { module: null, tainted: expect.arrayContaining(['no-module']) as unknown },
    });
    expect(agent.generation).toBe(generation);
  });

  test('ends the process with its code, when what called the function is overwritten too', ({ load, agent }) => {
    expect(load(guard).smashStack.outcome(6000)).toMatchObject({ kind: 'exited', code: 0xc0000005, signal: null });
    addsStill(agent);
  });

  test('is no dialog and no debugger on a thread of the DLL that has taken our filter away', ({ load, agent }) => {
    load(guard).removeFilter();
    const start = performance.now();
    expect(load(guard).removeFilterAndFault.outcome()).toMatchObject({ kind: 'exited', code: 0xc0000005 });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(agent.logTail().join('\n')).not.toContain('starting debugger');
    addsStill(agent);
  });
});

describe('a call that is given up', () => {
  for (const [name, state, systemCall, callsOut] of [
    ['sleepForEver', 'sleeping', /^NtDelayExecution$/, true],
    ['waitForEver', 'waiting', /^NtWaitFor/, true],
    ['suspendOwnThread', 'suspended', /^NtSuspendThread$/, true],
    ['spinForEver', 'running', null, false],
  ] as const) {
    hasty(`says that its thread was ${state}, and where`, ({ load, agent }) => {
      const outcome = load(guard)[name].outcome();
      expect(outcome).toMatchObject({ kind: 'timed-out', limitMs: 400, thread: { state } });
      if (outcome.kind !== 'timed-out') return;
      const { thread } = outcome;
      if (systemCall) expect(thread.systemCall).toMatch(systemCall);
      else expect(thread.systemCall).toBeNull();
      expect(thread.place?.path).toMatch(/\\guard\.dll$/);
      expect(thread.place?.offset).toBeGreaterThan(0x1000n);
      expect(thread.place?.offset).toBeLessThan(0x10000n);
      const words = callsOut ? `in ${thread.systemCall ?? ''}, called at` : 'at';
      expect(describeOutcome(outcome)).toMatch(
        new RegExp(`^did not return within 400 ms: ${state} ${words} guard\\.dll\\+0x[0-9a-f]+$`),
      );
      addsStill(agent);
    });
  }

  hasty('says so too where Wine has no time to look for a while', ({ load, agent }) => {
    const { sleepForEver } = load(guard);
    const server = processesOf(agent.prefix).find((pid) => currentHost().commandLine(pid).startsWith(installation.wineserver)); // prettier-ignore
    process.kill(server!, 'SIGSTOP');
    signalLater(server!, 'CONT', 700);
    expect(sleepForEver.outcome()).toMatchObject({ kind: 'timed-out', thread: { state: 'sleeping' } });
    addsStill(agent);
  });

  test('because it has ended its thread is told at once', ({ load, agent }) => {
    for (const end of [load(guard).endOwnThread, load(guard).terminateOwnThread]) {
      const start = performance.now();
      const outcome = end.outcome(3);
      expect(outcome).toMatchObject({ kind: 'timed-out', thread: { state: 'exited' } });
      expect(performance.now() - start).toBeLessThan(2000);
      expect(describeOutcome(outcome)).toBe('did not return: it has ended the thread that it ran on');
      addsStill(agent);
    }
  });

  hasty('hangs with the lock of the loader held: the loader is not asked where', ({ agent }) => {
    const kernel = library('kernel32.dll', { load: 'void *LoadLibraryW(const wchar_t *path)' });
    const path = agent.windowsPath(referenceDll('hangs_on_load.dll'));
    const outcome = agent.load(kernel).load.outcome(path);
    expect(outcome).toMatchObject({
      kind: 'timed-out',
      thread: { state: 'sleeping', systemCall: 'NtDelayExecution' },
    });
    expect(outcome.kind === 'timed-out' && outcome.thread.place?.path).toMatch(/\\hangs_on_load\.dll$/);
  });

  hasty('jumps past a callback: bounded by the time limit', ({ load, agent }) => {
    const { callAndBeJumpedTo, jumpBack } = load(guard);
    expect(callAndBeJumpedTo.outcome(() => void jumpBack.outcome()).kind).not.toBe('returned');
    addsStill(agent);
  });
});

describe('an asynchronous call', () => {
  test('that ends its thread is told at once, and costs neither the process nor other calls', async ({
    load,
    agent,
  }) => {
    const { endOwnThread, terminateOwnThread, add } = load(guard);
    const { generation } = agent;
    const outcomes = [endOwnThread.asyncOutcome(1), terminateOwnThread.asyncOutcome(2), add.asyncOutcome(1, 2)];
    expect(await Promise.all(outcomes)).toMatchObject([
      { kind: 'timed-out', thread: { state: 'exited' } },
      { kind: 'timed-out', thread: { state: 'exited' } },
      { kind: 'returned', result: 3 },
    ]);
    // More threads than the pool has places.
    for (let i = 0; i < 70; i += 10) {
      const more = await Promise.all(Array.from({ length: 10 }, () => endOwnThread.asyncOutcome(1)));
      expect(new Set(more.map(({ kind }) => kind))).toEqual(new Set(['timed-out']));
    }
    expect(await add.async(20, 22)).toBe(42);
    expect(agent.generation).toBe(generation);
  });

  hasty('that hangs is given up', async ({ load, agent }) => {
    expect(await load(guard).sleepForEver.asyncOutcome()).toMatchObject({ kind: 'timed-out', limitMs: 400 });
    addsStill(agent);
  });
});
