// The DLLs of an agent: loaded once each, and loaded again whenever a call has cost the process.
import { PLAN } from '../../../protocol/wire/layout.ts';
import { type CallPlan, makePlan } from '../marshal/plan.ts';
import type { ResolvedConfig } from '../../config/config.ts';
import type { DeclaredFunction, LibraryDeclaration } from '../../types/declare/library.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import type { Machine } from '../../machines/machine.ts';
import { readMemory } from '../session/read-memory.ts';
import type { AsyncCalls } from './async-calls.ts';
import { bindFunction } from './bound-function.ts';
import type { Caller } from './caller.ts';
import { checkLoadedFile } from './check-loaded-file.ts';
import { findInAgent } from './find-in-agent.ts';
import { type LibraryTarget, libraryTarget } from './library-target.ts';
import { LoadedLibrary } from './loaded-library.ts';
import { loadVariable } from './loaded-variable.ts';
import type { Missing } from './missing.ts';
import type { Session } from '../session/session.ts';

/** What is to be known to find a DLL. */
export interface LibraryPlace {
  readonly config: Pick<ResolvedConfig, 'searchPaths' | 'dllOverrides'>;
  /** The prefix in use now. */
  readonly machine: () => Machine;
  readonly architecture: 'x64' | 'ia32';
}

interface Entry {
  readonly library: LoadedLibrary;
  readonly loaded: Readonly<Record<string, unknown>>;
  isUnloaded: boolean;
}

export class Libraries {
  /** Why a function cannot be called, for those that the loaded DLLs do not export. */
  readonly missing = new Map<CallPlan, Missing>();
  private readonly entries = new Map<LibraryDeclaration, Entry>();
  private readonly place: LibraryPlace;
  private readonly asyncCalls: AsyncCalls;
  private plans = 1; // Plan 0 belongs to the harness.

  constructor(place: LibraryPlace, asyncCalls: AsyncCalls) {
    this.place = place;
    this.asyncCalls = asyncCalls;
  }

  load(caller: Caller, declared: LibraryDeclaration, file?: string): Readonly<Record<string, unknown>> {
    const present = this.entries.get(declared);
    caller.lateFaults.look();
    if (!caller.session.isReady) caller.ensureAlive();
    if (present) {
      if (present.isUnloaded) present.library.bind();
      present.isUnloaded = false;
      return present.loaded;
    }
    const entry = this.firstTime(caller, declared, file);
    this.entries.set(declared, entry);
    return entry.loaded;
  }

  private firstTime(caller: Caller, declared: LibraryDeclaration, file: string | undefined): Entry {
    const { session } = caller;
    // A DLL may have ended the whole prefix since, and without it no path of Windows can be found.
    if (!this.place.machine().isAlive) {
      session.end();
      caller.ensureAlive();
    }
    const { config, machine, architecture } = this.place;
    const plans = new Map<DeclaredFunction, CallPlan>();
    for (const fn of Object.values(declared.functions)) {
      plans.set(fn, this.newPlan(caller, fn.type, declared.encoding, declared.stringBytes));
    }
    const target = libraryTarget(file ?? declared.path, config.searchPaths, machine(), architecture);
    const findDependency = (dll: string): LibraryTarget | undefined => {
      const found = libraryTarget(dll, config.searchPaths, machine(), architecture);
      return found.file === undefined ? undefined : found;
    };
    const { missing } = this;
    const { runtime } = caller;
    const library = new LoadedLibrary({ session, declared, target, findDependency, plans, missing, runtime });
    library.bind();
    if (target.isForeign && target.file !== undefined) caller.hints.learn(declared, target.file);
    checkLoadedFile(session, target, library.file, config.dllOverrides);
    const loaded: Record<string, unknown> = {};
    for (const [key, fn] of Object.entries(declared.functions)) {
      const plan = plans.get(fn);
      if (plan) loaded[key] = bindFunction(caller, fn, plan, this.asyncCalls);
    }
    for (const [key, variable] of Object.entries(declared.variables)) {
      loaded[key] = loadVariable(caller, library, variable);
    }
    return { library, loaded, isUnloaded: false };
  }

  /** Where a DLL would be taken from. */
  find(session: Session, name: string): string | null {
    const { config, architecture } = this.place;
    return findInAgent(session, name, { searchPaths: config.searchPaths, architecture });
  }

  /** Frees the DLL. Its functions cannot be called until it is loaded again. */
  unload(caller: Caller, declared: LibraryDeclaration): void {
    const entry = this.entries.get(declared);
    if (!entry || entry.isUnloaded) return;
    caller.lateFaults.look();
    if (!caller.session.isReady) caller.ensureAlive();
    entry.library.unload();
    entry.isUnloaded = true;
  }

  /** Loads everything in a new process. */
  bindAll(): void {
    for (const { library, isUnloaded } of this.entries.values()) if (!isUnloaded) library.bind();
  }

  pathOf(declared: LibraryDeclaration): string {
    return this.entries.get(declared)?.library.file.path ?? '';
  }

  /** Memory of a loaded library, from its base. */
  read({ session }: Caller, declared: LibraryDeclaration, offset: number, bytes: number): Uint8Array | undefined {
    const base = this.entries.get(declared)?.library.file.base;
    return base === undefined ? undefined : readMemory(session, base + BigInt(offset), bytes);
  }

  newPlan({ session }: Pick<Caller, 'session'>, type: FunctionType, encoding: string, stringBytes: number): CallPlan {
    if (this.plans >= PLAN.COUNT) {
      throw new DllparityError('ARGUMENT_RANGE', {
        what: 'too many functions are declared in one agent',
        figures: [{ name: 'limit', value: PLAN.COUNT - 1, unit: 'functions' }],
        hint: 'Declare only what the tests call, or boot another agent.',
      });
    }
    return makePlan(this.plans++, type, { pointerBytes: session.pointerBytes, stringBytes, encoding });
  }
}
