import { constants, existsSync, ftruncateSync, openSync, readdirSync, readFileSync } from 'node:fs';
import koffi from 'koffi';
import { removeAtExit } from './cleanup-files.ts';
import type { Mapping, Host, Poller, ProcessState, SharedPipe } from '../host.ts';
import { readWithoutWaiting } from './read-pipe.ts';

// The C library that Node itself is linked with, whatever it is called.
const libc = koffi.load(null);
const mmap = libc.func('void *mmap(void *at, size_t bytes, int protection, int flags, int fd, long offset)') as (
  at: bigint | null,
  bytes: number,
  protection: number,
  flags: number,
  fd: number,
  offset: number,
) => bigint;
const memfdCreate = libc.func('int memfd_create(const char *name, unsigned int flags)') as (
  name: string,
  flags: number,
) => number;
const fallocate = libc.func('int fallocate(int fd, int mode, long offset, long bytes)') as (
  fd: number,
  mode: number,
  offset: number,
  bytes: number,
) => number;
// Variadic in C; integers travel alike either way.
const fcntl = libc.func('int fcntl(int fd, int command, long argument)') as (
  fd: number,
  command: number,
  argument: number,
) => number;
const pipe2 = libc.func('int pipe2(_Out_ int *ends, int flags)') as (ends: Int32Array, flags: number) => number;
const close = libc.func('int close(int fd)') as (fd: number) => number;
const poll = libc.func('int poll(void *fds, unsigned long count, int timeout)') as (
  fds: Uint8Array,
  count: number,
  timeoutMs: number,
) => number;

const PROT_READ_WRITE = 3;
const PROT_READ = 1;
const MAP_SHARED = 0x01;
const MAP_PRIVATE = 0x02;
const MAP_FIXED = 0x10;
const MAP_ANONYMOUS = 0x20;
const MAP_FAILED = 0xffffffffffffffffn;

function mapAt(at: bigint | null, bytes: number, protection: number, flags: number, fd: number): bigint {
  const address = mmap(at, bytes, protection, flags, fd, 0);
  if (address === MAP_FAILED) throw new Error(`mmap of ${bytes.toString()} bytes failed`);
  return address;
}

const MFD_CLOEXEC = 1;
const MFD_ALLOW_SEALING = 2;
const F_ADD_SEALS = 1033;
const F_SEAL_SEAL = 1;
const F_SEAL_SHRINK = 2;
const F_SEAL_GROW = 4;
const FALLOC_FL_KEEP_SIZE = 1;
const FALLOC_FL_PUNCH_HOLE = 2;
const F_SETPIPE_SZ = 1031;
const O_CLOEXEC = 0o2000000;

function succeed(what: string, result: number): number {
  if (result < 0) throw new Error(`${what} failed`);
  return result;
}

/**
 * A descriptor of Node's for what one of the C library's leads to, with flags of its own: whoever inherits that one can change its
 * flags. A thread of Node closes its descriptors when it ends, and warns of others that it is to close.
 */
function openAgain(fd: number, flags: number): number {
  return openSync(`/proc/self/fd/${fd.toString()}`, flags);
}

function createMemory(bytes: number): number {
  const made = succeed('memfd_create', memfdCreate('dllparity', MFD_CLOEXEC | MFD_ALLOW_SEALING));
  try {
    const fd = openAgain(made, constants.O_RDWR);
    ftruncateSync(fd, bytes);
    // Memory that was cut off under a mapping ends whoever reads it. The last seal keeps others from adding one against writing.
    succeed('sealing', fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL));
    return fd;
  } finally {
    close(made);
  }
}

function clearMemory(memory: number, bytes: number): void {
  succeed('fallocate', fallocate(memory, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, bytes));
}

