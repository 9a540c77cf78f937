// Half-written files of a run that is killed: nobody in it can remove them.
import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** Its input ends with the process that has started it. */
const CLEANUP = 'read -r _; rm -rf -- "$@"';

/** Removes these files and folders when this process has ended, however it ends. What has been renamed by then stays. */
export function removeAtExit(paths: readonly string[]): void {
  const child = spawn('/bin/sh', ['-c', CLEANUP, 'dllparity-files', ...paths], {
    detached: true, // Ctrl-C is not for it.
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
  });
  child.on('error', () => undefined);
  child.unref();
  const input = child.stdin as Writable & { unref?: () => void };
  input.on('error', () => undefined);
  input.unref?.();
}
