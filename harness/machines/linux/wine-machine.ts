// A prefix, and the processes in it: started, watched and ended without the event loop, which calls block.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, rmSync } from 'node:fs';
import { constants as system } from 'node:os';
import type { Writable } from 'node:stream';
import { DllparityError } from '../../base/errors.ts';
import type { ProcessState } from '../host.ts';
import { linux } from './host.ts';
import type { ChildProcessInfo, Limits, Machine, MachineFolders, SandboxState, VisibleFolder } from '../machine.ts';
import { isRoot } from './capabilities.ts';
import { type ControlGroups, limitsInForce, planControlGroups, removeControlGroup } from './control-groups.ts';
import { neededFolders } from './layout.ts';
import { startCommand, type WineMachineOptions } from './start-command.ts';
import { Diagnostics } from './diagnostics.ts';
import { StatusNotes } from './status-notes.ts';
import { awaitEnds, endProcess, isOwnProgram } from './processes.ts';
import { sleep } from '../sleep.ts';
import { isVisible } from './bubblewrap-arguments.ts';
import { CLEANUP } from './shell-scripts.ts';
import { filterPipe } from './seccomp-pipe.ts';
import { WireSlot } from './wire-slot.ts';

/** The agent, its successor, and some that are just ending. */
const AGENTS_AT_ONCE = 4;
/** How long to wait for one of those to be gone, when their slots are needed. */
const SLOT_MS = 1000;
/** How long the exit watcher may take to start: it does so at the same time as the first agent. */
const EXIT_WATCHER_START_MS = 500;
/** How long the exit code of a process may come after its end: a busy machine has others to run before the exit watcher. */
const EXIT_CODE_MS = 1000;
/** The same where the system says that a signal ended it: then there is none, mostly. */
const EXIT_CODE_OF_SIGNAL_MS = 30;
/** How often to see whether the exit watcher is still there, which reads the process table. */
const EXIT_WATCHER_CHECK_MS = 25;
const FATAL = new Set<number>(['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTERM', 'SIGSYS', 'SIGTRAP'].map((name) => system.signals[name as NodeJS.Signals])); // prettier-ignore

/** A place on the wire, and the number of the agent that has it. */
interface Slot {
  readonly wire: WireSlot;
  user: number | undefined;
}

/** One prefix, its processes, and what stands around them. */
export class WineMachine implements Machine {
  readonly sandboxState: SandboxState;
  /** Folders as this process sees them. */
  readonly folders: MachineFolders;
  /** The folders as programs in it see them. */
  readonly inside: MachineFolders;
  private readonly options: WineMachineOptions;
  private readonly visible: readonly VisibleFolder[];
  private readonly groups: ControlGroups;
  private readonly slots: readonly Slot[];
  private readonly diagnostics = new Diagnostics();
  private readonly notes: StatusNotes;
  private readonly notesPipe = linux.createPipe();
  /** Agents tell the exit watcher of themselves in it. This end is kept, so that it never ends. */
  private readonly watchPipe = linux.createPipe();
  private readonly cleanup: ChildProcess;
  private readonly ended: Promise<unknown>;
  /** Processes of agents on this machine, once they were found. */
  private readonly pids = new Map<number, number>();
  /** Agents that were given up, and may still be ending. */
  private readonly given = new Set<number>();
  /** On this machine. */
  private supervisor: number | undefined;
  private watchTimeoutMs = EXIT_WATCHER_START_MS;
  private exitCodeTimeoutMs = EXIT_CODE_MS;
  private closed = false;