function map(bytes: number): Mapping {
  const address = mapAt(null, bytes, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  return {
    buffer: koffi.view(address, bytes),
    attach(memory) {
      mapAt(address, bytes, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED, memory);
    },
    release() {
      mapAt(address, bytes, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1);
    },
  };
}

function createPipe(bytes?: number): SharedPipe {
  const ends = new Int32Array(2);
  succeed('pipe2', pipe2(ends, O_CLOEXEC));
  const [from = -1, to = -1] = ends;
  try {
    // Where the system refuses, the pipe holds less.
    if (bytes !== undefined) fcntl(to, F_SETPIPE_SZ, bytes);
    return {
      read: openAgain(from, constants.O_RDONLY | constants.O_NONBLOCK),
      write: openAgain(to, constants.O_WRONLY | constants.O_NONBLOCK),
      inherited: openAgain(from, constants.O_RDONLY),
    };
  } finally {
    for (const end of ends) close(end);
  }
}

function openWriter(pipe: number): number {
  return openAgain(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
}

const POLLIN = 1;
const POLLFD_BYTES = 8;

function createPoller(descriptors: readonly number[]): Poller {
  const request = Buffer.alloc(descriptors.length * POLLFD_BYTES);
  const watch = (index: number, isWatched: boolean): void => {
    // A negative descriptor is passed over.
    request.writeInt32LE(isWatched ? (descriptors[index] ?? -1) : -1, index * POLLFD_BYTES);
    request.writeInt32LE(POLLIN, index * POLLFD_BYTES + 4);
  };
  descriptors.forEach((_, index) => {
    watch(index, true);
  });
  return {
    wait(timeoutMs) {
      const count = poll(request, descriptors.length, timeoutMs);
      if (count <= 0) return Math.sign(count);
      let ready = 0;
      for (let i = 0; i < descriptors.length; i++) if (request.readInt16LE(i * POLLFD_BYTES + 6) !== 0) ready |= 1 << i;
      return ready;
    },
    watch,
  };
}

/** The fields of /proc/<pid>/stat from the state on, which is the third. */
function statOf(pid: number): string[] | undefined {
  const stat = textOf(pid, 'stat');
  // The second field is the program's name in parentheses and may hold spaces.
  return stat === '' ? undefined : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Reads /proc: our event loop has not reaped the child yet, so a dead one is a zombie that still holds its exit code. */
function processState(pid: number): ProcessState {
  const fields = statOf(pid);
  if (fields === undefined) return { state: 'unknown' };
  if (fields[0] !== 'Z' && fields[0] !== 'X') return { state: 'running' };
  const status = Number(fields.at(-1));
  const signal = status & 0x7f;
  return signal === 0
    ? { state: 'ended', code: (status >> 8) & 0xff, signal: null }
    : { state: 'ended', code: null, signal };
}

/** Every thread is asked: the first one of a process may have ended, and the others go on. */
function isStopped(pid: number): boolean {
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid.toString()}/task`);
  } catch {
    return false; // It has ended.
  }
  return threads.some((thread) => {
    const stat = textOf(pid, `task/${thread}/stat`);
    return /^[Tt]$/.test(stat.slice(stat.lastIndexOf(')') + 2).split(' ', 1)[0] ?? '');
  });
}

/** Whether the kernel lists the children of a thread; one may have been built without that. */
const hasLists = existsSync(`/proc/self/task/${process.pid.toString()}/children`);

/** Each thread has a list of its own. Without lists every process is asked for its parent. */
function childrenOf(pid: number): readonly number[] {
  if (!hasLists) return everyProcess().filter((other) => parentOf(other) === pid);
  let threads: string[];
  try {
    threads = readdirSync(`/proc/${pid.toString()}/task`);
  } catch {
    return []; // It has ended.
  }
  return threads.flatMap((thread) => textOf(pid, `task/${thread}/children`).split(' ').filter(Boolean).map(Number));
}

function descendantsOf(pid: number): readonly number[] {
  const found = [...childrenOf(pid)];
  // Those of a process are looked for behind it, so the list grows while it is read.
  for (const child of found) found.push(...childrenOf(child));
  return found;
}

function everyProcess(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function parentOf(pid: number): number | undefined {
  const parent = statOf(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function processesWith(variable: string): readonly number[] {
  return everyProcess().filter((pid) => pid !== process.pid && textOf(pid, 'environ').includes(`${variable}\0`));
}

/** A file of /proc, or nothing: the process has ended, or is somebody else's. */
function textOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function cpu(): { model: string; features: readonly string[] } {
  const text = readFileSync('/proc/cpuinfo', 'utf8');
  const field = (name: string): string => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  // Only what C libraries are known to branch on: the whole list is long and says little.
  const telling = ['sse2', 'sse3', 'ssse3', 'sse4_1', 'sse4_2', 'avx', 'avx2', 'fma', 'avx512f', 'erms'];
  const present = new Set(field('flags').split(' '));
  return { model: field('model name') || 'unknown', features: telling.filter((name) => present.has(name)) };
}

export const linux: Host = {
  createMemory,
  clearMemory,
  map,
  createPipe,
  openWriter,
  createPoller,
  readWithoutWaiting,
  processState,
  isStopped,
  childrenOf,
  descendantsOf,
  processesWith,
  commandLine: (pid) => textOf(pid, 'cmdline'),
  cpu,
  removeAtExit,
};
