import { findProgram } from './find-program.mjs';
import { runProgram } from './run-program.mjs';

/**
 * What to put before a command so that it runs as root; undefined when this user cannot become root without a password.
 * @param {{ readonly env: NodeJS.ProcessEnv, readonly signal: AbortSignal }} context
 * @returns {Promise<readonly string[] | undefined>}
 */
export async function asRoot({ env, signal }) {
  if (process.getuid?.() === 0) return [];
  if (findProgram(['sudo'], env) === undefined) return undefined;
  const { code } = await runProgram('sudo', ['-n', 'true'], { env, signal });
  return code === 0 ? ['sudo', '-n'] : undefined;
}