  /** Starts it, and returns when its supervisor runs. Nothing is left when that fails. */
  constructor(options: WineMachineOptions) {
    this.options = options;
    const { layout, limits, installation, heapBytes } = options;
    this.inside = layout.folders;
    this.visible = [...neededFolders(installation), ...options.visible];
    this.groups = layout.sandbox ? planControlGroups(layout.name, limits) : { folders: [], settings: [] };
    this.notes = new StatusNotes(this.notesPipe.read);
    this.slots = Array.from({ length: AGENTS_AT_ONCE }, () => ({ wire: new WireSlot(heapBytes), user: undefined }));
    const notes = openSync(`/proc/self/fd/${this.notesPipe.read.toString()}`, constants.O_WRONLY);
    closeSync(this.notesPipe.write);
    closeSync(this.notesPipe.inherited);
    const filter = layout.sandbox ? filterPipe(installation.root) : undefined;
    try {
      this.cleanup = this.startCleanup(notes, filter);
    } finally {
      closeSync(notes);
      if (filter !== undefined) closeSync(filter);
      closeSync(this.watchPipe.inherited);
      this.diagnostics.handDown();
      for (const { wire } of this.slots) wire.handDown();
    }
    this.ended = once(this.cleanup, 'exit');
    this.ended.catch(() => undefined);
    this.folders = this.awaitSupervisor();
    this.sandboxState = {
      sandbox: layout.sandbox,
      reason: layout.reason,
      clone: layout.mountPoint === undefined ? 'copy' : 'overlay',
      limits: this.limitsInForce(),
    };
  }

  private limitsInForce(): Partial<Limits> {
    const { layout, limits } = this.options;
    if (!layout.sandbox) return {};
    const inForce = limitsInForce(this.groups);
    return {
      memoryBytes: limits.memoryBytes,
      // Root is not bound by limits of users.
      ...(inForce.includes('processes') || !isRoot ? { processes: limits.processes } : {}),
      ...(layout.mountPoint === undefined ? {} : { diskBytes: limits.diskBytes }),
    };
  }

  private startCleanup(notes: number, filter: number | undefined): ChildProcess {
    const { layout } = this.options;
    const command = startCommand(this.options, this.visible);
    const groups = this.groups.folders;
    const settings = this.groups.settings.map(({ file, value }) => `${file}=${value.toString()}`);
    const mark = layout.possible.bubblewrap === undefined ? `WINEPREFIX=${this.inside.prefix}` : '';
    const words = [layout.made.join('\n'), groups.join('\n'), settings.join('\n'), mark, ...command];
    const slots = this.slots.flatMap(({ wire }) => wire.inherited);
    const child = spawn('/bin/sh', ['-c', CLEANUP, 'dllparity-cleanup', ...words], {
      detached: true, // Ctrl-C is the host's to handle.
      cwd: '/',
      // From the fifth on as SUPERVISOR_DESCRIPTORS says.
      stdio: [
        'pipe',
        'ignore',
        this.diagnostics.into,
        'ignore',
        'pipe',
        notes,
        this.watchPipe.inherited,
        filter ?? 'ignore',
        ...slots,
      ],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    });
    child.on('error', () => undefined); // No /bin/sh: said below, when there are no folders.
    child.unref(); // A script that forgets to close its agent ends all the same; the clean-up script then cleans up.
    for (const pipe of [child.stdin, child.stdio[4]]) {
      const stream = pipe as Writable & { unref?: () => void };
      stream.on('error', () => undefined);
      stream.unref?.();
    }
    return child;
  }

  /** Where this process finds the folders: mounts of another namespace are seen through a process in it. */
  private awaitSupervisor(): MachineFolders {
    const { layout, startTimeoutMs } = this.options;
    const start = performance.now();
    for (;;) {
      this.notes.look();
      if (this.notes.isReady && this.cleanup.pid !== undefined) {
        const [first] = linux.childrenOf(this.cleanup.pid);
        // Nothing of a DLL runs yet: it is the one that is called so.
        this.supervisor = linux.descendantsOf(this.cleanup.pid).find((pid) => isSupervisor(linux.commandLine(pid)));
        const view = layout.mountPoint === undefined ? '' : `/proc/${String(first)}/root`;
        const { prefix, temporary } = this.inside;
        if (first !== undefined && this.supervisor !== undefined)
          return { prefix: view + prefix, temporary: view + temporary };
      }
      const hasEnded = this.cleanup.pid === undefined || linux.processState(this.cleanup.pid).state !== 'running';
      if (hasEnded || performance.now() - start > startTimeoutMs) {
        void this.close();
        throw new DllparityError('AGENT_BOOT_FAILED', {
          what: `the prefix of an agent could not be ${layout.mountPoint === undefined ? 'copied' : 'mounted'}`,
          details: this.diagnostics.lines(),
          hint: 'See what the lines above say. Without bubblewrap a prefix is copied, which needs space and time (`bootTimeoutMs`).',
        });
      }
      sleep(0.5);
    }
  }

