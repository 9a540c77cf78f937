import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'dllparity';
import { bootForWorker } from '../../fixtures/test.ts';
import { remains, remainsAfter, shareOf } from '../agent/processes.ts';
import { basics, misbehave } from '../reference-dlls.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = fileURLToPath(new URL('host-program.ts', import.meta.url));

interface Host {
  readonly child: ChildProcess;
  readonly prefix: string;
  readonly share: string;
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
  return { child, prefix, share: shareOf(prefix), ended };
}

test('closing an agent leaves nothing: no prefix, no shared memory, no process', async () => {
  const agent = await bootForWorker({});
  const share = shareOf(agent.prefix);
  agent.load(basics).add(1, 1);
  expect(remains(agent.prefix, share).length).toBeGreaterThan(3);
  await agent.close();
  expect(remains(agent.prefix, share)).toEqual([]);
});

test('closing an agent that has lost processes leaves nothing either', async () => {
  const agent = await bootForWorker({ callTimeoutMs: 200 });
  const { endProcess, maybe } = agent.load(misbehave);
  endProcess.outcome(1);
  maybe.outcome(1, 4);
  endProcess.outcome(1);
  await agent.close();
  expect(remains(agent.prefix, shareOf(agent.prefix))).toEqual([]);
});

describe('a host program leaves nothing', () => {
  for (const [signal, what] of [
    ['SIGINT', 'wait'],
    ['SIGKILL', 'wait'],
    ['SIGKILL', 'hang'],
  ] as const) {
    test(`when ${signal} ends it while it ${what === 'wait' ? 'does nothing' : 'is inside a DLL that hangs'}`, async () => {
      const { child, prefix, share, ended } = await startHost(what);
      expect(existsSync(share)).toBe(true);
      process.kill(-child.pid!, signal); // the whole group, as Ctrl-C does
      await ended;
      expect(await remainsAfter(5000, prefix, share)).toEqual([]);
    });
  }

  for (const [how, what] of [
    ['it forgets to close its agent', 'forget'],
    ['it ends of an error', 'throw'],
  ] as const) {
    test(`when ${how}`, async () => {
      const { prefix, share, ended } = await startHost(what);
      await ended;
      expect(await remainsAfter(5000, prefix, share)).toEqual([]);
    });
  }
});
