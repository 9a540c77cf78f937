// Where facts are tried: an agent, the functions of their DLLs, and what set-ups need.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isDllparityError } from '../../base/errors.ts';
import type { Agent } from '../../calls/agent/agent.ts';
import type { BoundFunction } from '../../calls/agent/bound-function.ts';
import type { RegisteredCallback } from '../../calls/agent/registered-callback.ts';
import type { SharedBuffer } from '../../calls/memsync/shared-buffer.ts';
import { declaration, type Library, library } from '../../types/declare/library.ts';
import type { PrototypeObject } from '../../types/declare/prototype.ts';
import type { Fact } from './fact.ts';
import { FactMemory } from './fact-memory.ts';
import type { PlannedFact } from './plan-fact.ts';

type Callable = BoundFunction<(...args: never[]) => unknown>;

/** Of a DLL: its functions by the key of their declaration. */
interface LoadedDll {
  readonly functions: Readonly<Record<string, unknown>>;
  readonly knowsErrno: boolean;
}

/** Calls from the DLL. */
export interface Told {
  callbacks: number;
  invalidParameters: number;
  /** The type of the last error of a mathematical function. */
  matherr: number | undefined;
}

const MEMORY_BYTES = 4 << 20;

export class FactRoom implements Disposable {
  readonly agent: Agent;
  readonly #memory: SharedBuffer;
  readonly #libraries: ReadonlyMap<string, LibraryPair>;
  readonly #others = new Map<string, Library>();
  readonly #callbacks = new Map<string, RegisteredCallback>();
  #used = 0;
  /** What callbacks and handlers are told during the call: they are registered once, and serve all facts. */
  told: Told = { callbacks: 0, invalidParameters: 0, matherr: undefined };

  constructor(agent: Agent, planned: readonly PlannedFact[]) {
    this.agent = agent;
    this.#memory = agent.buffer(MEMORY_BYTES);
    this.#libraries = declareLibraries(planned);
  }

  /** Memory for the arguments of the next fact. */
  memory(): FactMemory {
    const { agent } = this;
    const { address } = this.#memory.pointer;
    const elsewhere = (at: bigint, bytes: number): Uint8Array | undefined => {
      try {
        return agent.pointer(at).bytes(bytes);
      } catch (error) {
        if (isDllparityError(error)) return undefined;
        throw error;
      }
    };
    const memory = new FactMemory(this.#memory.bytes, address, agent.pointerBytes, elsewhere, this.#used);
    // Whoever writes beyond its arguments is not to be seen by the next fact.
    this.#used = MEMORY_BYTES;
    return memory;
  }

  /** How much of the memory the next fact has to clear. */
  release(memory: FactMemory): void {
    this.#used = Math.min(MEMORY_BYTES, memory.used + (64 << 10));
  }

  /** The function of a fact. Throws what prevents its DLL from being loaded. */
  functionOf({ fact, ordinal }: PlannedFact): { readonly call: Callable; readonly knowsErrno: boolean } {
    const pair = this.#libraries.get(pathOf(fact));
    if (!pair) throw new Error(`internal: ${fact.dll} was not declared`);
    const { functions, knowsErrno } = this.#load(pair);
    return { call: functions[keyOf(fact, ordinal)] as Callable, knowsErrno };
  }

  #load(pair: LibraryPair): LoadedDll {
    if (pair.loaded) return pair.loaded;
    if (pair.failure) throw pair.failure;
    try {
      pair.loaded = { functions: this.agent.loadDeclared(pair.withErrno[declaration]), knowsErrno: true };
    } catch (error) {
      if (isDllparityError(error) && error.code !== 'EXPORT_NOT_FOUND') pair.failure = error;
      if (!isDllparityError(error, 'EXPORT_NOT_FOUND')) throw error;
      pair.loaded = { functions: this.agent.loadDeclared(pair.plain[declaration]), knowsErrno: false };
    }
    return pair.loaded;
  }

  /** A function that a set-up calls; undefined where the DLL lacks it. */
  helper(dll: string, prototype: string): (...args: readonly unknown[]) => unknown {
    const key = `${dll}\n${prototype}`;
    let own = this.#others.get(key);
    if (!own) this.#others.set(key, (own = library(dll, { run: prototype })));
    const { run } = this.agent.loadDeclared(own[declaration]);
    return run as (...args: readonly unknown[]) => unknown;
  }

  /** A function of this program for the DLL, registered once under its key. */
  callback(key: string, type: string, run: (...args: readonly unknown[]) => unknown): RegisteredCallback {
    let made = this.#callbacks.get(key);
    if (!made) this.#callbacks.set(key, (made = this.agent.callback(type as 'void (*)(void)', run as () => undefined)));
    return made;
  }

  [Symbol.dispose](): void {
    for (const callback of this.#callbacks.values()) callback.release();
    this.#memory.release();
  }
}

/** A DLL declared with errno, and without where it has none. */
interface LibraryPair {
  readonly withErrno: Library;
  readonly plain: Library;
  loaded?: LoadedDll;
  /** What prevented it; the next fact would find the same. */
  failure?: Error;
}

/** What the DLL of a fact is loaded by: the file beside the fact's, or the name. */
export function pathOf({ dll, file }: Pick<Fact, 'dll' | 'file'>): string {
  const beside = resolve(dirname(file), dll.replaceAll('\\', '/'));
  return existsSync(beside) || /[\\/]/.test(dll) ? beside : dll;
}

function keyOf({ prototype, function: name }: Fact, ordinal: number | undefined): string {
  return `${name} ${ordinal === undefined ? '' : `#${String(ordinal)} `}${prototype}`;
}

/** One library for each DLL, in which each prototype is declared once. */
function declareLibraries(planned: readonly PlannedFact[]): ReadonlyMap<string, LibraryPair> {
  const found = new Map<
    string,
    { entries: Record<string, PrototypeObject>; exports: Record<string, string | number> }
  >();
  for (const { fact, ordinal } of planned) {
    const path = pathOf(fact);
    let own = found.get(path);
    if (!own) found.set(path, (own = { entries: {}, exports: {} }));
    const key = keyOf(fact, ordinal);
    own.entries[key] = { type: fact.declared.called };
    // The prototype may name the function otherwise than the DLL does.
    const { name } = fact.declared.type;
    if (ordinal !== undefined) own.exports[key] = ordinal;
    else if (fact.function !== name) own.exports[key] = fact.function;
  }
  const pairs = [...found].map(([path, { entries, exports }]) => {
    const options = { exports };
    return [
      path,
      { withErrno: library(path, entries, { ...options, errno: '_errno' }), plain: library(path, entries, options) },
    ] as const;
  });
  return new Map<string, LibraryPair>(pairs);
}
