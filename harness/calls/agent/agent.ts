import { inspect } from 'node:util';
import type { ResolvedConfig } from '../../config/config.ts';
import { OPTIONS } from '../../config/options.ts';
import type { ColumnOf } from '../../types/declare/column-types.ts';
import type { ComInterface } from '../../types/declare/com-interface.ts';
import { declaration, type Library, type LibraryDeclaration } from '../../types/declare/library.ts';
import type { NamedTypes } from '../../types/declare/parse-declaration.ts';
import { parseFunctionType } from '../../types/declare/parse-prototype.ts';
import type { FunctionBehind } from '../../types/declare/prototype-types.ts';
import type { CallbackFunction, PointerLike } from '../../types/declare/values.ts';
import type { KnownTypes } from '../../types/declare/windows-types.ts';
import { DllparityError } from '../../base/errors.ts';
import type { AgentLog } from '../../log/log.ts';
import { toUnixPath } from '../../windows/paths/unix-path.ts';
import { toWindowsPath } from '../../windows/paths/windows-path.ts';
import { isForked } from '../../machines/child-process.ts';
import type { ChildProcessInfo, SandboxState } from '../../machines/machine.ts';
import type { Installation } from '../../machines/installation.ts';
import { Pointer } from '../memsync/pointer.ts';
import { toAddress } from '../memsync/to-address.ts';
import { type BufferOptions, SharedBuffer } from '../memsync/shared-buffer.ts';
import type { Session } from '../session/session.ts';
import type { SystemCalls } from '../session/system-calls.ts';
import { type AgentIdentity, agentIdentity } from './agent-identity.ts';
import { AsyncCalls } from './async-calls.ts';
import type { BoundFunction } from './bound-function.ts';
import type { Caller } from './caller.ts';
import { openSession } from './open-session.ts';
import { type ComObject, bindInterface } from './com-object.ts';
import { formatMessage } from './format-message.ts';
import { type FunctionPointerOptions, FunctionPointers } from './function-pointers.ts';
import type { LateFault } from './late-fault.ts';
import { Libraries } from './libraries.ts';
import type { Loaded } from './loaded.ts';
import { LogFeed } from './log-feed.ts';
import { ProcessLife } from './process-life.ts';
import { type RunOptions, type RunResult, runProgram } from './run-program.ts';
import { pump, settleCallbacks, throwIfFailed } from './pump.ts';
import { logSandbox } from './log-sandbox.ts';
import { logLeftBehind } from './log-left-behind.ts';
import { RegisteredCallback } from './registered-callback.ts';

/** What an agent is booted from. */
export interface AgentOptions {
  readonly config: ResolvedConfig;
  readonly installation: Installation;
  /** Where its log goes. @default nowhere */
  readonly log?: AgentLog | undefined;
  /** The process behind it, for tests that have one of their own. @internal */
  readonly session?: Session | undefined;
}

/**
 * Windows code, running: one Wine prefix of its own and one process in it that loads DLLs and makes calls. Calls are
 * synchronous. When the process dies of a call, the next call starts another and loads the same DLLs.
 */
export class Agent implements AsyncDisposable {
  /** Id of the runtime, for example `wine-8.0-x64`. */
  readonly runtime: string;
  readonly installation: Installation;
  private readonly session: Session;
  private readonly caller: Caller;
  /** Its lines in the log, whose levels may be changed: `agent.log?.setLevel('wine', 'warn')`. Undefined when it has none. */
  readonly log: AgentLog | undefined;
  private readonly feed: LogFeed | undefined;
  private readonly libraries: Libraries;
  private readonly life: ProcessLife;
  private readonly asyncCalls = new AsyncCalls();
  private readonly functionPointers: FunctionPointers;
  private closing: Promise<void> | undefined;

  constructor({ config, installation, log, session }: AgentOptions) {
    this.installation = installation;
    this.runtime = installation.id;
    this.session = session ?? openSession(config, installation);
    this.libraries = new Libraries(
      { config, machine: () => this.session.machine, architecture: installation.architecture },
      this.asyncCalls,
    );
    this.log = log;
    this.feed = log && new LogFeed(log, this.session, () => this.caller.calls);
    const { libraries, asyncCalls } = this;
    this.life = new ProcessLife({
      session: this.session,
      runtime: this.runtime,
      config,
      libraries,
      asyncCalls,
      drainLog: () => this.feed?.drain(),
      endLeftBehind: () => {
        const left = this.session.machine.endChildren();
        // What they have done meanwhile may have been done to the spare.
        if (left.length > 0) this.session.dropSpare(left.some((each) => isForked(each)));
        this.logLeftBehind(left);
      },
      warn: (text) => log?.host.warn(text, { pid: this.pid }),
    });
    this.caller = this.life.caller;
    this.functionPointers = new FunctionPointers(this.caller, this.asyncCalls, (type, encoding) =>
      this.libraries.newPlan(this.caller, type, encoding, 512),
    );
    this.feed?.drain();
    logSandbox(log, this.sandboxState);
    log?.host.debug(`agent ready in ${this.session.bootMs.toFixed(0)} ms`, { pid: this.pid });
  }

