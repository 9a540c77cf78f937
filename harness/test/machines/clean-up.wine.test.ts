import { spawn } from 'node:child_process';
import { describe, expect, test } from 'dllparity';
import type { Agent } from '../../agent.ts';
import { bootForWorker } from '../../vitest/fixtures/test.ts';
import { currentHost } from '../../machines/current-host.ts';
import { isRunning, mountsOf, processesIn, processesOf, runningAfter, tracesOf } from '../calls/agent/processes.ts';
import { basics, misbehave } from '../reference-dlls.ts';
import { child, escape, runShell } from './sandbox/escape.ts';

/** What this process has made besides, of agents of other files too. */
const traces = (): string[] => tracesOf(process.pid);

/** Closes an agent, and expects nothing to be left of these processes and of those that it has now. */
async function expectNothingAfter(
  agent: Agent,
  before: readonly string[],
  pids: readonly number[] = [],
): Promise<void> {
  const now = processesOf(agent.prefix);
  const mounts = mountsOf(now);
  await agent.close();
  expect(await runningAfter(1000, [...pids, ...now])).toEqual([]);
  await expect.poll(() => processesIn(mounts)).toEqual([]);
  expect(traces()).toEqual(before);
}

/** The process in whose eyes the prefix is mounted, and the guard that has started it. */
function aroundOf(agent: Agent): { readonly bubblewrap: number; readonly guard: number } {
  const [bubblewrap = 0] = processesOf(agent.prefix);
  const guard = currentHost().childrenOf(process.pid).find((pid) => currentHost().childrenOf(pid).includes(bubblewrap));
  return { bubblewrap, guard: guard ?? 0 };
} // prettier-ignore

describe('closing an agent leaves nothing: no process, no mount, no shared memory, no control group', () => {
  test('after calls', async () => {
    const before = traces();
    const agent = await bootForWorker({});
    agent.load(basics).add(1, 1);
    expect(processesOf(agent.prefix).length).toBeGreaterThan(4);
    expect(traces().length).toBeGreaterThanOrEqual(before.length);
    await expectNothingAfter(agent, before);
  });

  test('when it has lost processes', async () => {
    const before = traces();
    const agent = await bootForWorker({ callTimeoutMs: 200 });
    const { endProcess, maybe, crashRead } = agent.load(misbehave);
    crashRead.outcome(0n);
    endProcess.outcome(1);
    maybe.outcome(1, 4);
    endProcess.outcome(1);
    await expectNothingAfter(agent, before);
  });

  for (const which of ['guard', 'bubblewrap'] as const) {
    test(`when somebody has killed the ${which === 'guard' ? 'guard' : 'outer process of the sandbox'}, after which calls go on`, async () => {
      const before = traces();
      const agent = await bootForWorker({});
      const pids = processesOf(agent.prefix);
      const mounts = mountsOf(pids);
      process.kill(aroundOf(agent)[which], 'SIGKILL');
      expect(await runningAfter(2000, pids)).toEqual([]);
      await expect.poll(() => processesIn(mounts)).toEqual([]);
      expect(agent.takeLateFaults()).toHaveLength(1);
      expect(agent.load(basics).add(20, 22)).toBe(42);
      expect(agent.load(misbehave).endProcess.outcome(70_000)).toMatchObject({ kind: 'exited', code: 70_000 });
      await expectNothingAfter(agent, before);
    });
  }

  test('when a DLL has stopped what starts agents: the next one comes from a new prefix', async () => {
    const before = traces();
    const agent = await bootForWorker({ bootTimeoutMs: 4000, spare: 'off' });
    const pids = processesOf(agent.prefix);
    await runShell(agent, 'for p in /proc/[0-9]*; do grep -q dllparity-supervisor $p/cmdline && kill -STOP ${p#/proc/}; done');
    agent.load(misbehave).endProcess.outcome(1);
    expect(agent.load(basics).add(20, 22)).toBe(42);
    await expectNothingAfter(agent, before, pids);
  }); // prettier-ignore
});

describe('processes that a DLL has started', () => {
  test('are listed, and ended with the agent; one of somebody else with the same words is not', async () => {
    const [program, command] = child();
    const foreign = spawn('perl', ['-e', 'sleep 60', command], { stdio: 'ignore' });
    const agent = await bootForWorker({});
    agent.load(escape).startProgram(program, command);
    agent.load(escape).startProgram('Z:\\bin\\sh', 'sh -c "sleep 1000; true"');
    const seen = (): string[] => agent.childProcesses().map((found) => found.command);
    await expect.poll(() => seen().toSorted().join('\n')).toMatch(/rundll32\.exe .*escape\.dll,stay\n(.*\n)*sh -c sleep 1000/);
    const pids = agent.childProcesses().map(({ pid }) => pid);
    expect(pids.every(isRunning)).toBe(true);
    await agent.close();
    expect(pids.filter(isRunning)).toEqual([]);
    expect(isRunning(foreign.pid!)).toBe(true);
    foreign.kill('SIGKILL');
  }); // prettier-ignore

  test('are ended when another process takes over, and the log says so', async ({ log }) => {
    const agent = await bootForWorker({});
    const [program, command] = child();
    agent.load(escape).startProgram(program, command);
    await expect
      .poll(() => agent.childProcesses())
      .toMatchObject([{ command: expect.stringContaining('rundll32.exe') }]);
    const [{ pid } = { pid: 0 }] = agent.childProcesses();
    agent.load(misbehave).endProcess.outcome(1);
    agent.load(basics).add(1, 1);
    expect(isRunning(pid)).toBe(false);
    expect(agent.childProcesses()).toEqual([]);
    const id = `worker-${process.env['VITEST_POOL_ID'] ?? '1'}`;
    // Nobody knows how many agents the files before this one have booted.
    const lines = Array.from({ length: 400 }, (_, i) => log.tail(`${id}.${i.toString()}`)).flat();
    // For a moment Wine has two processes for one that is just starting.
    expect(lines.join('\n')).toMatch(/a DLL has started [12] processes that still ran.*escape\.dll,stay/);
    await agent.close();
  });
});
