// The processes of a machine: which are Wine's and ours, and which a DLL has started.
import { linux } from './host.ts';
import type { ChildProcessInfo } from '../machine.ts';
import { sleep } from '../sleep.ts';
import { SPARE_DELAY_S } from './shell-scripts.ts';

/** How long processes may take to be gone once they were ended: what they held is free then. */
const GONE_MS = 500;
/** Programs of Wine itself. */
const SERVICES =
  /\\(services|winedevice|plugplay|svchost|rpcss|explorer|conhost|wineboot|start|winedbg|dllparity-exit-watcher)\.exe/i;

/** What the scripts around Wine are called, what they start, and Wine's server. */
const PLUMBING = /\0dllparity-(cleanup|mount|copy|supervisor)\0|^env\0-i\0PATH=|(^|\/)wineserver(32|64)?\0/;

/** Ends a process at once. */
export function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Returns when none of these runs any more, or after a moment. */
export function awaitEnds(processes: readonly ChildProcessInfo[]): void {
  const end = performance.now() + GONE_MS;
  while (processes.some(({ pid }) => linux.processState(pid).state === 'running') && performance.now() < end) sleep(1);
}

/** Wine's server and services, the exit watcher, and the programs between the clean-up script and Wine. A shell that a DLL has started is none. */
export function isOwnProgram(commandLine: string): boolean {
  return PLUMBING.test(commandLine) || SERVICES.test(commandLine) || commandLine === `sleep\0${SPARE_DELAY_S}\0`;
}
