// The three shell scripts between this process and Wine. They use what every POSIX shell has.
//
//   guard       outside everything: starts the rest, and cleans up when this process ends, however it ends
//   mount       where folders can be mounted: the prefix over its template, and bounded folders, in a mount namespace of their own
//   supervise   inside: starts agents and says how they have ended

/**
 * Arguments: folders to remove at the end, the control groups to enter, both separated by newlines; then the command.
 *
 * Its standard input ends with this process, and with it what it has started: killing bubblewrap's outer process ends its whole
 * process namespace. Without one the supervisor, whose input ends at the same time, ends what it has started.
 */
export const GUARD = `
folders=$1 groups=$2 namespace=$3; shift 3
IFS='
'
(
  for group in $groups; do echo 0 >"$group/cgroup.procs"; done
  exec "$@"
) <&4 4<&- &
chain=$!
exec 4<&-
read -r _
if [ "$namespace" = yes ]; then kill -9 $chain 2>/dev/null; fi
wait $chain 2>/dev/null
for folder in $folders; do rm -rf "$folder"; done
for group in $groups; do
  for again in 1 2 3 4 5 6 7 8 9 10; do
    rmdir "$group" 2>/dev/null || [ ! -d "$group" ] && break
    sleep 0.05
  done
done
`;

/**
 * Arguments: the folder to mount on, the template, bytes for what Wine and DLLs write, bytes for the wire, more options of the
 * overlay; then the command.
 *
 * Everything lies in memory and in this namespace, so it is gone with its last process, and the template cannot be written to.
 */
export const MOUNT = `
set -e
at=$1 template=$2 disk=$3 wire=$4 options=$5; shift 5
mount -t tmpfs -o size=1m,mode=0700 dllparity "$at"
mkdir "$at/disk" "$at/wire" "$at/prefix"
mount -t tmpfs -o "size=$disk,mode=0700" dllparity "$at/disk"
mount -t tmpfs -o "size=$wire,mode=0700" dllparity "$at/wire"
mkdir "$at/disk/upper" "$at/disk/work" "$at/disk/tmp" "$at/disk/logs"
chmod 1777 "$at/disk/tmp"
mount -t overlay -o "lowerdir=$template,upperdir=$at/disk/upper,workdir=$at/disk/work$options" dllparity "$at/prefix"
chmod 0700 "$at/prefix"
: >"$at/wire/ready"
exec "$@"
`;

/** One word of a command line, quoted for the shell. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

export interface SuperviseOptions {
  /** Folders as the supervisor sees them. */
  readonly wire: string;
  readonly logs: string;
  /** The command of an agent; its number comes behind. */
  readonly agent: readonly string[];
  /** The command that starts Wine's server, and returns when it can be reached. */
  readonly server: readonly string[];
  /** The command that watches for exit codes. */
  readonly warden: readonly string[];
  /** Limits of each process, in the words of `ulimit`. */
  readonly limits: readonly string[];
  /** What ends all processes of the prefix, where no process namespace does. */
  readonly endAll: readonly (readonly string[])[];
}

const line = (words: readonly string[]): string => words.map(quoted).join(' ');

/**
 * Reads `start <number>` lines. How an agent has ended, in the words of the shell (128 and the number of a signal), is the text of
 * the file `status-<number>` in the folder of the wire.
 */
export function superviseScript({ wire, logs, agent, server, warden, limits, endAll }: SuperviseOptions): string {
  return `
umask 077
${limits.map((words) => `ulimit ${words} 2>/dev/null`).join('\n')}
wire=${quoted(wire)} logs=${quoted(logs)}
exec 2>>"$logs/supervisor"
agent() {
  # Waited for, because the shell would tell of a signal in the agent's own log.
  ${line(agent)} "$1" </dev/null >>"$logs/agent-$1.out" 2>>"$logs/agent-$1.err" &
  wait $!
  echo $? >"$wire/status-$1.new"
  mv "$wire/status-$1.new" "$wire/status-$1"
}
# Two programs that both find no server would each start one.
${line(server)} </dev/null >>"$logs/server" 2>&1
${line(warden)} </dev/null >>"$logs/warden" 2>&1 &
warden=$!
while read -r verb number; do
  case $verb in
    start) agent "$number" & ;;
  esac
done
${endAll.length === 0 ? '' : `kill -9 $warden 2>/dev/null\n${endAll.map((words) => `${line(words)} 2>/dev/null`).join('\n')}`}
exit 0
`;
}
