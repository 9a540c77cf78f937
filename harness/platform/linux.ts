import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import koffi from 'koffi';
import type { Doorbells, Mapping, Platform, ProcessState, Waited } from './platform.ts';

const libc = koffi.load('libc.so.6');
const mmap = libc.func('void *mmap(void *at, size_t bytes, int protection, int flags, int fd, long offset)') as (
  at: bigint | null,
  bytes: number,
  protection: number,
  flags: number,
  fd: number,
  offset: number,
) => bigint;
const mkfifo = libc.func('int mkfifo(const char *path, unsigned int mode)') as (path: string, mode: number) => number;
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

function createShare(path: string, bytes: number, head: Uint8Array): void {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  ftruncateSync(fd, bytes);
  writeSync(fd, head, 0, head.length, 0);
  closeSync(fd);
}

function map(bytes: number): Mapping {
  const address = mapAt(null, bytes, PROT_READ_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
  return {
    buffer: koffi.view(address, bytes),
    attach(path) {
      const fd = openSync(path, constants.O_RDWR);
      mapAt(address, bytes, PROT_READ_WRITE, MAP_SHARED | MAP_FIXED, fd);
      closeSync(fd);
    },
    release() {
      mapAt(address, bytes, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1);
    },
  };
}

const POLLIN = 1;
const RING = new Uint8Array([0x21]);

function makePipe(path: string): void {
  if (mkfifo(path, 0o600) !== 0) throw new Error(`mkfifo ${path} failed`);
}

function ringOn(bell: number): void {
  try {
    writeSync(bell, RING);
  } catch {
    // EPIPE: the agent is dead. Whoever waits for its answer hears that.
  }
}

function createDoorbells(folder: string): Doorbells {
  const toAgent = join(folder, 'to-agent');
  const toHost = join(folder, 'to-host');
  const toInspector = join(folder, 'inspect');
  for (const path of [toAgent, toHost, toInspector]) makePipe(path);
  // Both directions at first: opening one end only would block until the agent opens the other.
  let out = openSync(toAgent, constants.O_RDWR | constants.O_NONBLOCK);
  let into = openSync(toHost, constants.O_RDWR | constants.O_NONBLOCK);
  let inspector = openSync(toInspector, constants.O_RDWR | constants.O_NONBLOCK);
  const request = Buffer.alloc(8);
  const byte = new Uint8Array(1);

  return {
    toAgent,
    toHost,
    settle() {
      const write = openSync(toAgent, constants.O_WRONLY | constants.O_NONBLOCK);
      const read = openSync(toHost, constants.O_RDONLY | constants.O_NONBLOCK);
      const inspect = openSync(toInspector, constants.O_WRONLY | constants.O_NONBLOCK);
      for (const fd of [out, into, inspector]) closeSync(fd);
      [out, into, inspector] = [write, read, inspect];
      for (const path of [toAgent, toHost, toInspector]) unlinkSync(path);
    },
    ring() {
      ringOn(out);
    },
    ringInspector() {
      ringOn(inspector);
    },
    wait(timeoutMs): Waited {
      request.writeInt32LE(into, 0);
      request.writeInt32LE(POLLIN, 4);
      // An interrupted poll (EINTR) reads as a ring: the caller looks at the turn and waits again.
      const ready = poll(request, 1, timeoutMs);
      if (ready === 0) return 'timeout';
      if (ready < 0) return 'rung';
      try {
        return readSync(into, byte) === 0 ? 'gone' : 'rung';
      } catch {
        return 'rung'; // EAGAIN: somebody else's wake-up; the caller looks again.
      }
    },
    close() {
      for (const fd of [out, into, inspector]) closeSync(fd);
      for (const path of [toAgent, toHost, toInspector]) {
        try {
          unlinkSync(path);
        } catch {
          // Gone since settle().
        }
      }
    },
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

export const linux: Platform = {
  shareFolder: '/dev/shm',
  createShare,
  map,
  createDoorbells,
  makePipe,
  processState,
  childrenOf,
  descendantsOf,
  processesWith,
  commandLine: (pid) => textOf(pid, 'cmdline'),
  cpu,
};
