// Programs of Windows, run in the prefix of an agent: started by its process, read from the event loop.
import { setTimeout as sleep } from 'node:timers/promises';
import { library, type Library } from '../../types/declare/library.ts';
import { struct } from '../../types/declare/struct.ts';
import type { PointerLike } from '../../types/declare/values.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Loaded } from './loaded.ts';

export interface RunOptions {
  /**
   * Milliseconds after which the program and what it has started are ended; 0 is no limit.
   * @default 60000
   */
  readonly timeoutMs?: number;
  /**
   * Current folder of the program, a path of this machine.
   * @default that of the agent
   */
  readonly cwd?: string;
  /** Called with each piece of output as it comes. */
  readonly onOutput?: (piece: Uint8Array, stream: 'stdout' | 'stderr') => void;
}

/** What came of a program. */
export interface RunResult {
  /** Exit code, 32 bits, unsigned; null when it ran out of time. */
  readonly code: number | null;
  /** The last MiB of it. */
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

const MAX_KEPT_BYTES = 1 << 20;
const PIECE_BYTES = 1 << 16;
const LOOK_MS = 10;
/** winbase.h */
const STARTF_USESTDHANDLES = 0x100;
const HANDLE_FLAG_INHERIT = 1;
const CREATE_SUSPENDED = 0x4;
const CREATE_NO_WINDOW = 0x08000000;
const WAIT_OBJECT_0 = 0;

const STARTUPINFOW = struct('STARTUPINFOW', {
  cb: 'DWORD', lpReserved: 'void *', lpDesktop: 'void *', lpTitle: 'void *', dwX: 'DWORD', dwY: 'DWORD', dwXSize: 'DWORD',
  dwYSize: 'DWORD', dwXCountChars: 'DWORD', dwYCountChars: 'DWORD', dwFillAttribute: 'DWORD', dwFlags: 'DWORD',
  wShowWindow: 'WORD', cbReserved2: 'WORD', lpReserved2: 'void *', hStdInput: 'HANDLE', hStdOutput: 'HANDLE', hStdError: 'HANDLE',
}); // prettier-ignore

const kernel32 = library(
  'kernel32.dll',
  {
    createPipe: 'BOOL CreatePipe(_Out_ HANDLE *read, _Out_ HANDLE *write, SECURITY_ATTRIBUTES *attributes, DWORD size)',
    setInformation: 'BOOL SetHandleInformation(HANDLE handle, DWORD mask, DWORD flags)',
    createProcess: 'BOOL CreateProcessW(const wchar_t *application, wchar_t *command, void *process, void *thread, BOOL inherit, DWORD flags, void *environment, const wchar_t *folder, _In_ STARTUPINFOW *startup, _Out_ PROCESS_INFORMATION *information)',
    resume: 'DWORD ResumeThread(HANDLE thread)',
    createJob: 'HANDLE CreateJobObjectW(void *attributes, const wchar_t *name)',
    assign: 'BOOL AssignProcessToJobObject(HANDLE job, HANDLE process)',
    endJob: 'BOOL TerminateJobObject(HANDLE job, UINT code)',
    wait: 'DWORD WaitForSingleObject(HANDLE handle, DWORD milliseconds)',
    exitCode: 'BOOL GetExitCodeProcess(HANDLE process, _Out_ DWORD *code)',
    peek: 'BOOL PeekNamedPipe(HANDLE pipe, void *buffer, DWORD size, void *read, _Out_ DWORD *available, void *left)',
    read: 'BOOL ReadFile(HANDLE file, _Out_writes_(size) unsigned char *buffer, DWORD size, _Out_ DWORD *read, void *overlapped)',
    close: 'BOOL CloseHandle(HANDLE handle)',
    },
  { convention: 'stdcall', types: { STARTUPINFOW } },
); // prettier-ignore

interface Stream {
  readonly name: 'stdout' | 'stderr';
  readonly pipe: PointerLike | null;
  kept: Buffer;
}

/** The agent that starts a program, as much of it as is needed here. */
interface Starter {
  readonly pointerBytes: 4 | 8;
  readonly generation: number;
  readonly pid: number | null;
  load<L extends Library>(library: L): Loaded<L>;
  windowsPath(path: string): string;
  formatMessage(code: number): string | null;
}

/** Runs a program and waits for its end. Throws PROGRAM_NOT_STARTED, and AGENT_GONE when the agent's process ends meanwhile. */
export async function runProgram(
  agent: Starter,
  program: string,
  args: readonly string[],
  { timeoutMs = 60_000, cwd, onOutput }: RunOptions,
): Promise<RunResult> {
  const windows = agent.load(kernel32);
  const command = [pathIn(agent, program), ...args].map(quoted).join(' ');
  const folder = cwd === undefined ? null : agent.windowsPath(cwd);
  const [stdout, stderr] = [pipeOf(agent), pipeOf(agent)];
  const startup = { cb: agent.pointerBytes === 8 ? 104 : 68, dwFlags: STARTF_USESTDHANDLES, hStdOutput: stdout.write, hStdError: stderr.write }; // prettier-ignore
  const information = [{}] as { hProcess: PointerLike | null; hThread: PointerLike | null }[];
  // Of the program's own, so that it may be written to (Microsoft, "CreateProcessW").
  const line = Buffer.from(`${command}\0`, 'utf16le');
  const started = windows.createProcess.outcome(null, line, null, null, 1, CREATE_SUSPENDED | CREATE_NO_WINDOW, null, folder, startup, information); // prettier-ignore
  for (const { write } of [stdout, stderr]) windows.close(write);
  if (started.kind !== 'returned' || started.result === 0) {
    for (const { read } of [stdout, stderr]) windows.close(read);
    throw notStarted(agent, program, started.kind === 'returned' ? started.lastError : null);
  }
  const { generation } = agent;
  const { hProcess = null, hThread = null } = information[0] ?? {};
  // What the program starts in its turn is ended with it.
  const job = windows.createJob(null, null);
  windows.assign(job, hProcess);
  windows.resume(hThread);
  const streams: Stream[] = [
    { name: 'stdout', pipe: stdout.read, kept: Buffer.alloc(0) },
    { name: 'stderr', pipe: stderr.read, kept: Buffer.alloc(0) },
  ];
  const take = (): boolean => streams.map((stream) => drain(agent, stream, onOutput)).some(Boolean);
  const start = performance.now();
  let isLate = false;
  let isOver = false;
  const code = [0];
  try {
    for (;;) {
      if (agent.generation !== generation) throw agentGone(program);
      const hasEnded = windows.wait(hProcess, 0) === WAIT_OBJECT_0;
      const tookSome = take();
      if (hasEnded && !tookSome) break;
      if (!isLate && timeoutMs > 0 && performance.now() - start > timeoutMs) {
        isLate = true;
        windows.endJob(job, 1);
      }
      if (!tookSome) await sleep(LOOK_MS);
    }
    windows.exitCode(hProcess, code);
    isOver = true;
  } finally {
    // In another process the handles mean something else, and the program has ended with the one before.
    if (agent.pid !== null && agent.generation === generation) {
      if (!isOver) windows.endJob(job, 1);
      for (const handle of [hProcess, hThread, job, stdout.read, stderr.read]) windows.close(handle);
    }
  }
  const [out, err] = streams.map(({ kept }) => kept);
  return { code: isLate ? null : (code[0] ?? null), stdout: out ?? Buffer.alloc(0), stderr: err ?? Buffer.alloc(0) };
}

/** A pipe whose writing end a program inherits. */
function pipeOf(agent: Starter): { readonly read: PointerLike | null; readonly write: PointerLike | null } {
  const windows = agent.load(kernel32);
  const [read, write]: [(PointerLike | null)[], (PointerLike | null)[]] = [[null], [null]];
  windows.createPipe(read, write, null, PIECE_BYTES);
  windows.setInformation(write[0] ?? null, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
  return { read: read[0] ?? null, write: write[0] ?? null };
}

/** Takes what is there. Returns whether it was anything. */
function drain(agent: Starter, stream: Stream, onOutput: RunOptions['onOutput']): boolean {
  const windows = agent.load(kernel32);
  const available = [0];
  windows.peek(stream.pipe, null, 0, null, available, null);
  if (!available[0]) return false;
  const piece = Buffer.alloc(Math.min(available[0], PIECE_BYTES));
  const read = [0];
  windows.read(stream.pipe, piece, piece.length, read, null);
  const taken = piece.subarray(0, read[0]);
  onOutput?.(taken, stream.name);
  stream.kept = Buffer.concat([stream.kept, taken]).subarray(-MAX_KEPT_BYTES);
  return taken.length > 0;
}

/** A path of this machine as Windows writes it; a bare name, or a Windows path, as it is. */
function pathIn(agent: Starter, program: string): string {
  return program.includes('/') ? agent.windowsPath(program) : program;
}

/** One argument as the C runtime takes it apart again (Microsoft, "Parsing C command-line arguments"). */
export function quoted(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  return `"${argument.replace(/(\\*)"/g, String.raw`$1$1\"`).replace(/(\\+)$/, '$1$1')}"`;
}

function notStarted(agent: Starter, program: string, error: number | null): DllparityError {
  return new DllparityError('PROGRAM_NOT_STARTED', {
    what: `${program} could not be started: ${error === null ? 'the agent has ended' : (agent.formatMessage(error) ?? 'unknown error').trim()}`,
    figures: error === null ? [] : [{ name: 'error', value: error, unit: '(GetLastError)' }],
    hint: 'Give the path of a program of Windows for this architecture, in a folder that the sandbox shows (`folders`).',
  });
}

function agentGone(program: string): DllparityError {
  return new DllparityError('AGENT_GONE', {
    what: `the process of the agent has ended, and ${program} with it`,
    hint: 'Run the program again, or find out which call has ended the process.',
  });
}
