// The processes of a home: which are Wine's and ours, and which a DLL has started.
import { currentPlatform } from '../hosts/index.ts';
import { nap } from './nap.ts';
import { SPARE_DELAY_S } from './scripts.ts';

/** A process that a DLL has started. */
export interface ChildProcessInfo {
  /** Process id on this machine. */
  readonly pid: number;
  /** Its command line. */
  readonly command: string;
}

/** How long processes may take to be gone once they were ended: what they held is free then. */
const GONE_MS = 500;
/** Programs of Wine itself. */
const SERVICES =
  /\\(services|winedevice|plugplay|svchost|rpcss|explorer|conhost|wineboot|start|winedbg|dllparity-warden)\.exe/i;

/** What the scripts around Wine are called, what they start, and Wine's server. */
const PLUMBING = /\0dllparity-(guard|mount|copy|supervisor)\0|^env\0-i\0PATH=|(^|\/)wineserver(32|64)?\0/;

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
  const platform = currentPlatform();
  while (processes.some(({ pid }) => platform.processState(pid).state === 'running') && performance.now() < end) nap(1);
}

/** Wine's server and services, the warden, and the programs between the guard and Wine. A shell that a DLL has started is none. */
export function isOwnProgram(commandLine: string): boolean {
  return PLUMBING.test(commandLine) || SERVICES.test(commandLine) || commandLine === `sleep\0${SPARE_DELAY_S}\0`;
}

/**
 * Whether a process is a copy of an agent's. No program of Windows makes one: a DLL has gone behind Wine's back, and may have written into
 * the pipes of Wine's own programs.
 */
export function isForked({ command }: ChildProcessInfo): boolean {
  return command.includes(' Z:\\proc\\');
}
