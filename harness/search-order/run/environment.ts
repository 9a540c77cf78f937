import { expandFolders } from '../places.ts';
import type { Scenario } from '../scenario.ts';

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
    // Names of hidden variables such as "=C:" begin with the sign.
    const at = variable.indexOf('=', 1);
    if (at > 0) set(variable.slice(0, at), variable.slice(at + 1));
  }
  const overrides = variables.get('WINEDLLOVERRIDES')?.[1] ?? '';
  set('PATH', expandFolders(PATH, root));
  for (const [name, value] of Object.entries(scenario.program.environment)) {
    const expanded = expandFolders(value, root);
    set(name, name.toUpperCase() === 'WINEDLLOVERRIDES' ? mergeOverrides(overrides, expanded) : expanded);
  }
  const sorted = [...variables.entries()].sort(([one], [other]) => (one < other ? -1 : 1));
  return wide(`${sorted.map(([, [name, value]]) => `${name}=${value}\0`).join('')}`);
}

/** Orders that the prefix needs stay, unless the scenario names the same DLL: without them Wine offers to install Mono and Gecko. */
function mergeOverrides(own: string, given: string): string {
  const names = (order: string): string[] => (order.split('=')[0] ?? '').split(',');
  const named = new Set(given.split(';').flatMap(names));
  const kept = own.split(';').filter((order) => order !== '' && !names(order).some((name) => named.has(name)));
  return [...kept, given].join(';');
}

/** UTF-16 with a null at its end. */
export function wide(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length + 1 }, (_, index) =>
    index < text.length ? text.charCodeAt(index) : 0,
  );
}