  /** Folder of the prefix, as this process sees it. It is another one when a DLL has ended all processes of the prefix. */
  get prefix(): string {
    return this.session.machine.folders.prefix;
  }

  /** What stands between the DLL and this machine. */
  get sandboxState(): SandboxState {
    return this.session.machine.sandboxState;
  }

  /** Processes that a DLL has started and that still run. They end with the agent. */
  childProcesses(): readonly ChildProcessInfo[] {
    return this.session.machine.children();
  }

  /** Process id of the agent on this host; null while it has no process, after `close` for example. */
  get pid(): number | null {
    return this.session.isAlive ? (this.session.pid ?? null) : null;
  }

  /** The name by which log lines speak of it, `agent-1` for example. */
  get id(): string {
    return this.log?.id ?? '';
  }

  /** Milliseconds that a call may take, 0 being no limit: `callTimeoutMs`, which may be changed at any time. */
  get callTimeoutMs(): number {
    return Math.max(0, this.caller.timeoutMs);
  }

  set callTimeoutMs(limitMs: number) {
    const { schema, takes } = OPTIONS.callTimeoutMs;
    if (!schema.safeParse(limitMs).success) {
      throw new DllparityError('ARGUMENT_RANGE', {
        what: `callTimeoutMs cannot be ${String(limitMs)}`,
        hint: `Give ${takes}.`,
      });
    }
    this.caller.timeoutMs = limitMs === 0 ? -1 : limitMs;
  }

  /** Which program the agent is, and what it says of the system under it. */
  get identity(): AgentIdentity {
    return agentIdentity(this.installation.agentProgram, this.session.identity);
  }

  /** Milliseconds from the start of the present process to its handshake. */
  get bootMs(): number {
    return this.session.bootMs;
  }

  /** How many processes this agent has had; more than 1 when a call has cost one, or it was renewed. */
  get generation(): number {
    return this.session.generation;
  }

  /** Calls that the present process has made. */
  get callsInProcess(): number {
    return this.life.callsInProcess;
  }

  /**
   * Starts another process, in which DLLs are loaded anew. Pointers of the one before are refused from now on; shared
   * buffers and registered callbacks stay. Throws AGENT_BUSY in a callback, and while an asynchronous call is under way.
   */
  renew(): void {
    this.life.renew();
  }

  /**
   * Renews the process when it has made `recycle.calls` calls, or occupies `recycle.memoryBytes` bytes, and nothing is
   * under way. Suites and test files begin with this; a script says so where it holds nothing of the process.
   * @returns whether it was renewed
   */
  recycleIfDue(): boolean {
    return this.life.recycleIfDue();
  }

  /** Deaths of the process that came after the call that has caused them, as far as nobody has taken them. */
  get lateFaults(): readonly LateFault[] {
    if (!this.session.isClosed) this.caller.lateFaults.look();
    return this.caller.lateFaults.all;
  }

  /** As `lateFaults`, which is empty afterwards: a test that takes them does not fail of them. */
  takeLateFaults(): LateFault[] {
    if (!this.session.isClosed) this.caller.lateFaults.look();
    return this.caller.lateFaults.take();
  }

  /**
   * Loads a DLL and returns its declared functions, ready to be called. Loading twice gives the same object.
   * @param file takes the DLL from this file instead of where the library says
   */
  load<L extends Library>(library: L, file?: string): Loaded<L> {
    return this.loadDeclared(library[declaration], file) as Loaded<L>;
  }

  /** As `load`, for whoever has only the declaration. */
  loadDeclared(declared: LibraryDeclaration, file?: string): Readonly<Record<string, unknown>> {
    return this.libraries.load(this.caller, declared, file);
  }

  /** Frees a DLL (FreeLibrary); `load` brings it back, with its variables as they were at first. */
  unload(library: Library): void {
    this.libraries.unload(this.caller, library[declaration]);
    throwIfFailed(this.caller.callbacks);
  }

  /** Bytes of a pointer in this runtime: 8 on x64, 4 on ia32. */
  get pointerBytes(): 4 | 8 {
    return this.session.pointerBytes;
  }

  /** Memory that is shared with the agent: passed without a copy, and written to at any time. Release it, or use `using`. */
  buffer(bytes: number, options?: BufferOptions): SharedBuffer {
    this.life.lookAndEnsure();
    return new SharedBuffer(this.session, bytes, options);
  }

  /**
   * Makes a function callable for the DLL beyond one call, and from its own threads.
   * @param type how the DLL sees it, for example `int (__stdcall *)(int code, void *user)`
   */
  callback<const P extends string, const T extends NamedTypes = NamedTypes>(
    type: P,
    callback: CallbackFunction<P, KnownTypes<T>>,
    { types, encoding = 'utf8' }: FunctionPointerOptions<T> = {},
  ): RegisteredCallback {
    this.life.lookAndEnsure();
    const { callbacks } = this.caller;
    return new RegisteredCallback(this.session, callbacks, parseFunctionType(type, types), callback, encoding);
  }

