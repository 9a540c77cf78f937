// The shell scripts between this process and Wine. They use what every POSIX shell has.
//
//   cleanup     outside everything: starts the rest, and cleans up when this process ends, however it ends
//   mount       where folders can be mounted: the prefix over its template, in memory, in a mount namespace of its own
//   copy        where they cannot: a copy of the template
//   supervise   inside: starts agents and says how they have ended

import { WIRE_DESCRIPTORS } from '../../../protocol/wire/layout.ts';

/**
 * Arguments: folders to make, and to remove at the end; the control groups to make, enter and remove; what to write to which of their files, as
 * `file=value`; all these separated by newlines. Then nothing, or where there is no
 * process namespace a variable with its value that all processes of the prefix have; then the command.
 *
 * Its standard input ends with this process, and with it what it has started: killing the first process of a process namespace ends
 * all of it. bubblewrap's outer process is the parent of that one, which is tied to it only a moment after it has started. Without one
 * the supervisor, whose input ends at the same time, ends what it has started; what is left then,
 * because the supervisor cannot or because Wine knows nothing of it, is found by its environment.
 */
export const CLEANUP = `
folders=$1 groups=$2 settings=$3 mark=$4; shift 4
IFS='
'
# Waits until a process has ended, or is in another state.
settle() {
  again=0
  while [ $again -lt 500 ] && { read -r state </proc/$1/stat; } 2>/dev/null; do
    case $state in
      *') '[ZX$2]' '*) break ;;
    esac
    sleep 0.01
    again=$((again + 1))
  done
}
for folder in $folders; do mkdir -m 0700 "$folder"; done
for group in $groups; do mkdir "$group" 2>/dev/null; done
for setting in $settings; do echo "\${setting##*=}" 2>/dev/null >"\${setting%=*}"; done
(
  for group in $groups; do echo 0 2>/dev/null >"$group/cgroup.procs"; done
  # A group of its own: bubblewrap, killed before it has let its child go, would leave that waiting.
  exec setsid "$@"
) <&4 4<&- &
chain=$!
exec 4<&-
read -r _
again=0
while [ -n "$mark" ] && [ $again -lt 50 ] && kill -0 $chain 2>/dev/null; do
  sleep 0.1
  again=$((again + 1))
done
first=
if [ -z "$mark" ]; then
  # Stopped, it starts nothing more and reaps nothing, so that the number of its child is nobody else's.
  kill -STOP $chain 2>/dev/null
  settle $chain T
  { read -r first </proc/$chain/task/$chain/children; } 2>/dev/null
  first=\${first%% *}
  # It may be in a group of its own already, and not have asked yet to end with its parent.
  [ -z "$first" ] || kill -9 $first 2>/dev/null
fi
kill -9 -$chain 2>/dev/null
kill -9 $chain 2>/dev/null
wait $chain 2>/dev/null
# The first process of a namespace is dead when all others are.
[ -z "$first" ] || settle $first
for again in 1 2 3 4 5 6 7 8 9 10; do
  [ -n "$mark" ] || break
  left=$(grep -lszxF -e "$mark" /proc/[0-9]*/environ)
  [ -n "$left" ] || break
  for file in $left; do
    file=\${file#/proc/}
    kill -9 "\${file%/environ}" 2>/dev/null
  done
  sleep 0.05
done
for folder in $folders; do rm -rf "$folder"; done
for group in $groups; do
  for again in 1 2 3 4 5 6 7 8 9 10; do
    rmdir "$group" 2>/dev/null || [ ! -d "$group" ] && break
    sleep 0.05
  done
done
`;

/**
 * Arguments: the folder to mount on, the template, bytes for what Wine and DLLs write, more options of the overlay; then the command.
 *
 * Everything lies in memory and in this namespace, so it is gone with its last process, and the template cannot be written to.
 */
export const MOUNT = `
set -e
at=$1 template=$2 disk=$3 options=$4; shift 4
mount -t tmpfs -o size=1m,mode=0700 dllparity "$at"
mkdir "$at/disk" "$at/prefix"
mount -t tmpfs -o "size=$disk,mode=0700" dllparity "$at/disk"
mkdir "$at/disk/upper" "$at/disk/work" "$at/disk/tmp"
chmod 1777 "$at/disk/tmp"
mount -t overlay -o "lowerdir=$template,upperdir=$at/disk/upper,workdir=$at/disk/work$options" dllparity "$at/prefix"
chmod 0700 "$at/prefix"
exec "$@"
`;

/**
 * Arguments: the template, then the folders of the prefix and of temporary files, whose parents are there; then the command.
 *
 * For machines on which nothing can be mounted: seconds and 700 MB, unless the file system can share blocks. Links would be quick,
 * but a program that writes into a file of C:\\windows would then write into the template.
 */
export const COPY = `
set -e
umask 077
template=$1 prefix=$2 temporary=$3; shift 3
mkdir "$temporary"
cp -a --no-preserve=ownership --reflink=auto "$template" "$prefix"
chmod 0700 "$prefix"
rm -f "$prefix/dllparity-template.json"
exec "$@"
`;