  /** Whether its processes can still be there. */
  get isAlive(): boolean {
    if (this.closed || this.supervisor === undefined) return false;
    return linux.processState(this.supervisor).state === 'running';
  }

  /** Whether further agents can start in it: a DLL may have stopped Wine's server, or the supervisor, and then nothing moves. */
  get isUsable(): boolean {
    return this.isAlive && !this.processes().some(({ pid }) => linux.isStopped(pid));
  }

  /** What the programs around the agents complain of: their last lines. */
  diagnosticLines(): string[] {
    return this.diagnostics.lines();
  }

  /**
   * The wire of an agent that is to be started; undefined when there is none, because others do not end. That of agent `except` is
   * left as it is, even when that has ended: somebody still reads its memory.
   */
  takeWire(number: number, except?: number): WireSlot | undefined {
    const end = performance.now() + SLOT_MS;
    for (;;) {
      const free = this.slots.find(
        ({ user }) => user === undefined || (user !== except && this.stateOf(user).state !== 'running'),
      );
      if (free) {
        free.user = number;
        this.notes.expect(number);
        return free.wire;
      }
      if (!this.isAlive || performance.now() > end) return undefined;
      for (const { user } of this.slots) if (user !== undefined && this.given.has(user)) this.kill(user);
      sleep(1);
    }
  }

  /** Starts an agent on the slot that was taken for it; a spare a moment later. */
  start(number: number, what: 'start' | 'spare'): void {
    const slot = this.slots.findIndex(({ user }) => user === number);
    (this.cleanup.stdio[4] as Writable).write(`${what} ${number.toString()} ${slot.toString()}\n`);
  }

  /** Nobody wants anything of an agent any more: its slot is another's when it has ended. */
  giveUp(number: number): void {
    this.given.add(number);
    this.kill(number);
  }

  /** Returns when the exit code of agent `number` is sure to be kept, all 32 bits of it: the agent has told the exit watcher of itself. */
  watch(number: number): void {
    const end = performance.now() + this.watchTimeoutMs;
    while (this.notes.of(number)?.isWatched === false) {
      // An exit watcher that does not answer is not waited for again.
      if (performance.now() > end) this.watchTimeoutMs = 0;
      if (this.watchTimeoutMs === 0) return;
      sleep(0.3);
    }
  }

  /** What has become of an agent. */
  stateOf(number: number): ProcessState {
    const notes = this.notes.of(number);
    const status = notes?.status;
    if (status === undefined) return this.isAlive ? { state: 'running' } : { state: 'ended', code: null, signal: null };
    // A DLL can write notes too. The process table of this machine cannot be talked into anything.
    const pid = this.pids.get(number);
    if (pid !== undefined && linux.processState(pid).state === 'running') return { state: 'running' };
    const code = this.exitCode(number, status);
    // The shell says 128 and the signal's number; a code that Windows knows of says otherwise.
    if (code !== undefined && ((code & 0xff) === status || status <= 128))
      return { state: 'ended', code, signal: null };
    if (FATAL.has(status - 128)) return { state: 'ended', code: null, signal: status - 128 };
    // One that never got so far as to be watched has not ended by Windows's means.
    return { state: 'ended', code: code ?? (notes?.isWatched ? null : status), signal: null };
  }

  /** When an agent ended, by performance.now(), once the supervisor has noted it. */
  endedMs(number: number): number | undefined {
    return this.notes.of(number)?.endedMs;
  }

  /** The exit watcher hears of the end at about the time when we do. */
  private exitCode(number: number, status: number): number | undefined {
    if (!this.notes.of(number)?.isWatched) return undefined;
    const isSignal = FATAL.has(status - 128);
    const start = performance.now();
    const end = start + (isSignal ? EXIT_CODE_OF_SIGNAL_MS : this.exitCodeTimeoutMs);
    for (let check = start + EXIT_WATCHER_CHECK_MS; ;) {
      const code = this.notes.of(number)?.exitCode;
      const now = performance.now();
      if (code !== undefined || !this.isAlive) return code;
      if (now > end) {
        // An exit watcher that hangs is not waited for so long again.
        if (!isSignal) this.exitCodeTimeoutMs = EXIT_CODE_OF_SIGNAL_MS;
        return undefined;
      }
      if (now > check) {
        if (!this.hasExitWatcher()) return this.notes.of(number)?.exitCode;
        check = performance.now() + EXIT_WATCHER_CHECK_MS;
      }
      sleep(0.5);
    }
  }

