// Where agents live. What an implementation is made of stays in its folder: calls know this file alone.
import type { ProcessState, SharedPipe } from './host.ts';

/** A folder of the host that programs in the sandbox see at the same path. */
export interface VisibleFolder {
  /** Absolute. */
  readonly path: string;
  readonly writable: boolean;
}

/** Limits of an agent and everything that a DLL starts. */
export interface Limits {
  /** Memory of one process, and where control groups can be made of all together, in bytes. */
  readonly memoryBytes: number;
  /** Processes and threads. */
  readonly processes: number;
  /** Bytes of files in the prefix and /tmp. */
  readonly diskBytes: number;
}

/** What stands between a DLL and the host. */
export interface SandboxState {
  /** Whether the DLL sees only what is declared, without a network. */
  readonly sandbox: boolean;
  /** Why not, where it was wanted; otherwise null. */
  readonly reason: string | null;
  /** What is done so that writing in the prefix does not write into the template. */
  readonly clone: 'overlay' | 'copy';
  /** The limits that are enforced. */
  readonly limits: Partial<Limits>;
}

/** Folders of a machine. */
export interface MachineFolders {
  /** Holds `drive_c`, or is the root of the drive on Windows. */
  readonly prefix: string;
  readonly temporary: string;
}

/** A process that a DLL has started. */
export interface ChildProcessInfo {
  /** Id on the host. */
  readonly pid: number;
  /** Its command line, words separated by blanks. */
  readonly command: string;
}

/**
 * What the host shares with one agent at a time: memory and pipes, all without names, so that nothing a DLL can write is ever opened
 * by name.
 */
export interface Wire {
  /** Descriptor of the memory, whose size nobody can change. */
  readonly memory: number;
  /** Wakes the agent. */
  readonly toAgent: SharedPipe;
  /** Wakes the host. Its end says that the agent is dead. */
  readonly toHost: SharedPipe;
  /** Wakes the thread of the agent that looks at the one which makes the calls. */
  readonly toInspector: SharedPipe;
  readonly stdout: SharedPipe;
  readonly stderr: SharedPipe;
  /** Makes ready for an agent: what another one has left is gone. `head` is what the memory begins with. */
  begin(head: Uint8Array): void;
  /** The agent has opened its ends: from here on its death is heard. */
  settle(): void;
}

/**
 * One prefix (or one Windows), cloned from a template, with the agents in it. Whoever made it owns it. Nothing here needs the event
 * loop, which calls block, and nothing trusts what a DLL can write.
 */
export interface Machine {
  readonly sandboxState: SandboxState;
  /** Folders as the host sees them. */
  readonly folders: MachineFolders;
  /** The same as programs in it see them. */
  readonly inside: MachineFolders;
  /** Whether its processes can still be there. */
  readonly isAlive: boolean;
  /** Whether further agents can start in it: a DLL may have stopped what that takes. */
  readonly isUsable: boolean;
  /**
   * Hands over the wire of agent `number`, which is to be started; undefined when there is none, because others do not end. That of agent
   * `except` is left as it is, even when that has ended: somebody still reads its memory.
   */
  takeWire(number: number, except?: number): Wire | undefined;
  /** Starts an agent on the wire that was taken for it; a spare a moment later. */
  start(number: number, what: 'start' | 'spare'): void;
  /** Returns when the exit code of an agent is sure to be kept, all 32 bits of it, or when that takes too long. */
  watch(number: number): void;
  /** What has become of an agent. */
  stateOf(number: number): ProcessState;
  /** When an agent ended, by performance.now(), once that is known. */
  endedMs(number: number): number | undefined;
  /** Id of an agent on the host, once it has got so far. */
  pidOf(number: number): number | undefined;
  /** Nobody wants anything of an agent any more: it is ended, and its wire is another's then. */
  giveUp(number: number): void;
  /** Drops what is known of an agent that has long ended. */
  forget(number: number): void;
  /** Processes that DLLs have started and that still run. */
  children(): ChildProcessInfo[];
  /** Ends those processes, and says which they were. Returns when they are gone, or after a moment. */
  endChildren(): ChildProcessInfo[];
  /** What the programs around the agents complain of: their last lines. */
  diagnosticLines(): string[];
  /** Whether programs in it see a file or folder of the host. */
  sees(path: string): boolean;
  /** Ends everything in it and removes what it has made on the host. Never fails. */
  close(): Promise<void>;
}
