import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PLAN } from '../../protocol/layout.ts';
import type { AgentIdentity, ControlRequest, ControlResponse } from '../../protocol/messages.ts';
import { Callbacks } from '../call/callbacks.ts';
import { type CallPlan, makePlan } from '../call/plan.ts';
import type { ResolvedConfig } from '../config/config.ts';
import { declaration, type DeclaredFunction, type Library, type LibraryDeclaration } from '../declare/library.ts';
import { DllparityError } from '../errors.ts';
import type { AgentLog } from '../log/log.ts';
import { currentPlatform } from '../platform/index.ts';
import { type Guardian, startGuardian } from '../runtime/guardian.ts';
import type { Installation } from '../runtime/installation.ts';
import { ownedName, removeLeftovers } from '../runtime/leftovers.ts';
import { clonePrefix, requireTemplate } from '../runtime/wine-prefix.ts';
import { readMemory } from '../session/read-memory.ts';
import { Session } from '../session/session.ts';
import { type BoundFunction, bindFunction } from './bound-function.ts';
import type { Caller } from './caller.ts';
import { libraryTarget } from './library-target.ts';
import { LoadedLibrary } from './loaded-library.ts';
import { LogFeed } from './log-feed.ts';

/** A library whose functions can be called. */
export type Loaded<L> = {
  readonly [K in keyof L as K extends string ? K : never]: L[K] extends DeclaredFunction<infer F>
    ? BoundFunction<F>
    : never;
};

/** What an agent is booted from. */
export interface AgentOptions {
  readonly config: ResolvedConfig;
  readonly installation: Installation;
  /** Where its log goes. @default nowhere */
  readonly log?: AgentLog | undefined;
}

let serial = 0;

/**
 * Windows code, running: one Wine prefix of its own and one process in it that loads DLLs and makes calls. Calls are
 * synchronous. When the process dies of a call, the next call starts another and loads the same DLLs.
 */
export class Agent implements AsyncDisposable {
  /** Id of the runtime, for example `wine-8.0-x64`. */
  readonly runtime: string;
  readonly installation: Installation;
  /** Folder of the prefix. */
  readonly prefix: string;
  private readonly session: Session;
  private readonly guardian: Guardian;
  private readonly config: ResolvedConfig;
  private readonly caller: Caller;
  private readonly feed: LogFeed | undefined;
  private readonly libraries = new Map<
    LibraryDeclaration,
    { library: LoadedLibrary; loaded: Record<string, unknown> }
  >();
  /** Why a function cannot be called, for those that the loaded DLLs do not export. */
  private readonly missing = new Map<CallPlan, string>();
  private plans = 1; // Plan 0 belongs to the harness.
  private closing: Promise<void> | undefined;

  constructor({ config, installation, log }: AgentOptions) {
    this.config = config;
    this.installation = installation;
    this.runtime = `wine-${installation.wineVersion}-${installation.architecture}`;
    const name = ownedName(++serial);
    const template = config.template ?? installation.template;
    requireTemplate(template);
    // Beside the templates of the set-up: a template of one's own may lie where nobody wants further folders.
    const clones = join(dirname(dirname(installation.template)), 'prefixes');
    const { shareFolder } = currentPlatform();
    mkdirSync(clones, { recursive: true, mode: 0o700 });
    if (serial === 1) for (const folder of [clones, shareFolder]) removeLeftovers(folder);

    this.prefix = join(clones, name);
    const folder = join(shareFolder, name);
    const wineserver = config.wineserver ?? installation.wineserver;
    this.guardian = startGuardian(wineserver, this.prefix, folder);
    let session: Session | undefined;
    try {
      mkdirSync(folder, { mode: 0o700 });
      clonePrefix(template, this.prefix);
      session = new Session({
        installation: { ...installation, wine: config.wine ?? installation.wine, wineserver },
        prefix: this.prefix,
        folder,
        heapBytes: config.heapBytes,
        spinMicroseconds: config.spinMicroseconds,
        bootTimeoutMs: config.bootTimeoutMs,
        wineDebug: config.log.wineDebug,
        dllOverrides: loadOrders(config.dllOverrides),
        environment: config.environment,
        services: config.services,
        onSpawn: (pid) => {
          this.guardian.watch(pid);
        },
        onExit: (pid) => {
          this.guardian.forget(pid);
        },
      });
      session.boot();
      this.session = session;
    } catch (error) {
      session?.close();
      void this.guardian.finish();
      throw error;
    }
    this.feed = log && new LogFeed(log, this.session, () => this.caller.calls);
    const callbacks = new Callbacks(this.session);
    this.caller = {
      session: this.session,
      callbacks,
      runtime: this.runtime,
      timeoutMs: config.callTimeoutMs === 0 ? -1 : config.callTimeoutMs,
      // Wine was asked to talk: exactness is worth a look at its output after each call.
      afterCall: config.log.wineDebug === '-all' ? undefined : () => this.feed?.drain(),
      calls: 0,
      ensureAlive: () => {
        this.revive();
      },
      missing: this.missing,
    };
    this.feed?.drain();
    log?.host.debug(`agent ready in ${this.session.bootMs.toFixed(0)} ms`, { pid: this.pid });
  }

