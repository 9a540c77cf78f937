import { expandFolders } from '../places.ts';
import type { RegistryValue, Scenario } from '../scenario.ts';

const PATH = '{path1};{path2};{system32};{windows}';

/**
 * The environment of a scenario's program as CreateProcessW takes it: sorted, each variable ending in a null, and one more.
 *
 * @param own that of the process that starts it
 */
export function environmentBlock(own: readonly string[], scenario: Scenario, root: string): Uint16Array {
  const variables = new Map<string, readonly [name: string, value: string]>();
  const set = (name: string, value: string): void => void variables.set(name.toUpperCase(), [name, value]);
  for (const variable of own) {
    // Names such as "=C:", which keep the current folder of a drive, begin with the sign.
    const at = variable.indexOf('=', 1);
    if (at > 0) set(variable.slice(0, at), variable.slice(at + 1));
  }
  set('PATH', expandFolders(PATH, root));
  for (const [name, value] of Object.entries(scenario.program.environment)) {
    if (name.toUpperCase() !== OVERRIDES) set(name, expandFolders(value, root));
  }
  const sorted = [...variables.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  return wide(sorted.map(([, [name, value]]) => `${name}=${value}\0`).join(''));
}

// A Windows program cannot change what Wine itself reads from its host's environment: programs that it starts inherit that from it.
// So orders of loading go to the registry, which Wine asks next, and a locale needs an agent that was booted with it.
const OVERRIDES = 'WINEDLLOVERRIDES';
const OVERRIDES_KEY = 'HKCU\\Software\\Wine\\AppDefaults\\probe.exe\\DllOverrides';
const ORDERS: Readonly<Record<string, string>> = { n: 'native', b: 'builtin', d: '' };

/** The orders of loading that a scenario asks for, as values of the registry that hold for its program. */
export function overrideValues({ program }: Scenario): RegistryValue[] {
  const [, text = ''] = Object.entries(program.environment).find(([name]) => name.toUpperCase() === OVERRIDES) ?? [];
  return text
    .split(';')
    .filter((entry) => entry.includes('='))
    .flatMap((entry) => {
      const [names = '', order = ''] = entry.split('=');
      const value = order
        .split(',')
        .map((word) => ORDERS[word.trim().charAt(0).toLowerCase()] ?? '')
        .filter((word) => word !== '')
        .join(',');
      return names.split(',').map((name) => ({ path: `${OVERRIDES_KEY}\\${withoutDll(name.trim())}`, value }));
    });
}

/** The variables of a scenario that only an agent can be booted with: those of the locale. */
export function localeOf({ program }: Scenario): Record<string, string> {
  return Object.fromEntries(Object.entries(program.environment).filter(([name]) => /^(LANG|LC_[A-Z]+)$/.test(name)));
}

function withoutDll(name: string): string {
  return name.replace(/\.dll$/i, '');
}

/** UTF-16 with a null at its end. */
export function wide(text: string): Uint16Array {
  const units = new Uint16Array(text.length + 1);
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index);
  return units;
}
