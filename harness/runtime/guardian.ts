import { spawn } from 'node:child_process';
import { once } from 'node:events';

// Reads process ids from the harness until the pipe ends, however the harness ends: then ends the processes and the
// prefix's Wine server, and removes the folders, that of the server's sockets too: Debian's Wine names it in the prefix.
// Behind a launcher its child is ended, which the launcher then reaps. A server whose last program has ended and been
// reaped ends by itself, sooner than one that is told to. The guardian has a session of its own: Ctrl-C does not reach it.
const SCRIPT = `
prefix=$1; share=$2; pids=""; shift 2
while read -r verb pid; do
  case $verb in
    watch) pids="$pids $pid" ;;
    forget) kept=""; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
  esac
done
for p in $pids; do
  inner=""; [ $# -gt 1 ] && inner=$(cat "/proc/$p/task/$p/children" 2>/dev/null)
  kill -9 \${inner:-$p} 2>/dev/null
done
export WINEPREFIX=$prefix
if ! timeout 0.5 "$@" -w 2>/dev/null; then "$@" -k 2>/dev/null; "$@" -w 2>/dev/null; fi
sockets=$(cat "$prefix/wineserver" 2>/dev/null)
case $sockets in */*) ;; wine-?*) rm -rf "/tmp/$sockets" ;; esac
rm -rf "$share" "$prefix"
`;

/** Cleans up after a prefix whatever happens to this process, SIGKILL included. */
export interface Guardian {
  watch(pid: number): void;
  forget(pid: number): void;
  /** Cleans up now. Resolves when nothing is left. */
  finish(): Promise<void>;
}

/** @param wineserver the words of its command line */
export function startGuardian(wineserver: readonly string[], prefix: string, share: string): Guardian {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'dllparity-guardian', prefix, share, ...wineserver], {
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