/** One word of a command line, quoted for the shell. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** How long a spare waits before it boots, in seconds. */
export const SPARE_DELAY_S = '0.03';

/** Descriptors that the supervisor is started with, beside its input and where it complains. */
export const SUPERVISOR_DESCRIPTORS = {
  /** Where it and the exit watcher say what has become of agents. */
  NOTES: 5,
  /** Where agents tell the exit watcher of themselves. */
  WATCH: 6,
  /** What bubblewrap reads the filter of system calls from; nobody needs it later. */
  FILTER: 7,
  /** The first slot: WIRE_DESCRIPTORS.COUNT for each. */
  SLOTS: 8,
} as const;

export interface SuperviseOptions {
  /** The command of an agent; its number and the places of its descriptors come behind. */
  readonly agent: readonly string[];
  /** The file that tells Wine which folder its server has, and the folder's name, where it is not to choose. */
  readonly serverFolder: { readonly file: string; readonly name: string } | undefined;
  /** What is added to a file of the registry before Wine's server reads it. */
  readonly registry: { readonly file: string; readonly text: string } | undefined;
  /** The command that starts Wine's server, and returns when it can be reached. */
  readonly server: readonly string[];
  /** The command that watches for exit codes. */
  readonly exitWatcher: readonly string[];
  /** The current folder of agents, if it is there. */
  readonly currentFolder: string;
  /** Limits of each process, in the words of `ulimit`. */
  readonly limits: readonly string[];
  /** What ends all processes of the prefix; nothing where a process namespace holds them, and nothing else. */
  readonly endAll: readonly (readonly string[])[];
}

const line = (words: readonly string[]): string => words.map(quoted).join(' ');
/** What only this script is to write to, and to read. */
const OWN = `${SUPERVISOR_DESCRIPTORS.NOTES.toString()}>&- ${SUPERVISOR_DESCRIPTORS.WATCH.toString()}<&-`;

/**
 * Reads `start <number> <slot>` and `spare <number> <slot>` lines. Its notes are `ready`, and `status <number> <status> <seconds>` when an agent has
 * ended: its status in the words of the shell, and when that was, since the machine has started.
 */
export function superviseScript(options: SuperviseOptions): string {
  const { agent, serverFolder, registry, server, exitWatcher, currentFolder, limits, endAll } = options;
  const { NOTES, WATCH, SLOTS } = SUPERVISOR_DESCRIPTORS;
  return `
# Notes that nobody reads any more are no reason to end before all others have.
trap : PIPE
umask 077
${limits.map((words) => `ulimit ${words} 2>/dev/null`).join('\n')}
# Wine opens what this shell holds by its place in /proc.
descriptors='Z:\\proc\\'"$$"'\\fd'
agent() {
  first=$((${SLOTS.toString()} + $2 * ${WIRE_DESCRIPTORS.COUNT.toString()}))
  out=/proc/$$/fd/$((first + ${WIRE_DESCRIPTORS.STDOUT.toString()})) err=/proc/$$/fd/$((first + ${WIRE_DESCRIPTORS.STDERR.toString()}))
  cd ${quoted(currentFolder)} 2>/dev/null
  # Waited for, because the shell would tell of a signal in the agent's own log.
  ${line(agent)} "$1" "$descriptors" "$first" ${WATCH.toString()} </dev/null >"$out" 2>"$err" ${OWN} &
  wait $!
  status=$?
  read -r seconds _ </proc/uptime
  echo "status $1 $status $seconds" >&${NOTES.toString()}
}
${serverFolder ? named(serverFolder) : ''}
${registry ? `printf %s ${quoted(registry.text)} >>${quoted(registry.file)}` : ''}
# Two programs that both find no server would each start one.
${line(server)} </dev/null >&2 ${OWN}
${line(exitWatcher)} "$descriptors\\\\${WATCH.toString()}" "$descriptors\\\\${NOTES.toString()}" </dev/null >&2 ${OWN} &
watcher=$!
echo ready >&${NOTES.toString()}
while read -r verb number slot; do
  case $verb in
    start) agent "$number" "$slot" & ;;
    # The one that takes over now is to have the processor for itself until it has loaded its DLLs.
    spare) { sleep ${SPARE_DELAY_S}; agent "$number" "$slot"; } & ;;
  esac
done
${ending(endAll)}
exit 0
`;
}

/** Wine believes a file that nobody can write to. */
function named({ file, name }: NonNullable<SuperviseOptions['serverFolder']>): string {
  return `(umask 0377; printf %s ${quoted(name)} >${quoted(file)})`;
}

/** Wine's server stays, and bubblewrap's first process does as long as any other: the end of our input is to be the end of all. */
function ending(endAll: SuperviseOptions['endAll']): string {
  if (endAll.length === 0) return 'grep -q dllparity-supervisor /proc/1/cmdline && kill -9 -1';
  return ['kill -9 $watcher 2>/dev/null', ...endAll.map((words) => `${line(words)} 2>/dev/null`)].join('\n');
}
