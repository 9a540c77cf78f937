// A prefix, and the processes in it: started, watched and ended without the event loop, which calls block.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants as system } from 'node:os';
import { basename, join } from 'node:path';
import type { Writable } from 'node:stream';
import { DllparityError } from '../errors.ts';
import { currentPlatform, type ProcessState } from '../platform/index.ts';
import { isRoot, mountWords } from './capabilities.ts';
import { type ControlGroups, limitsInForce, planControlGroups, removeControlGroup } from './control-groups.ts';
import { type Confinement, type HomeFolders, type HomeLayout, type Limits, neededFolders } from './home-layout.ts';
import { errorPipe, textIn } from './error-pipe.ts';
import { awaitEnds, type ChildProcessInfo, endProcess, isOwnProgram } from './home-processes.ts';
import { nap } from './nap.ts';
import { isVisible, openWords, sandboxWords, type VisibleFolder } from './sandbox-words.ts';
import { COPY, GUARD, superviseScript } from './scripts.ts';
import {
  agentCommand,
  agentFolder,
  endAllCommands,
  serverCommand,
  wardenCommand,
  type WineOptions,
} from './wine-environment.ts';

export interface HomeOptions extends WineOptions {
  readonly template: string;
  readonly layout: HomeLayout;
  readonly limits: Limits;
  /** Folders of this machine that programs see besides what agents need. */
  readonly visible: readonly VisibleFolder[];
  /** Bytes of one agent's part of the wire. */
  readonly heapBytes: number;
  readonly startTimeoutMs: number;
}

// The wire holds an agent's memory, that of its successor, and of one that is just ending.
const AGENTS_AT_ONCE = 4;
const WIRE_EXTRA = 1 << 20;
/** Handles of all processes of a prefix together, since Wine's server holds them all. */
const OPEN_FILES = '8192';
/** How long the warden may take to start: it does so at the same time as the first agent. */
const WARDEN_START_MS = 500;
/** How long the exit code of a process may come after its end. */
const WARDEN_MS = 150;
const FATAL = new Set<number>(['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTERM', 'SIGSYS', 'SIGTRAP'].map((name) => system.signals[name as NodeJS.Signals])); // prettier-ignore

/** One prefix, its processes, and what stands around them. */
export class Home {
  readonly confinement: Confinement;
  /** Folders as this process sees them. */
  readonly folders: HomeFolders;
  /** The folders as programs in the home see them. */
  readonly inside: HomeFolders;
  private readonly options: HomeOptions;
  private readonly visible: readonly VisibleFolder[];
  private readonly groups: ControlGroups;
  private readonly guard: ChildProcess;
  private readonly ended: Promise<unknown>;
  /** Agents whose exit codes are being noted. */
  private readonly watched = new Set<number>();
  private warden: number | undefined;
  private patienceMs = WARDEN_START_MS;
  private closed = false;

