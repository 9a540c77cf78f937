import { spawn } from 'node:child_process';
import { once } from 'node:events';

// Reads process ids from the harness until the pipe ends, however the harness ends: then ends the processes and the
// prefix's Wine server, and removes the folders. It has a session of its own, so that Ctrl-C does not reach it.
const SCRIPT = `
wineserver=$1; prefix=$2; share=$3; pids=""
while read -r verb pid; do
  case $verb in
    watch) pids="$pids $pid" ;;
    forget) kept=""; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
  esac
done
for p in $pids; do kill -9 "$p" 2>/dev/null; done
WINEPREFIX=$prefix "$wineserver" -k 2>/dev/null
WINEPREFIX=$prefix "$wineserver" -w 2>/dev/null
rm -rf "$share" "$prefix"
`;

/** Cleans up after a prefix whatever happens to this process, SIGKILL included. */
export interface Guardian {
  watch(pid: number): void;
  forget(pid: number): void;
  /** Cleans up now. Resolves when nothing is left. */
  finish(): Promise<void>;
}

export function startGuardian(wineserver: string, prefix: string, share: string): Guardian {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'dllparity-guardian', wineserver, prefix, share], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    // Wine's programs would inherit the terminal's locale and display; the guardian needs neither.
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: process.env['HOME'] ?? '/' },
  });
  child.on('error', () => undefined); // No /bin/sh: cleaning up is then left to finish() failing visibly below.
  const pipe = child.stdin;
  pipe.on('error', () => undefined);
  // Neither the child nor its pipe may keep a finished run alive.
  child.unref();
  (pipe as unknown as { unref?: () => void }).unref?.();
  const ended = once(child, 'exit');
  ended.catch(() => undefined);

  return {
    watch: (pid) => void pipe.write(`watch ${pid.toString()}\n`),
    forget: (pid) => void pipe.write(`forget ${pid.toString()}\n`),
    async finish() {
      child.ref();
      pipe.end();
      await ended;
    },
  };
}
