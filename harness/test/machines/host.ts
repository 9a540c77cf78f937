// Starts host-program.ts, and says what it has left when it has ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { currentHost } from '../../machines/current-host.ts';
import { isBelow, isRunning, mountsOf, processesIn, tracesOf } from '../calls/agent/processes.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = fileURLToPath(new URL('host-program.ts', import.meta.url));

export class Host {
  readonly pid: number;
  private readonly ended: Promise<unknown>;
  private readonly lines: AsyncIterator<string>;
  private pids: readonly number[] = [];
  private mounts = mountsOf([]);

  /** In a process group of its own, as a shell would. */
  constructor(...args: string[]) {
    const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    this.pid = child.pid ?? 0;
    this.ended = once(child, 'exit');
    this.lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  }

  /** Waits until it begins to boot its agent. */
  async booting(): Promise<void> {
    if ((await this.lines.next()).value !== 'booting') throw new Error('the program has not come so far');
  }

  /** Waits until its agent is ready. */
  async ready(): Promise<this> {
    await this.booting();
    if ((await this.lines.next()).done) throw new Error('the program ended before its agent was ready');
    this.look();
    return this;
  }

  /** Remembers what belongs to it now. */
  look(): void {
    this.pids = currentHost().descendantsOf(this.pid);
    this.mounts = mountsOf(this.pids, 30); // The guard may just be starting something.
  }

  /** How many processes it had when we looked. */
  get processes(): number {
    return this.pids.length;
  }

  /** Sends a signal to the group, as Ctrl-C does. It is stopped before, so that nothing happens between the look and the signal. */
  async end(signal: NodeJS.Signals): Promise<void> {
    if (signal === 'SIGKILL') {
      process.kill(-this.pid, 'SIGSTOP');
      this.look();
    }
    process.kill(-this.pid, signal);
    await this.ended;
  }

  /** Resolves when it has ended by itself. */
  async hasEnded(): Promise<void> {
    await this.ended;
  }

  /** What is left after at most five seconds: processes, and names of files, folders and control groups. */
  async left(): Promise<(string | number)[]> {
    const end = performance.now() + 5000;
    for (;;) {
      // The numbers of namespaces are used again at once, by agents of the other worker for example. What is left of ours has no parent.
      const inside = processesIn(this.mounts).filter((pid) => !isBelow(pid, process.ppid));
      const left = [...this.pids.filter(isRunning), ...inside, ...tracesOf(this.pid)];
      if (left.length === 0 || performance.now() > end) return left;
      await sleep(50);
    }
  }
}
