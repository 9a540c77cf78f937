import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'dllparity';
import type { Agent } from '../../agent.ts';
import { bootForWorker } from '../../vitest/fixtures/test.ts';
import { mountsOf, processesIn, processesOf, runningAfter, tracesOf } from '../calls/agent/processes.ts';
import { basics, installation } from '../reference-dlls.ts';
import { OPEN, readText, writeText } from './sandbox/escape.ts';

const CLONES = 24;
const WIN_INI = 'C:\\windows\\win.ini';

/** Changes with any change of a file of the folder or below, of a name, of rights. */
function fingerprint(folder: string): string {
  const lines: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const { ino, mode, size, mtimeMs, ctimeMs } = lstatSync(path);
    lines.push([path, ino, mode, size, mtimeMs, ctimeMs].join(' '));
  }
  return lines.toSorted().join('\n');
}

test(`${CLONES.toString()} clones at once: each is its own, the template stays as it was, and nothing is left`, { timeout: 180_000 }, async () => {
  const before = tracesOf(process.pid);
  const template = fingerprint(installation.template);
  const agents: Agent[] = [];
  try {
    for (let i = 0; i < CLONES; i++) agents.push(await bootForWorker({ spare: 'off', log: { level: 'warn' } }));
    for (const [i, agent] of agents.entries()) {
      expect(agent.load(basics).add(i, 1)).toBe(i + 1);
      expect(writeText(agent, WIN_INI, `clone ${i.toString()}`)).toBeGreaterThan(0n);
      expect(writeText(agent, `C:\\windows\\of-${i.toString()}.txt`, 'mine', OPEN.createNew)).toBe(4n);
    }
    for (const [i, agent] of agents.entries()) {
      expect(readText(agent, WIN_INI)).toBe(`clone ${i.toString()}`);
      expect(agent.load(basics).add(i, 2)).toBe(i + 2);
    }
  } finally {
    const pids = agents.flatMap((agent) => processesOf(agent.prefix));
    const mounts = mountsOf(pids);
    expect(mounts.names.size).toBeGreaterThanOrEqual(agents.length);
    await Promise.all(agents.map((agent) => agent.close()));
    expect(await runningAfter(2000, pids)).toEqual([]);
    await expect.poll(() => processesIn(mounts)).toEqual([]);
  }
  expect(tracesOf(process.pid)).toEqual(before);
  expect(fingerprint(installation.template)).toBe(template);
}); // prettier-ignore
