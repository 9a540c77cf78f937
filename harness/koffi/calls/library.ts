// koffi.load() and what it returns.
import { deprecate } from 'node:util';
import { findDll } from '../../windows/paths/find-dll.ts';
import { readPeHeader } from '../../windows/pe/pe-header.ts';
import { visiblePath } from '../../calls/agent/visible-path.ts';
import { freeModule, loadModule } from '../../calls/session/modules.ts';
import { type LibraryDeclaration, undeclaredLibrary } from '../../types/declare/library.ts';
import { needArguments, refuse, wrongType } from '../errors.ts';
import type { Guest } from '../guest/guest.ts';
import { parseAny } from '../types/make.ts';
import { describeValue } from '../types/value-names.ts';
import type { CallMachine } from './callable.ts';
import { makeFunction } from './function.ts';
import { moduleOf, procedureOf, systemMessage } from './system.ts';

const MACHINES: Readonly<Record<string, string>> = { x64: 'AMD x64', ia32: 'Intel 386+' };

/** A loaded DLL; loaded again when the process is another one. */
class Loaded {
  private readonly guest: Guest;
  private readonly name: string | null;
  /** For the core, which knows libraries by their declarations. */
  readonly declaration: LibraryDeclaration;
  private handle = 0n;
  private generation = -1;
  private unloaded = false;

  constructor(guest: Guest, name: string | null) {
    this.guest = guest;
    this.name = name;
    this.declaration = undeclaredLibrary(fileName(name ?? ''));
    this.module();
  }

  /** The handle of the module in the process that runs now. */
  module(): bigint {
    const { session } = this.guest;
    if (this.unloaded) refuse('The library was unloaded');
    if (this.generation === session.generation && session.isAlive) return this.handle;
    this.guest.ensureAlive();
    this.handle = this.name === null ? moduleOf(this.guest) : loadLibrary(this.guest, this.name, this.declaration);
    this.generation = session.generation;
    return this.handle;
  }

  get currentGeneration(): number {
    return this.generation;
  }

  unload(): void {
    if (this.unloaded) return;
    const { guest } = this;
    const current = guest.session.isAlive && this.generation === guest.session.generation;
    if (current && this.name !== null) freeModule(guest.session, this.handle);
    this.unloaded = true;
  }
}

/** As the loader would have it: in lower case, with an extension. */
function fileName(path: string): string {
  const name = path.split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
  return name.includes('.') ? name : `${name}.dll`;
}

function loadLibrary(guest: Guest, name: string, declaration: LibraryDeclaration): bigint {
  const { config, installation } = guest.surroundings;
  const { session } = guest;
  let target = name;
  try {
    const found = findDll(name, { prefix: session.machine.folders.prefix, searchPaths: config.searchPaths });
    if (found.kind === 'file') {
      const { architecture, wineMark } = readPeHeader(found.path);
      if (wineMark === undefined) guest.caller.hints.learn(declaration, found.path);
      if (architecture !== installation.architecture) {
        const [dll, process] = [architecture, installation.architecture].map((each) => MACHINES[each] ?? 'Unknown');
        refuse(`Cannot load '${dll ?? 'Unknown'}' DLL in '${process ?? 'Unknown'}' process`);
      }
      target = visiblePath(session.machine, found.path);
    }
  } catch (error) {
    // What is not there, or no DLL, Windows says in its own words.
    if (error instanceof Error && error.message.startsWith('Cannot load')) throw error;
    if (/^\.*\//.test(target)) target = `Z:${target.replaceAll('/', '\\')}`;
  }
  let { handle, lastError } = loadModule(session, target, 0n);
  if (handle === 0n) ({ handle, lastError } = loadModule(session, target, BESIDE_IT));
  return handle === 0n ? refuse(`Failed to load shared library: ${systemMessage(guest, lastError)}`) : handle;
}

/** LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR: as koffi 3.3 does when LoadLibrary has found nothing. */
const BESIDE_IT = 0x1000n | 0x100n;

const KEY = Symbol('libraries are made by koffi');
const inside = new WeakMap<object, { loaded: Loaded; machine: () => CallMachine }>();

function insideOf(handle: object): { loaded: Loaded; machine: () => CallMachine } {
  return inside.get(handle) ?? wrongType('Illegal invocation');
}

export class LibraryHandle {
  constructor(key: unknown) {
    if (key !== KEY) refuse('Library objects cannot be constructed manually');
  }

  func(...args: unknown[]): unknown {
    const { loaded, machine } = insideOf(this);
    needArguments(args, 1, '1 to 4 arguments');
    const { specifiers, guest } = machine();
    const parsed = parseAny(specifiers, args, true);
    const name = parsed.name ?? '';
    const find = (): bigint => procedureOf(guest, loaded.module(), parsed.ordinal ?? name, parsed);
    let address = find();
    let generation = loaded.currentGeneration;
    if (address === 0n) refuse(`Cannot find function '${name}' in shared library`);
    return makeFunction(
      machine,
      { ...parsed, name },
      {
        name,
        library: loaded.declaration,
        ordinal: parsed.ordinal,
        address: () => {
          if (generation !== guest.session.generation) {
            address = find();
            generation = loaded.currentGeneration;
          }
          return address;
        },
      },
    );
  }

  symbol(...args: unknown[]): unknown {
    const { loaded, machine } = insideOf(this);
    needArguments(args, 1, '1 argument');
    const [name] = args;
    if (typeof name !== 'string') return wrongType(`Unexpected ${describeValue(name)} value for name, expected string`);
    const address = procedureOf(machine().guest, loaded.module(), name, undefined);
    return address === 0n ? refuse(`Cannot find symbol '${name}' in shared library`) : address;
  }

  unload(): void {
    insideOf(this).loaded.unload();
  }
}

// Node 20 has no Symbol.dispose of its own.
const dispose = (Symbol as { dispose?: symbol }).dispose;
if (dispose) {
  Object.defineProperty(LibraryHandle.prototype, dispose, {
    configurable: true,
    writable: true,
    value(this: LibraryHandle) {
      this.unload();
    },
  });
}

const DEPRECATED = { cdecl: 'KOFFI003', stdcall: 'KOFFI004', fastcall: 'KOFFI005', thiscall: 'KOFFI006' } as const;

export function loadShared(machine: () => CallMachine, args: readonly unknown[]): LibraryHandle {
  needArguments(args, 1, '1 or 2 arguments');
  const [filename, options] = args;
  if (typeof filename !== 'string' && filename !== null && filename !== undefined) {
    wrongType(`Unexpected ${describeValue(filename)} value for filename, expected string or null`);
  }
  if (args.length >= 2 && (typeof options !== 'object' || options === null || Array.isArray(options))) {
    wrongType(`Unexpected ${describeValue(options)} value for options, expected object`);
  }
  const name = typeof filename === 'string' && filename !== '' ? filename : null;
  const handle = new LibraryHandle(KEY);
  inside.set(handle, { loaded: new Loaded(machine().guest, name), machine });
  for (const [convention, code] of Object.entries(DEPRECATED)) {
    const old = (...rest: unknown[]): unknown => handle.func(`__${convention}`, ...rest);
    const message = `lib.${convention}() is deprecated, use lib.func('__${convention}', ...)`;
    Object.assign(handle, { [convention]: deprecate(old, message, code) });
  }
  return handle;
}
