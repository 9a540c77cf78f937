import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { DllparityError } from '../errors.ts';
import { currentPlatform, type ProcessState } from '../platform/index.ts';
import { launchAgent, type LaunchOptions } from '../runtime/launch.ts';

/** Nobody wakes it: a wait on it is a sleep. */
const napping = new Int32Array(new SharedArrayBuffer(4));

/** One agent process, from its start to its end, watched without the event loop: calls block that. */
export class AgentProcess {
  readonly pid: number;
  /** Files that its output goes to. */
  readonly logFiles: { readonly stdout: string; readonly stderr: string };
  private readonly child: ChildProcess;

  /** Throws WINE_NOT_FOUND when it cannot be started at all. */
  constructor(options: LaunchOptions, onExit: (pid: number) => void) {
    this.logFiles = { stdout: options.stdout, stderr: options.stderr };
    this.child = launchAgent(options);
    this.child.unref(); // A script that forgets to close its agent ends all the same; the guardian then cleans up.
    this.child.on('error', () => undefined); // Said below: spawning failed, and there is no pid.
    const { pid } = this.child;
    if (pid === undefined) {
      throw new DllparityError('WINE_NOT_FOUND', {
        what: 'Wine could not be started',
        where: { file: options.installation.wine },
        hint: 'Check the option `wine` (or DLLPARITY_WINE); `npm run setup` installs one.',
      });
    }
    this.pid = pid;
    this.child.once('exit', () => {
      onExit(pid);
    });
  }

  /** What the system says of the process, without waiting. */
  state(): ProcessState {
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) return currentPlatform().processState(this.pid);
    return { state: 'ended', code: exitCode, signal: signalCode === null ? null : constants.signals[signalCode] };
  }

  /** Waits for the process to be dead, which its doorbells may tell a moment earlier than the process table. */
  awaitEnd(limitMs: number): ProcessState {
    const start = performance.now();
    for (;;) {
      const state = this.state();
      if (state.state !== 'running' || performance.now() - start > limitMs) return state;
      Atomics.wait(napping, 0, 0, 1);
    }
  }

  kill(): void {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }

  /** The last lines that the agent and Wine have written. */
  logTail(lines: number): string[] {
    return [this.logFiles.stdout, this.logFiles.stderr].flatMap((path) => {
      try {
        const text = readFileSync(path, 'utf8').split(/\r?\n/);
        return text.filter((line) => line !== '').slice(-lines);
      } catch {
        return [];
      }
    });
  }
}

/** A state in words. */
export function describeState(state: ProcessState): string {
  if (state.state !== 'ended') return 'its process is gone';
  return state.signal === null ? `exit code ${String(state.code)}` : `signal ${state.signal.toString()}`;
}
