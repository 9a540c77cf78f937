import { placeArguments } from '../../types/abi/place-arguments.ts';
import { HEADER } from '../../../protocol/wire/layout.ts';
import { type CallPlan, writePlan } from '../marshal/plan.ts';
import type { DeclaredFunction, DeclaredVariable, LibraryDeclaration } from '../../types/declare/library.ts';
import { DllparityError } from '../../base/errors.ts';
import type { LibraryTarget } from './library-target.ts';
import { type Missing, missingStub } from './missing.ts';
import { missingImports } from './missing-imports.ts';
import { stubAt } from './stub-at.ts';
import { exportOf, freeModule, loadModule, type ModuleLoad } from '../session/modules.ts';
import { rawCall } from '../session/raw-call.ts';
import type { Session } from '../session/session.ts';

/** What the harness reads to know that it calls what it means to call. */
export interface LoadedFile {
  /** Windows path from which the loader took the DLL. */
  readonly path: string;
  /** Where it lies in the agent. */
  readonly base: bigint;
}

// Microsoft, "LoadLibraryExW".
const LOAD_WITH_ALTERED_SEARCH_PATH = 0x8n;
/** Neither loads what the DLL imports nor calls its DllMain. */
const DONT_RESOLVE_DLL_REFERENCES = 0x1n;
const MODULE_NOT_FOUND = 126;

/** What a loader error of Windows means for somebody whose DLL does not load (Microsoft, "System Error Codes"). */
const LOAD_ERRORS: Readonly<Record<number, string>> = {
  2: 'the file was not found',
  3: 'the folder was not found',
  5: 'access was denied',
  126: 'the DLL, or one it depends on, was not found',
  127: 'a function that the DLL imports is missing from the DLL it should come from',
  193: 'it is not a valid DLL for this architecture',
  998: 'it accessed invalid memory while it was loading',
  1114: 'its DllMain reported failure',
};

/** A library, and what is to be known to load it. */
export interface LibraryToLoad {
  readonly session: Session;
  readonly declared: LibraryDeclaration;
  readonly target: LibraryTarget;
  /** The file that the search paths have for an import of the DLL; undefined when they have none. */
  readonly findDependency: (dll: string) => LibraryTarget | undefined;
  readonly plans: ReadonlyMap<DeclaredFunction, CallPlan>;
  /** Where is noted why a function cannot be called. */
  readonly missing: Map<CallPlan, Missing>;
  readonly runtime: string;
}

/** A DLL in the agent, with the plans of its declared functions. Bound again to each new agent process. */
export class LoadedLibrary {
  readonly declared: LibraryDeclaration;
  readonly plans: ReadonlyMap<DeclaredFunction, CallPlan>;
  file: LoadedFile = { path: '', base: 0n };
  private readonly session: Session;
  private readonly target: LibraryTarget;
  private readonly findDependency: (dll: string) => LibraryTarget | undefined;
  /** Handles of what had to be loaded first. */
  private readonly dependencies: bigint[] = [];
  /** Names of what was or is being loaded first: DLLs can import each other. */
  private readonly begun = new Set<string>();
  private readonly missing: Map<CallPlan, Missing>;
  private readonly runtime: string;
  private readonly variables = new Map<DeclaredVariable, bigint>();

  constructor({ session, declared, target, findDependency, plans, missing, runtime }: LibraryToLoad) {
    this.session = session;
    this.declared = declared;
    this.target = target;
    this.findDependency = findDependency;
    this.plans = plans;
    this.missing = missing;
    this.runtime = runtime;
  }

  /** Loads the DLL and finds its functions in the agent that runs now. */
  bind(): void {
    const { session } = this;
    const mark = session.top;
    try {
      this.dependencies.length = 0;
      this.begun.clear();
      const handle = this.loadLibrary(this.target);
      this.file = { path: this.pathOf(handle), base: handle };
      const errno = this.errnoOf(handle);
      const addresses = new Map<string, bigint>();
      for (const [declared, plan] of this.plans) {
        const address = this.addressOf(handle, declared);
        if (address === 0n) this.missing.set(plan, { reason: this.missingText(declared), isStub: false });
        else {
          const stub = stubAt(session, address);
          if (stub === undefined) this.missing.delete(plan);
          else this.missing.set(plan, missingStub({ dll: stub, name: exportName(declared) }, this.runtime));
          writePlan(session, plan, address, errno);
        }
        addresses.set(declared.name, address);
      }
      const addressOf = (key = ''): bigint | undefined => {
        const address = addresses.get(this.declared.functions[key]?.name ?? '');
        return address === 0n ? undefined : address;
      };
      for (const [{ freedBy }, { frees }] of this.plans) {
        frees.result = addressOf(freedBy.result);
        for (const [index, key] of freedBy.stored) {
          const address = addressOf(key);
          if (address === undefined) frees.stored.delete(index);
          else frees.stored.set(index, address);
        }
      }
      for (const variable of Object.values(this.declared.variables)) {
        this.variables.set(variable, this.addressOf(handle, variable));
      }
    } finally {
      session.top = mark;
    }
  }

  /** Gives the DLL back to Windows, which forgets it when nobody else holds it. */
  unload(): void {
    freeModule(this.session, this.file.base);
    for (const handle of this.dependencies.splice(0).reverse()) freeModule(this.session, handle);
    const missing = { reason: `${this.declared.dll} was unloaded`, isStub: false };
    for (const plan of this.plans.values()) this.missing.set(plan, missing);
    this.variables.clear();
  }

