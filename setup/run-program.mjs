import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Interrupted, SetupError } from './setup-error.mjs';

const KILL_AFTER_MS = 5000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal} [signal]
 * @property {(line: string) => void} [onLine] Called with each line of either stream as it comes.
 * @property {number} [outputFile] File descriptor for both streams, instead of pipes: for programs that leave children behind.
 * @property {boolean} [finishWhenInterrupted] Ctrl-C asks the program to stop, and waits until it has.
 * @property {(group: number) => readonly string[]} [interruptBy] The same, for a program whose children have to be asked too: the command
 *   that asks its process group.
 */

/**
 * Runs a program to its end. A non-zero exit is a result, not an error; only a program that cannot be started throws.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ readonly code: number, readonly lines: readonly string[] }>}
 */
export async function runProgram(program, args, options = {}) {
  const { signal, onLine, outputFile } = options;
  if (signal?.aborted) throw new Interrupted();
  const output = outputFile ?? 'pipe';
  const finishes = options.finishWhenInterrupted === true || options.interruptBy !== undefined;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', output, output],
    // Its own process group keeps a terminal's Ctrl-C away from it.
    detached: finishes,
  });
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      onLine?.(line);
    });
  }

  /** @type {NodeJS.Timeout | undefined} */
  let killTimer;
  const stop = () => {
    if (finishes) {
      const [asker, ...words] = options.interruptBy?.(child.pid ?? 0) ?? [];
      if (asker === undefined) child.kill('SIGINT');
      // When the asking fails, the program ends when it is done.
      else spawn(asker, words, { stdio: 'ignore' }).on('error', () => undefined);
      return;
    }
    child.kill('SIGTERM');
    killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
  };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      // With pipes wait until they are drained; with a file, children that outlive the program must not be waited for.
      child.once(outputFile === undefined ? 'close' : 'exit', (exitCode) => {
        resolve(exitCode ?? 1);
      });
    });
    if (signal?.aborted) throw new Interrupted();
    return { code, lines };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new SetupError(
      `${program} could not be started: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
      },
    );
  } finally {
    clearTimeout(killTimer);
    signal?.removeEventListener('abort', stop);
  }
}

/**
 * The last lines that say something.
 * @param {readonly string[]} lines
 * @param {number} count
 */
export function lastLines(lines, count) {
  return lines.filter((line) => line.trim() !== '').slice(-count);
}