  /** A DLL may have ended it. */
  private hasExitWatcher(): boolean {
    return this.processes().some((each) => /dllparity-exit-watcher\.exe\0/.test(each.arguments));
  }

  /** Removes what is known of an agent that has long ended. */
  forget(number: number): void {
    this.notes.forget(number);
    this.pids.delete(number);
    this.given.delete(number);
  }

  /** The process of an agent on this machine, once it has got so far. */
  pidOf(number: number): number | undefined {
    let pid = this.pids.get(number);
    if (pid === undefined) {
      const arguments_ = `\0${number.toString()}\0Z:\\proc\\`;
      pid = this.agentProcesses().find(({ arguments: text }) => text.includes(arguments_))?.pid;
      if (pid !== undefined) this.pids.set(number, pid);
    }
    return pid;
  }

  /** Ends an agent, wherever it is. */
  kill(number: number): void {
    const pid = this.pidOf(number);
    if (pid !== undefined) endProcess(pid);
  }

  /**
   * The processes that the supervisor has started for agents. What a DLL has started, be it a copy of its own process, has another
   * parent.
   */
  private agentProcesses(): { readonly pid: number; readonly arguments: string }[] {
    const shells = this.supervisor === undefined ? [] : linux.childrenOf(this.supervisor);
    return shells
      .flatMap((shell) => linux.childrenOf(shell))
      .map((pid) => ({ pid, arguments: linux.commandLine(pid) }));
  }

  /** Processes in it that are neither agents nor Wine's own: a DLL has started them. */
  children(): ChildProcessInfo[] {
    const agents = new Set(this.agentProcesses().map(({ pid }) => pid));
    return this.processes()
      .filter(({ pid, arguments: text }) => !agents.has(pid) && !isOwnProgram(text))
      .map(({ pid, arguments: text }) => ({ pid, command: text.split('\0').join(' ').trim() }));
  }

  /** Ends those processes, and says which they were. Returns when they are gone, or after a moment. */
  endChildren(): ChildProcessInfo[] {
    const children = this.children();
    for (const { pid } of children) endProcess(pid);
    awaitEnds(children);
    return children;
  }

  /** Everything below the clean-up script; without a process namespace what Wine has started is not there. */
  private processes(): { readonly pid: number; readonly arguments: string }[] {
    const { bubblewrap } = this.options.layout.possible;
    const pids =
      bubblewrap === undefined
        ? linux.processesWith(`WINEPREFIX=${this.inside.prefix}`)
        : linux.descendantsOf(this.cleanup.pid ?? 0);
    return pids.map((pid) => ({ pid, arguments: linux.commandLine(pid) })).filter((it) => it.arguments !== '');
  }

  /** Whether programs in it see a path of this machine. */
  sees(path: string): boolean {
    if (!this.sandboxState.sandbox) return true;
    return path.startsWith(this.folders.prefix) || isVisible(path, this.visible);
  }

  /** Ends everything and removes it. Resolves when nothing is left. */
  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      this.cleanup.ref();
      this.cleanup.stdin?.destroy();
      (this.cleanup.stdio[4] as Writable).destroy();
      for (const { wire } of this.slots) wire.close();
      this.diagnostics.close();
      this.notes.close();
      for (const end of [this.watchPipe.read, this.watchPipe.write]) closeSync(end);
    }
    await this.ended;
    // The clean-up script has done that, unless somebody has killed it.
    for (const group of this.groups.folders) removeControlGroup(group);
    for (const folder of this.options.layout.made) rmSync(folder, { recursive: true, force: true });
  }
}

/** bubblewrap and the clean-up script have the same words behind their own. */
function isSupervisor(commandLine: string): boolean {
  return commandLine.startsWith('/bin/sh\0') && commandLine.endsWith('\0dllparity-supervisor\0');
}