  /** Starts it, and returns when folders are there. Nothing is left when that fails. */
  constructor(options: HomeOptions) {
    this.options = options;
    const { layout, limits, installation } = options;
    this.inside = layout.folders;
    this.visible = [...neededFolders(installation, agentFolder), ...options.visible];
    this.groups = layout.sandbox ? planControlGroups(layout.name, limits) : { folders: [], settings: [] };
    const { into, out } = errorPipe(layout.name);
    try {
      this.guard = this.startGuard(into);
      this.ended = once(this.guard, 'exit');
      this.ended.catch(() => undefined);
      this.folders = this.awaitFolders(out);
      currentPlatform().makePipe(join(this.folders.wire, 'warden'));
      this.warden = openSync(join(this.folders.wire, 'warden'), constants.O_RDWR | constants.O_NONBLOCK);
      this.confinement = {
        sandbox: layout.sandbox,
        reason: layout.reason,
        clone: layout.mountPoint === undefined ? 'copy' : 'overlay',
        limits: this.limitsInForce(),
      };
    } finally {
      for (const end of [into, out]) closeSync(end);
    }
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

  private startGuard(errors: number): ChildProcess {
    const { layout } = this.options;
    const command = [
      ...this.folderWords(),
      ...this.walls(),
      '/bin/sh',
      '-c',
      this.supervisor(),
      'dllparity-supervisor',
    ];
    const groups = this.groups.folders;
    const settings = this.groups.settings.map(({ file, value }) => `${file}=${value.toString()}`);
    const mark = layout.possible.bubblewrap === undefined ? `WINEPREFIX=${this.inside.prefix}` : '';
    const words = [layout.made.join('\n'), groups.join('\n'), settings.join('\n'), mark, ...command];
    const child = spawn('/bin/sh', ['-c', GUARD, 'dllparity-guard', ...words], {
      detached: true, // Ctrl-C is the host's to handle.
      cwd: '/',
      stdio: ['pipe', 'ignore', errors, 'ignore', 'pipe'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
    });
    child.on('error', () => undefined); // No /bin/sh: said below, when there are no folders.
    child.unref(); // A script that forgets to close its agent ends all the same; the guard then cleans up.
    for (const pipe of [child.stdin, child.stdio[4]]) {
      const stream = pipe as Writable & { unref?: () => void };
      stream.on('error', () => undefined);
      stream.unref?.();
    }
    return child;
  }

  /** What stands before the walls: a command that makes the folders. */
  private folderWords(): string[] {
    const { layout, template, limits, heapBytes } = this.options;
    const { prefix, wire, logs, temporary } = this.inside;
    if (layout.mountPoint === undefined)
      return ['/bin/sh', '-c', COPY, 'dllparity-copy', template, prefix, wire, logs, temporary];
    const wireBytes = heapBytes * AGENTS_AT_ONCE + WIRE_EXTRA;
    return mountWords(layout.mountPoint, template, limits.diskBytes, wireBytes);
  }

  private walls(): string[] {
    const { installation, layout } = this.options;
    const { bubblewrap } = layout.possible;
    if (bubblewrap === undefined) return [...installation.launcher];
    if (!layout.sandbox) return openWords(bubblewrap, installation.launcher);
    const { prefix, wire, logs, temporary } = this.inside;
    return sandboxWords({
      bubblewrap,
      root: installation.root,
      programs: [installation.wine, installation.wineserver],
      own: [prefix, wire, logs],
      temporary,
      visible: this.visible,
    });
  }

  private supervisor(): string {
    const { limits, layout } = this.options;
    const { prefix, wire, logs } = this.inside;
    const home = layout.sandbox ? '/tmp' : (process.env['HOME'] ?? '/');
    const place = { prefix, wire, home };
    const kibibytes = Math.ceil(limits.memoryBytes / 1024).toString();
    return superviseScript({
      wire,
      logs,
      agent: agentCommand(this.options, place),
      serverFolder:
        layout.server === undefined ? undefined : { file: join(prefix, 'wineserver'), name: basename(layout.server) },
      server: serverCommand(this.options, place),
      warden: wardenCommand(this.options, place),
      limits: layout.sandbox
        ? [`-d ${kibibytes}`, ...(isRoot ? [] : [processLimit(limits.processes)]), `-n ${OPEN_FILES}`, '-c 0']
        : ['-c 0'],
      endAll: layout.possible.bubblewrap === undefined ? endAllCommands(this.options, place) : [],
    });
  }

  /** Where this process finds the folders: mounts of another namespace are seen through a process in it. */
  private awaitFolders(errors: number): HomeFolders {
    const { layout, startTimeoutMs } = this.options;
    const start = performance.now();
    for (;;) {
      const [process] = currentPlatform().childrenOf(this.guard.pid ?? 0);
      const view = layout.mountPoint === undefined ? '' : `/proc/${String(process)}/root`;
      if (process !== undefined && existsSync(join(view, this.inside.wire, 'ready'))) {
        const { prefix, wire, logs, temporary } = this.inside;
        return { prefix: view + prefix, wire: view + wire, logs: view + logs, temporary: view + temporary };
      }
      const hasEnded =
        this.guard.pid === undefined || currentPlatform().processState(this.guard.pid).state !== 'running';
      if (hasEnded || performance.now() - start > startTimeoutMs) {
        void this.close();
        throw new DllparityError('AGENT_BOOT_FAILED', {
          what: `the prefix of an agent could not be ${layout.mountPoint === undefined ? 'copied' : 'mounted'}`,
          details: textIn(errors).trim().split('\n'),
          hint: 'See what the lines above say. Without bubblewrap a prefix is copied, which needs space and time (`bootTimeoutMs`).',
        });
      }
      nap(0.5);
    }
  }

  /** Whether its processes can still be there. */
  get isAlive(): boolean {
    const { pid } = this.guard;
    if (this.closed || pid === undefined) return false;
    // What the guard has started ends with the home; the guard itself waits for this process.
    return existsSync(this.folders.wire) && currentPlatform().childrenOf(pid).length > 0;
  }

  /** Starts an agent, whose files lie on the wire under this number; a spare a moment later. */
  start(number: number, what: 'start' | 'spare'): void {
    (this.guard.stdio[4] as Writable).write(`${what} ${number.toString()}\n`);
  }

  /** Returns when the exit code of agent `number` is sure to be kept, all 32 bits of it: the agent has told the warden of itself. */
  watch(number: number): void {
    this.watched.add(number);
    const end = performance.now() + this.patienceMs;
    while (!existsSync(join(this.folders.wire, `watched-${number.toString()}`))) {
      // A warden that does not answer is not waited for again.
      if (performance.now() > end) this.patienceMs = 0;
      if (this.patienceMs === 0) return;
      nap(0.3);
    }
  }

  /** What has become of an agent. */
  stateOf(number: number): ProcessState {
    const status = this.numberIn(`status-${number.toString()}`);
    if (status === undefined) return this.isAlive ? { state: 'running' } : { state: 'ended', code: null, signal: null };
    const code = this.exitCode(number, status);
    // The shell says 128 and the signal's number; a code that Windows knows of says otherwise.
    if (code !== undefined && ((code & 0xff) === status || status <= 128))
      return { state: 'ended', code, signal: null };
    if (FATAL.has(status - 128)) return { state: 'ended', code: null, signal: status - 128 };
    // One that never got so far as to be watched has not ended by Windows's means.
    return { state: 'ended', code: code ?? (this.watched.has(number) ? null : status), signal: null };
  }

  /** When an agent ended, by performance.now(), once the supervisor has noted it. */
  endedMs(number: number): number | undefined {
    const file = join(this.folders.wire, `status-${number.toString()}`);
    const noted = statSync(file, { throwIfNoEntry: false });
    return noted && performance.now() - (Date.now() - noted.mtimeMs);
  }

  /** The warden hears of the end at about the time when we do. */
  private exitCode(number: number, status: number): number | undefined {
    if (!this.watched.has(number)) return undefined;
    const end = performance.now() + (FATAL.has(status - 128) ? WARDEN_MS / 5 : WARDEN_MS);
    for (;;) {
      const code = this.numberIn(`exit-${number.toString()}`);
      if (code !== undefined || performance.now() > end || !this.isAlive) return code;
      nap(0.5);
    }
  }

  /** Removes what is known of an agent that has long ended. */
  forget(number: number): void {
    if (!this.watched.delete(number)) return;
    const { wire, logs } = this.folders;
    for (const kind of ['status', 'watched', 'exit'])
      rmSync(join(wire, `${kind}-${number.toString()}`), { force: true });
    for (const kind of ['out', 'err']) rmSync(join(logs, `agent-${number.toString()}.${kind}`), { force: true });
  }

  private numberIn(name: string): number | undefined {
    try {
      const text = readFileSync(join(this.folders.wire, name), 'utf8');
      // A file without text: a DLL has filled the wire. The process has ended all the same.
      return text === '' ? 1 : Number(text);
    } catch {
      return undefined;
    }
  }

  /** The process of an agent on this machine, once it has got so far. */
  pidOf(number: number): number | undefined {
    const argument = `${this.inside.wire.replaceAll('/', '\\')}\0${number.toString()}\0`;
    return this.processes().find(({ arguments: text }) => text.includes(argument))?.pid;
  }

  /** Ends an agent, wherever it is. */
  kill(number: number): void {
    const pid = this.pidOf(number);
    if (pid !== undefined) endProcess(pid);
  }

  /** Processes in the home that are neither agents nor Wine's own: a DLL has started them. */
  children(): ChildProcessInfo[] {
    const agents = `${this.inside.wire.replaceAll('/', '\\')}\0`;
    return this.processes()
      .filter(({ arguments: text }) => !text.includes(agents) && !isOwnProgram(text))
      .map(({ pid, arguments: text }) => ({ pid, command: text.split('\0').join(' ').trim() }));
  }

  /** Ends those processes, and says which they were. Returns when they are gone, or after a moment. */
  endChildren(): ChildProcessInfo[] {
    const children = this.children();
    for (const { pid } of children) endProcess(pid);
    awaitEnds(children);
    return children;
  }

  /** Everything below the guard; without a process namespace what Wine has started is not there. */
  private processes(): { readonly pid: number; readonly arguments: string }[] {
    const platform = currentPlatform();
    const { bubblewrap } = this.options.layout.possible;
    const pids =
      bubblewrap === undefined
        ? platform.processesWith(`WINEPREFIX=${this.inside.prefix}`)
        : platform.descendantsOf(this.guard.pid ?? 0);
    return pids.map((pid) => ({ pid, arguments: platform.commandLine(pid) })).filter((it) => it.arguments !== '');
  }

  /** Whether programs in the home see a path of this machine. */
  sees(path: string): boolean {
    if (!this.confinement.sandbox) return true;
    return path.startsWith(this.folders.prefix) || isVisible(path, this.visible);
  }

  /** Ends everything and removes it. Resolves when nothing is left. */
  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      if (this.warden !== undefined) closeSync(this.warden);
      this.warden = undefined;
      this.guard.ref();
      this.guard.stdin?.destroy();
      (this.guard.stdio[4] as Writable).destroy();
    }
    await this.ended;
    // The guard has done that, unless somebody has killed it.
    for (const group of this.groups.folders) removeControlGroup(group);
    for (const folder of this.options.layout.made) rmSync(folder, { recursive: true, force: true });
  }
}

/** Shells do not agree on the letter. */
function processLimit(processes: number): string {
  return `-u ${processes.toString()} 2>/dev/null || ulimit -p ${processes.toString()}`;
}
