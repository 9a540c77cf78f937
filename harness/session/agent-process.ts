import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { DllparityError } from '../errors.ts';
import { setupCommand } from '../package-root.ts';
import { currentPlatform, type ProcessState } from '../platform/index.ts';
import { launchAgent, type LaunchOptions } from '../runtime/launch.ts';

/** Signals that end an agent; other codes above 128 are taken for the low byte of a Windows exit code. */
const FATAL = new Set<number>([constants.signals.SIGKILL, constants.signals.SIGSEGV, constants.signals.SIGABRT]);

/** Nobody wakes it: a wait on it is a sleep. */
const napping = new Int32Array(new SharedArrayBuffer(4));

/** One agent process, from its start to its end, watched without the event loop: calls block that. */
export class AgentProcess {
  /** Of the launcher, where there is one: it ends with the agent, and the agent with it. */
  readonly pid: number;
  /** Files that its output goes to. */
  readonly logFiles: { readonly stdout: string; readonly stderr: string };
  private readonly child: ChildProcess;
  private readonly launched: boolean;

  /** Throws WINE_NOT_FOUND when it cannot be started at all. */
  constructor(options: LaunchOptions, onExit: (pid: number) => void) {
    this.logFiles = { stdout: options.stdout, stderr: options.stderr };
    this.launched = options.installation.launcher.length > 0;
    this.child = launchAgent(options);
    this.child.unref(); // A script that forgets to close its agent ends all the same; the guardian then cleans up.
    this.child.on('error', () => undefined); // Said below: spawning failed, and there is no pid.
    const { pid } = this.child;
    if (pid === undefined) {
      throw new DllparityError('WINE_NOT_FOUND', {
        what: 'Wine could not be started',
        where: { file: options.installation.wine },
        hint: `Check the option \`wine\` (or DLLPARITY_WINE); \`${setupCommand}\` installs one.`,
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
    const ended = exitCode !== null || signalCode !== null;
    const signal = signalCode === null ? null : constants.signals[signalCode];
    const state: ProcessState = ended
      ? { state: 'ended', code: exitCode, signal }
      : currentPlatform().processState(this.pid);
    return this.launched ? behindLauncher(state) : state;
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
    // A launcher that has lost its program reaps it and ends. The other way round the program would be an orphan, which Wine's
    // server takes for alive until process 1 reaps it, and in a container that may be never.
    const programs = this.launched ? currentPlatform().childrenOf(this.pid) : [];
    for (const pid of programs.length > 0 ? programs : [this.pid]) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
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

/** A launcher whose program was ended by a signal exits with 128 and the signal's number, as a shell does. */
function behindLauncher(state: ProcessState): ProcessState {
  if (state.state !== 'ended' || state.code === null) return state;
  return FATAL.has(state.code - 128) ? { state: 'ended', code: null, signal: state.code - 128 } : state;
}

/** A state in words. */
export function describeState(state: ProcessState): string {
  if (state.state !== 'ended') return 'its process is gone';
  return state.signal === null ? `exit code ${String(state.code)}` : `signal ${state.signal.toString()}`;
}
