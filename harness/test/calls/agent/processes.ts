// What the system says of processes, for tests of liveness and clean-up.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { currentHost } from '../../../machines/current-host.ts';
import { controlGroupParents } from '../../../machines/linux/control-groups.ts';
import { machinesFolder } from '../../../machines/linux/layout.ts';
import { installation } from '../../reference-dlls.ts';

/** Sends a signal from another process after a while: this one will be busy with a synchronous call. */
export function signalLater(pid: number, signal: string, milliseconds: number): void {
  const script = `sleep ${(milliseconds / 1000).toString()}; kill -${signal} ${pid.toString()}`;
  spawn('/bin/sh', ['-c', script], { detached: true, stdio: 'ignore' }).unref();
}

/** Processor time that a process has used, in ticks of 10 ms. */
export function ticks(pid: number): number {
  const stat = readFileSync(`/proc/${pid.toString()}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Whether a process runs; one that has ended and awaits its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid.toString()}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** Processes of an agent, Wine's server and the programs around it included: those that have the same root folder or its mounts. */
export function processesOf(prefix: string): number[] {
  const outer = Number(/^\/proc\/(\d+)\/root\//.exec(prefix)?.[1]);
  return Number.isNaN(outer) || !isRunning(outer) ? [] : [outer, ...currentHost().descendantsOf(outer)];
}

/** The folder of the Wine server of an agent without a sandbox. Its name is not in tracesOf(). */
export function serverFolderOf({ prefix }: { readonly prefix: string }): string {
  return join('/tmp', readFileSync(join(prefix, 'wineserver'), 'utf8'));
}

/** Namespaces of mounts: with its last process such a one ends, and its mounts; then the system gives its name to another. */
export interface Mounts {
  readonly names: ReadonlySet<string>;
  /** Who started later than this is somebody else, in ticks since the start of the machine. */
  readonly until: number;
}

/** The namespaces, other than our own, that these processes are in. Programs that they start in the next `ticks` are theirs too. */
export function mountsOf(pids: readonly number[], ticks = 0): Mounts {
  const own = namespaceOf(process.pid);
  const all = pids.map(namespaceOf).filter((name): name is string => name !== undefined);
  const uptime = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
  return { names: new Set(all.filter((name) => name !== own)), until: uptime * 100 + ticks };
}

/** Running processes in these namespaces. */
export function processesIn({ names, until }: Mounts): number[] {
  return everyProcess().filter((pid) => names.has(namespaceOf(pid) ?? '') && isRunning(pid) && startOf(pid) <= until);
}

function startOf(pid: number): number {
  return statOf(pid, 19) ?? Infinity;
}

/** Whether a process was started by another, or by one that it has started, and so on, as long as they all run. */
export function isBelow(pid: number, ancestor: number): boolean {
  for (let above = statOf(pid, 1); above !== undefined && above > 1; above = statOf(above, 1))
    if (above === ancestor) return true;
  return false;
}

/** A number of /proc/<pid>/stat, counted from behind the name: 0 is the state. */
function statOf(pid: number, field: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid.toString()}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[field]);
  } catch {
    return undefined;
  }
}

function namespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid.toString()}/ns/mnt`);
  } catch {
    return undefined;
  }
}

/** What a process that uses agents has made outside of them: folders, shared memory, control groups, mounts that all can see. */
export function tracesOf(pid: number): string[] {
  const parents = [machinesFolder(installation), '/dev/shm', ...controlGroupParents(), tmpdir()];
  const named = parents.flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return [
    ...named.filter((path) => basename(path).startsWith(`dllparity-${pid.toString()}-`)),
    ...mounts.filter((line) => line.startsWith('dllparity ')),
  ];
}

/** Waits until none of these processes runs, and says which do when that takes too long. */
export async function runningAfter(milliseconds: number, pids: readonly number[]): Promise<number[]> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const running = pids.filter(isRunning);
    if (running.length === 0 || performance.now() > end) return running;
    await sleep(50);
  }
}

/** Running processes with this text among their arguments. */
export function processesNaming(text: string): number[] {
  return everyProcess().filter((pid) => pid !== process.pid && isRunning(pid) && argumentsOf(pid).includes(text));
}

function everyProcess(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