  /** Address of an exported variable in the agent that runs now. */
  variableAddress(variable: DeclaredVariable): bigint {
    const address = this.variables.get(variable) ?? 0n;
    if (address === 0n) throw this.exportMissing(variable.name);
    return address;
  }

  private errnoOf(handle: bigint): { readonly function: bigint; readonly address: bigint } {
    const { errno } = this.declared;
    if (errno === undefined) return { function: 0n, address: 0n };
    const address = exportOf(this.session, handle, errno);
    if (address === 0n) throw this.exportMissing(errno);
    return { function: address, address: rawCall(this.session, address).integer };
  }

  private missingText({ name, exportedAs }: DeclaredFunction): string {
    const wanted = typeof exportedAs === 'number' ? `ordinal ${exportedAs.toString()} (${name})` : (exportedAs ?? name);
    return `${this.declared.dll} does not export ${wanted} (loaded from ${this.file.path})`;
  }

  /** By what the library says, else by the plain name, else by the decorated names of ia32 (Microsoft, "Decorated Names"). */
  private addressOf(handle: bigint, declared: DeclaredFunction | DeclaredVariable): bigint {
    const { name, exportedAs } = declared;
    if (exportedAs !== undefined) return exportOf(this.session, handle, exportedAs);
    const address = exportOf(this.session, handle, name);
    if (address !== 0n || this.session.pointerBytes === 8 || !('type' in declared)) return address;
    const { type } = declared;
    const { slotBytes, hidden } = placeArguments({ ...type, convention: 'cdecl' }, 4);
    // Slots 0 and 1 are registers; a decorated name counts what stdcall would put on the stack for the parameters.
    const bytes = (slotBytes - 8 - (hidden ? 4 : 0)).toString();
    for (const decorated of [`${name}@${bytes}`, `_${name}@${bytes}`, `@${name}@${bytes}`, `_${name}`]) {
      const found = exportOf(this.session, handle, decorated);
      if (found !== 0n) return found;
    }
    return 0n;
  }

  exportMissing(name: string): DllparityError {
    return new DllparityError('EXPORT_NOT_FOUND', {
      what: `${this.declared.dll} does not export ${name}`,
      details: [`loaded from ${this.file.path}`],
      hint: 'Check the spelling; C++ and stdcall names may be decorated.',
    });
  }

  /** Loads a DLL, and before it those of its imports that only the search paths have. */
  private loadLibrary({ name, file }: LibraryTarget): bigint {
    const first = this.tryToLoadAt(name);
    if (first.handle !== 0n) return first.handle;
    const wanted = file !== undefined && first.lastError === MODULE_NOT_FOUND ? missingImports(file, this.canLoad) : [];
    const missing = wanted.filter(({ dll }) => !this.loadDependency(dll));
    // With some of them still missing the loader would say the same again.
    const { handle, lastError } = wanted.length > 0 && missing.length === 0 ? this.tryToLoadAt(name) : first;
    if (handle !== 0n) return handle;
    throw new DllparityError('DLL_LOAD_FAILED', {
      what: `${name} could not be loaded: ${LOAD_ERRORS[lastError] ?? `Windows error ${lastError.toString()}`}`,
      figures: [{ name: 'error', value: lastError, unit: '(GetLastError)' }],
      details: missing.map(({ dll, neededBy }) => `${dll} is missing, which ${neededBy} imports`),
      hint:
        missing.length > 0
          ? 'Put what is missing into the same folder, or list its folder in `searchPaths` (DLLPARITY_SEARCH_PATHS).'
          : "Check the path and the DLLs it depends on; `wineDebug: '+module,+loaddll'` in the log options shows where Wine looks.",
    });
  }

  /** The loader takes a DLL of that name for the import from then on, wherever it lies. False when no search path has one. */
  private loadDependency(dll: string): boolean {
    const key = dll.toLowerCase();
    const target = this.begun.has(key) ? undefined : this.findDependency(dll);
    if (!target) return false;
    this.begun.add(key);
    this.dependencies.push(this.loadLibrary(target));
    return true;
  }

  private tryToLoadAt(name: string): ModuleLoad {
    // With a path, a DLL beside the one that is loaded is found too; with a bare name the flag would change nothing.
    return loadModule(this.session, name, /[\\/]/.test(name) ? LOAD_WITH_ALTERED_SEARCH_PATH : 0n);
  }

  /** Whether the loader finds a DLL of this name. */
  private readonly canLoad = (name: string): boolean => {
    const { handle } = loadModule(this.session, name, DONT_RESOLVE_DLL_REFERENCES);
    if (handle !== 0n) freeModule(this.session, handle);
    return handle !== 0n;
  };

  private pathOf(handle: bigint): string {
    const { session } = this;
    const characters = 32768;
    const mark = session.top;
    const at = session.reserve(characters * 2);
    const getName = session.view.getBigUint64(HEADER.GET_MODULE_FILE_NAME, true);
    const { integer } = rawCall(session, getName, handle, BigInt(session.base + at), BigInt(characters));
    session.top = mark;
    return Buffer.from(session.bytes.slice(at, at + Number(integer) * 2)).toString('utf16le');
  }
}

function exportName({ name, exportedAs }: DeclaredFunction): string {
  return typeof exportedAs === 'number' ? `#${exportedAs.toString()}` : (exportedAs ?? name);
}
