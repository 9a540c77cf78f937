import { execa, type Options } from 'execa';

/** A failure that the one who runs the command can do something about. */
export class CleanRoomError extends Error {}

export function say(text: string): void {
  process.stdout.write(`   ${text}\n`);
}

/** What stands before a command so that its processes and mounts go when this process goes, whatever ends it. */
export const IN_NAMESPACE = [
  ...['setpriv', '--pdeathsig', 'KILL'],
  ...['unshare', '--mount', '--pid', '--fork', '--kill-child=KILL'],
];

/** Runs a program that has to succeed; its last words stand in the error otherwise. */
export async function succeed(program: string, args: readonly string[], options: Options = {}): Promise<void> {
  const result = await execa(program, args, {
    killSignal: 'SIGKILL',
    ...options,
    reject: false,
    all: true,
    stdin: 'ignore',
  });
  if (!result.failed) return;
  options.cancelSignal?.throwIfAborted();
  const words = typeof result.all === 'string' ? result.all.trim().split('\n').slice(-8) : [];
  throw new CleanRoomError(
    [`${program} failed (${result.shortMessage ?? 'no reason given'})`, ...words].join('\n     '),
  );
}

/** What a program prints; nothing when it cannot be run. */
export async function outputOf(program: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { stdout } = await execa(program, args, { ...options, reject: false, stderr: 'ignore' });
  return typeof stdout === 'string' ? stdout : '';
}
