import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'dllparity';
import { bootForWorker } from '../../fixtures/test.ts';
import { processesOf, runningAfter, traces } from '../agent/processes.ts';
import { basics, misbehave } from '../reference-dlls.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = fileURLToPath(new URL('host-program.ts', import.meta.url));

interface Host {
  readonly child: ChildProcess;
  /** Processes of its agent. */
  readonly pids: readonly number[];
  readonly ended: Promise<unknown>;
}

/** Starts the program in a process group of its own, as a shell would, and waits until its agent is ready. */
async function startHost(what: string): Promise<Host> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, what], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const unready = ended.then(() => {
    throw new Error('the program ended before its agent was ready');
  });
  unready.catch(() => undefined);
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line') as Promise<[string]>, unready]);
  const { prefix } = JSON.parse(line) as { prefix: string };
  return { child, pids: processesOf(prefix), ended };
}

test('closing an agent leaves nothing: no process, no mount, no shared memory', async () => {
  const before = traces();
  const agent = await bootForWorker({});
  agent.load(basics).add(1, 1);
  const pids = processesOf(agent.prefix);
  expect(pids.length).toBeGreaterThan(4);
  await agent.close();
  expect(await runningAfter(1000, pids)).toEqual([]);
  expect(traces()).toEqual(before);
});

test('closing an agent that has lost processes leaves nothing either', async () => {
  const agent = await bootForWorker({ callTimeoutMs: 200 });
  const { endProcess, maybe } = agent.load(misbehave);
  endProcess.outcome(1);
  maybe.outcome(1, 4);
  endProcess.outcome(1);
  const pids = processesOf(agent.prefix);
  await agent.close();
  expect(await runningAfter(1000, pids)).toEqual([]);
});

describe('a host program leaves nothing', () => {
  for (const [signal, what] of [
    ['SIGINT', 'wait'],
    ['SIGKILL', 'wait'],
    ['SIGKILL', 'hang'],
  ] as const) {
    test(`when ${signal} ends it while it ${what === 'wait' ? 'does nothing' : 'is inside a DLL that hangs'}`, async () => {
      const { child, pids, ended } = await startHost(what);
      expect(pids.length).toBeGreaterThan(4);
      process.kill(-child.pid!, signal); // the whole group, as Ctrl-C does
      await ended;
      expect(await runningAfter(5000, pids)).toEqual([]);
    });
  }

  for (const [how, what] of [
    ['it forgets to close its agent', 'forget'],
    ['it ends of an error', 'throw'],
  ] as const) {
    test(`when ${how}`, async () => {
      const { pids, ended } = await startHost(what);
      await ended;
      expect(await runningAfter(5000, pids)).toEqual([]);
    });
  }
});