  /** Process id of the agent on this host. */
  get pid(): number | undefined {
    return this.session.pid;
  }

  /** Versions inside the agent. */
  get identity(): AgentIdentity {
    const { identity } = this.session;
    if (!identity)
      throw new DllparityError('AGENT_GONE', { what: 'the agent has not started', hint: 'Boot it first.' });
    return identity;
  }

  /** Milliseconds from the start of the present process to its handshake. */
  get bootMs(): number {
    return this.session.bootMs;
  }

  /** How many processes this agent has had; more than 1 when a call has cost one. */
  get generation(): number {
    return this.session.generation;
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
    const present = this.libraries.get(declared);
    if (present) return present.loaded;
    if (!this.session.isAlive) this.revive();

    const plans = new Map<DeclaredFunction, CallPlan>();
    for (const fn of Object.values(declared.functions)) plans.set(fn, this.newPlan(fn));
    const target = libraryTarget(
      file ?? declared.path,
      this.config.searchPaths,
      this.prefix,
      this.installation.architecture,
    );
    const loadedLibrary = new LoadedLibrary(this.session, declared, target, plans, this.missing);
    loadedLibrary.bind();
    const loaded: Record<string, unknown> = {};
    for (const [key, fn] of Object.entries(declared.functions)) {
      const plan = plans.get(fn);
      if (plan) loaded[key] = bindFunction(this.caller, fn, plan);
    }
    this.libraries.set(declared, { library: loadedLibrary, loaded });
    return loaded;
  }

  /** The Windows path from which the loader took a loaded library. */
  pathOf(library: Library | LibraryDeclaration): string {
    return this.libraries.get(declarationOf(library))?.library.file.path ?? '';
  }

  /** A copy of memory of a loaded library, `offset` bytes from its base; undefined where it cannot be read. */
  readModule(library: Library | LibraryDeclaration, offset: number, bytes: number): Uint8Array | undefined {
    // The last call may have cost the process; a new one has the library at an address of its own.
    if (!this.session.isAlive) this.revive();
    const base = this.libraries.get(declarationOf(library))?.library.file.base;
    return base === undefined ? undefined : readMemory(this.session, base + BigInt(offset), bytes);
  }

  /** Asks the agent's JavaScript; for measurements. @internal */
  control(request: ControlRequest): ControlResponse & { ok: true } {
    return this.session.control(request);
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
      this.feed?.close();
      this.session.close();
      await this.guardian.finish();
    })();
    return this.closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private revive(): void {
    this.feed?.drain();
    this.session.boot();
    for (const { library } of this.libraries.values()) library.bind();
  }

  private newPlan(fn: DeclaredFunction): CallPlan {
    if (this.plans >= PLAN.COUNT) {
      throw new DllparityError('ARGUMENT_RANGE', {
        what: 'too many functions are declared in one agent',
        figures: [{ name: 'limit', value: PLAN.COUNT - 1, unit: 'functions' }],
        hint: 'Declare only what the tests call, or boot another agent.',
      });
    }
    return makePlan(this.plans++, fn.type, fn.library.stringBytes);
  }
}

/** Wine's own words for load orders (`WINEDLLOVERRIDES`). */
function loadOrders(overrides: ResolvedConfig['dllOverrides']): Record<string, string> {
  const words = { native: 'n', builtin: 'b', 'native,builtin': 'n,b', 'builtin,native': 'b,n', disabled: '' } as const;
  return Object.fromEntries(Object.entries(overrides).map(([name, order]) => [name, words[order]]));
}

function declarationOf(library: Library | LibraryDeclaration): LibraryDeclaration {
  return declaration in library ? library[declaration] : library;
}
