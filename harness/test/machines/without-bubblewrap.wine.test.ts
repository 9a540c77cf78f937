// Machines without bubblewrap: prefixes are copied, and nothing but our own programs ends what is left.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'dllparity';
import { Agent } from '../../agent.ts';
import { loadConfig } from '../../config/load-config.ts';
import type { Config } from '../../config/config.ts';
import { createLog, type LineOutput } from '../../log/log.ts';
import { isRunning, runningAfter, serverFolderOf, tracesOf } from '../calls/agent/processes.ts';
import { currentHost } from '../../machines/current-host.ts';
import { basics, installation, misbehave } from '../reference-dlls.ts';
import { child, escape, OPEN, runShell, writeText } from './sandbox/escape.ts';
import { Host } from './host.ts';

/** What agents have said. It is said once in a process, and a test that is tried again is to see it too. */
const output: string[] = [];
const lines: LineOutput = { write: (text) => output.push(text) };

async function boot(options: Config = {}): Promise<Agent> {
  const { config } = await loadConfig({ fixture: options });
  const log = createLog({ output: lines }).forAgent('bare');
  return new Agent({ config, installation: { ...installation, bubblewrap: null }, log });
}

const processesOf = (agent: Agent): readonly number[] =>
  currentHost().processesWith(`WINEPREFIX=${agent.prefix}`).filter(isRunning);

// A copy takes seconds, and what is different has nothing to do with the version of Wine. Others need bubblewrap to start at all.
describe.skipIf(installation.launcher.length > 0)('without bubblewrap', () => {
  test('an agent calls, loses processes, has whole exit codes, and leaves nothing', async () => {
    const before = tracesOf(process.pid);
    const agent = await boot({ callTimeoutMs: 300 });
    expect(agent.sandboxState).toEqual({
      sandbox: false,
      reason: 'bubblewrap (bwrap) is not installed',
      clone: 'copy',
      limits: {},
    });
    expect(output.join('')).toMatch(/WARN +host bare there is no sandbox.*bubblewrap \(bwrap\) is not installed/);
    expect(agent.load(basics).add(20, 22)).toBe(42);
    expect(agent.load(misbehave).endProcess.outcome(0x12345678)).toMatchObject({ kind: 'exited', code: 0x12345678 });
    expect(agent.load(basics).add(20, 22)).toBe(42);
    expect(agent.load(misbehave).maybe.outcome(1, 4)).toMatchObject({ kind: 'timed-out' });
    expect(agent.load(basics).add(20, 22)).toBe(42);
    const template = join(installation.template, 'drive_c', 'windows', 'win.ini');
    const original = readFileSync(template);
    expect(writeText(agent, 'C:\\windows\\win.ini', 'escaped', OPEN.existing)).toBe(7n);
    expect(readFileSync(template)).toEqual(original);
    const pids = processesOf(agent);
    expect(pids.length).toBeGreaterThan(2);
    const server = serverFolderOf(agent);
    expect(readdirSync(server)).toEqual([expect.stringMatching(/^server-/)]);
    await agent.close();
    expect(pids.filter(isRunning)).toEqual([]);
    expect(existsSync(server)).toBe(false);
    expect(existsSync(dirname(agent.prefix))).toBe(false);
    expect(tracesOf(process.pid)).toEqual(before);
  });

  test('processes that a DLL has started end with the agent, those that Wine does not know too', async () => {
    const before = tracesOf(process.pid);
    const agent = await boot();
    agent.load(escape).startProgram(...child());
    agent.load(escape).startProgram('Z:\\bin\\sh', 'sh -c "sleep 1000; true"');
    const seen = (): string => agent.childProcesses().map(({ command }) => command).toSorted().join('\n'); // prettier-ignore
    await expect.poll(seen).toMatch(/rundll32\.exe .*escape\.dll,stay\n(.*\n)*sh -c sleep 1000/);
    const pids = processesOf(agent);
    await agent.close();
    expect(pids.filter(isRunning)).toEqual([]);
    expect(tracesOf(process.pid)).toEqual(before);
  });

  test('closing leaves nothing when a DLL has stopped our programs', async () => {
    const before = tracesOf(process.pid);
    const agent = await boot();
    const pids = processesOf(agent);
    // Only those of this prefix, whose command names its folder, and not the guard, which nothing could replace.
    await runShell(agent, `for p in /proc/[0-9]*; do grep -q dllparity-cleanup $p/cmdline || { grep -qF '${agent.prefix}' $p/cmdline && kill -STOP \${p#/proc/}; }; done`, dirname(agent.prefix)); // prettier-ignore
    await agent.close();
    expect(await runningAfter(1000, pids)).toEqual([]);
    expect(tracesOf(process.pid)).toEqual(before);
  });

  test('SIGKILL of a host whose prefix is just being copied leaves nothing', async () => {
    const host = new Host('wait', 'copy');
    await host.booting();
    await expect.poll(() => tracesOf(host.pid).length).toBeGreaterThan(0);
    await host.end('SIGKILL');
    expect(await host.left()).toEqual([]);
  });

  for (const what of ['wait', 'hang'] as const) {
    test(`SIGKILL of a host that ${what === 'wait' ? 'does nothing' : 'is in a call'} leaves nothing`, async () => {
      const host = await new Host(what, 'copy').ready();
      await host.end('SIGKILL');
      expect(await host.left()).toEqual([]);
    });
  }
});
