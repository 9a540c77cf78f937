// What may grow in a long run, measured while nothing is under way.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Agent } from '../../harness/calls/agent/agent.ts';
import { currentHost } from '../../harness/machines/current-host.ts';
import { controlGroupParents } from '../../harness/machines/linux/control-groups.ts';
import { machinesFolder } from '../../harness/machines/linux/layout.ts';
import type { Installation } from '../../harness/machines/installation.ts';

/** How much more than at first is still no growth, by figure. */
export const TOLERATED = {
  /** Resident memory of this process, in MiB: its garbage collector has moods. */
  hostMebibytes: 40,
  /** Of the agent, as soon as it is there. */
  agentMebibytes: 20,
  openFiles: 3,
  /** Of this process and below. A spare may just be booting. */
  processes: 6,
  /** Folders of prefixes, and control groups. */
  folders: 0,
} as const;

export type Figures = Record<keyof typeof TOLERATED, number>;

const MEBIBYTE = 1 << 20;

/** Resident memory of a process, in MiB. */
function resident(pid: number): number {
  try {
    const pages = Number(readFileSync(`/proc/${pid.toString()}/statm`, 'utf8').split(' ')[1]);
    return (pages * 4096) / MEBIBYTE;
  } catch {
    return 0;
  }
}

export function measure(agent: Agent, installation: Installation): Figures {
  globalThis.gc?.();
  return {
    hostMebibytes: process.memoryUsage().rss / MEBIBYTE,
    agentMebibytes: resident(agent.pid ?? 0),
    openFiles: readdirSync('/proc/self/fd').length,
    processes: currentHost().descendantsOf(process.pid).length,
    folders: ownFolders(installation).length,
  };
}

/** What this process has made outside of its agents. */
export function ownFolders(installation: Installation): string[] {
  const prefix = `dllparity-${process.pid.toString()}-`;
  return [machinesFolder(installation), ...controlGroupParents()]
    .filter((parent) => existsSync(parent))
    .flatMap((parent) => readdirSync(parent).map((name) => ({ parent, name })))
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ parent, name }) => join(parent, name));
}

/** Sentences about what has grown from the first measurements to the last ones; none when nothing has. */
export function growth(all: readonly Figures[]): string[] {
  const quarter = Math.max(1, Math.floor(all.length / 4));
  // The first ones are those of a process that has not done everything yet.
  const early = all.slice(quarter, 2 * quarter);
  const late = all.slice(-quarter);
  return (Object.keys(TOLERATED) as (keyof Figures)[]).flatMap((name) => {
    const [before, after] = [median(early, name), median(late, name)];
    if (after - before <= TOLERATED[name]) return [];
    return [`${name} grew from ${before.toFixed(1)} to ${after.toFixed(1)}, and may by ${TOLERATED[name].toString()}`];
  });
}

function median(figures: readonly Figures[], name: keyof Figures): number {
  const sorted = figures.map((each) => each[name]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}
