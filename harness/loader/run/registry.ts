import type { Agent } from '../../calls/agent/agent.ts';
import type { Loaded } from '../../calls/agent/loaded.ts';
import { library } from '../../types/declare/library.ts';
import { errorName } from '../loader-constants.ts';
import type { RegistryValue } from '../scenario.ts';
import { wide } from './environment.ts';

const advapi32 = library(
  'advapi32.dll',
  {
    open: 'LONG RegOpenKeyExW(void *key, const wchar_t *path, DWORD options, DWORD access, _Out_ void **opened)',
    create:
      'LONG RegCreateKeyExW(void *key, const wchar_t *path, DWORD zero, const wchar_t *className, DWORD options, DWORD access, void *security, _Out_ void **opened, _Out_ DWORD *how)',
    query:
      'LONG RegQueryValueExW(void *key, const wchar_t *name, void *zero, uint32_t *type, uint8_t *data, uint32_t *bytes)',
    set: 'LONG RegSetValueExW(void *key, const wchar_t *name, DWORD zero, DWORD type, const uint8_t *data, DWORD bytes)',
    deleteValue: 'LONG RegDeleteValueW(void *key, const wchar_t *name)',
    deleteKey: 'LONG RegDeleteKeyW(void *key, const wchar_t *path)',
    close: 'LONG RegCloseKey(void *key)',
  },
  { convention: 'stdcall' },
);

const KEY_ALL_ACCESS = 0xf003f;
const REG_SZ = 1;
const REG_DWORD = 4;
/** Handles of the root keys (winreg.h): signed 32-bit numbers, made as wide as a pointer. */
const ROOTS: Readonly<Record<string, number>> = {
  HKCR: 0x80000000 | 0,
  HKEY_CLASSES_ROOT: 0x80000000 | 0,
  HKCU: 0x80000001 | 0,
  HKEY_CURRENT_USER: 0x80000001 | 0,
  HKLM: 0x80000002 | 0,
  HKEY_LOCAL_MACHINE: 0x80000002 | 0,
  HKU: 0x80000003 | 0,
  HKEY_USERS: 0x80000003 | 0,
};

/** Writes values of a prefix's registry, and puts back what was there. */
export class Registry {
  readonly #agent: Agent;
  readonly #functions: Loaded<typeof advapi32>;
  readonly #undo: (() => void)[] = [];

  constructor(agent: Agent) {
    this.#agent = agent;
    this.#functions = agent.load(advapi32);
  }

  /** @throws Error that says which value could not be written */
  write({ path, value }: RegistryValue): void {
    const parts = path.split('\\');
    const root = ROOTS[(parts[0] ?? '').toUpperCase()];
    const name = parts.at(-1) ?? '';
    if (root === undefined || parts.length < 3) throw new Error(`${path} does not begin with a root key such as HKLM`);
    const keys = parts.slice(1, -1);
    this.#makeKeys(root, keys);
    const data =
      typeof value === 'number' ? new Uint8Array(Uint32Array.of(value).buffer) : new Uint8Array(wide(value).buffer);
    const type = typeof value === 'number' ? REG_DWORD : REG_SZ;
    this.#inKey(root, keys, (key) => {
      const before = this.#read(key, name);
      this.#undo.push(() => {
        this.#inKey(root, keys, (again) => {
          if (before === undefined) this.#functions.deleteValue(again, name);
          else this.#functions.set(again, name, 0, before.type, before.data, before.data.length);
        });
      });
      check(this.#functions.set(key, name, 0, type, data, data.length), path);
    });
  }

  putBack(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo.length = 0;
  }

  /** Those that were not there are deleted afterwards, the innermost first. */
  #makeKeys(root: number, keys: readonly string[]): void {
    for (let depth = 1; depth <= keys.length; depth++) {
      const path = keys.slice(0, depth).join('\\');
      const opened: [null] = [null];
      const how = [0];
      const status = this.#functions.create(this.#root(root), path, 0, null, 0, KEY_ALL_ACCESS, null, opened, how);
      check(status, path);
      this.#functions.close(opened[0]);
      if (how[0] === 1) this.#undo.push(() => void this.#functions.deleteKey(this.#root(root), path));
    }
  }

  #inKey(root: number, keys: readonly string[], use: (key: never) => void): void {
    const opened: [null] = [null];
    const path = keys.join('\\');
    check(this.#functions.open(this.#root(root), path, 0, KEY_ALL_ACCESS, opened), path);
    try {
      use(opened[0] as never);
    } finally {
      this.#functions.close(opened[0]);
    }
  }

  #read(key: never, name: string): { readonly type: number; readonly data: Uint8Array } | undefined {
    const type = Uint32Array.of(0);
    const bytes = Uint32Array.of(1 << 14);
    const data = new Uint8Array(1 << 14);
    if (this.#functions.query(key, name, null, type, data, bytes) !== 0) return undefined;
    return { type: type[0] ?? 0, data: data.slice(0, bytes[0]) };
  }

  #root(handle: number): ReturnType<Agent['pointer']> {
    return this.#agent.pointer(handle);
  }
}

function check(status: number, path: string): void {
  if (status !== 0) throw new Error(`the registry refuses ${path}: ${errorName(status)}`);
}