  /**
   * Lets threads of DLLs call back while no call is under way. Asynchronous calls do so by themselves.
   * @param milliseconds waits up to this long for one that is yet to come. @default 0
   */
  pump(milliseconds = 0): void {
    this.life.lookAndEnsure();
    pump(this.caller, milliseconds);
  }

  /** As `pump`, where a thread waits already, at the end of a test: otherwise nobody is told of what a callback threw. @internal */
  settleCallbacks(): void {
    if (!this.session.isClosed) settleCallbacks(this.caller);
  }

  /**
   * The function behind a pointer.
   * @param prototype its type, for example `int (__stdcall *)(int)`, or a prototype with a name
   */
  bind<const P extends string, const T extends NamedTypes = NamedTypes>(
    pointer: PointerLike | null,
    prototype: P,
    options: FunctionPointerOptions<T> = {},
  ): BoundFunction<FunctionBehind<P, KnownTypes<T>>, ColumnOf<P, KnownTypes<T>>> {
    const bound: unknown = this.functionPointers.bindPrototype(pointer, prototype, options);
    return bound as BoundFunction<FunctionBehind<P, KnownTypes<T>>, ColumnOf<P, KnownTypes<T>>>;
  }

  /** The methods of a COM object, `this` being passed by itself. It holds no reference of its own. */
  com<M>(pointer: PointerLike | null | undefined, type: ComInterface<M>): ComObject<M> {
    return bindInterface(this.session, this.functionPointers, pointer, type) as ComObject<M>;
  }

  /** A place in the agent by its number, such as a pseudo-handle: `agent.pointer(-1)` is INVALID_HANDLE_VALUE. */
  pointer(address: number | bigint): Pointer {
    return new Pointer(this.session, toAddress(address, this.session.pointerBytes));
  }

  /**
   * The path by which programs of Windows know a file of this machine, by its absolute path or from the current folder. It need not
   * exist, and the sandbox may hide it: a DLL then finds nothing there.
   */
  windowsPath(path: string): string {
    return toWindowsPath(path, this.prefix);
  }

  /** The file of this machine behind a Windows path. */
  unixPath(path: string): string {
    return toUnixPath(path, this.prefix);
  }

  /**
   * The Windows path of the DLL that `load` would take for this name or path, without loading it; null when there is none.
   * @throws DLL_NOT_FOUND when a path leads to no file
   */
  find(name: string): string | null {
    this.life.lookAndEnsure();
    return this.libraries.find(this.session, name);
  }

  /** The Windows path of the C runtime that comes with Windows, msvcrt.dll: programs of mingw use it. */
  findMsvcrt(): string | null {
    return this.find('msvcrt.dll');
  }

  /**
   * Runs a program of Windows in the agent's prefix and sandbox, and resolves when it has ended. It needs the event loop: calls that
   * block this program hold up its output.
   * @param program a path of this machine or of Windows, or a name that Windows looks up
   */
  run(program: string, args: readonly string[] = [], options: RunOptions = {}): Promise<RunResult> {
    this.life.lookAndEnsure();
    return runProgram(this, program, args, options);
  }

  /** The runtime's text for an error code of Windows or an HRESULT (FormatMessage), or null when it has none. */
  formatMessage(code: number): string | null {
    this.life.lookAndEnsure();
    return formatMessage(this.session, code);
  }

  /** The Windows path from which the loader took a loaded library. */
  pathOf(library: Library | LibraryDeclaration): string {
    return this.libraries.pathOf(declarationOf(library));
  }

  /** A copy of memory of a loaded library, `offset` bytes from its base; undefined where it cannot be read. */
  readModule(library: Library | LibraryDeclaration, offset: number, bytes: number): Uint8Array | undefined {
    // The last call may have cost the process; a new one has the library at an address of its own.
    this.life.lookAndEnsure();
    return this.libraries.read(this.caller, declarationOf(library), offset, bytes);
  }

  /** Counts what DLLs ask the system that are loaded from now on. @internal */
  systemCalls(): SystemCalls {
    return this.session.systemCalls();
  }

  /** Brings what the agent and Wine have written into the log now; otherwise that happens every 200 ms between calls. */
  drainLog(): void {
    this.feed?.drain();
  }

  /** The last lines that the agent and Wine have written. */
  logTail(lines = 20): readonly string[] {
    this.feed?.drain();
    return this.session.logTail(lines);
  }

  /** Ends the process and every other of the prefix, and removes the prefix. Resolves when nothing is left. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      this.logLeftBehind(this.session.machine.children());
      this.feed?.close();
      await this.session.close();
    })();
    return this.closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Printed in short: behind it lie megabytes of memory. */
  [inspect.custom](): string {
    return `Agent(${this.runtime}, process ${this.generation.toString()})`;
  }

  private logLeftBehind(left: readonly ChildProcessInfo[]): void {
    logLeftBehind(this.log, left);
  }
}

function declarationOf(library: Library | LibraryDeclaration): LibraryDeclaration {
  return declaration in library ? library[declaration] : library;
}
