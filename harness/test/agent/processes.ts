// What the system says of processes, for tests of liveness and clean-up.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** Processes of a Wine prefix, its server included. */
export function processesOf(prefix: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== process.pid.toString())
    .map(Number)
    .filter((pid) => isRunning(pid) && environmentOf(pid).includes(`WINEPREFIX=${prefix}\0`));
}

function environmentOf(pid: number): string {
  try {
    return `${readFileSync(`/proc/${pid.toString()}/environ`, 'utf8')}\0`;
  } catch {
    return '';
  }
}

/** Everything that an agent has on this machine: empty when nothing is left. */
export function remains(prefix: string, share: string): string[] {
  return [
    ...[prefix, share].filter((path) => existsSync(path)),
    ...processesOf(prefix).map((pid) => `process ${pid.toString()}`),
  ];
}

/** Waits until nothing remains, and says what does when that takes too long. */
export async function remainsAfter(milliseconds: number, prefix: string, share: string): Promise<string[]> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const found = remains(prefix, share);
    if (found.length === 0 || performance.now() > end) return found;
    await sleep(50);
  }
}

/** The folder in shared memory of the agent with this prefix: both have the same name. */
export function shareOf(prefix: string): string {
  return `/dev/shm/${prefix.split('/').at(-1) ?? ''}`;
}
