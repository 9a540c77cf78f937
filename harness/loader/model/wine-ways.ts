import type { Scenario } from '../scenario.ts';
import { isWindowsDll } from './system-dlls.ts';
import type { Ways, WineWay } from './ways.ts';

/** All known ways of Wine 8.0 and 10.0, for one prediction. */
export class WineWays implements Ways {
  readonly ofWindows = false;
  /** Those that the prediction went. */
  readonly taken = new Set<WineWay>();
  readonly #native: ReadonlySet<string>;

  constructor({ program }: Scenario) {
    this.#native = nativeFirst(program.environment);
  }

  takes(way: WineWay): boolean {
    this.taken.add(way);
    return true;
  }

  hasBuiltin(name: string): boolean {
    const key = name.toLowerCase();
    return isWindowsDll(key) && !this.#native.has(key.replace(/\.dll$/, ''));
  }
}

/** Names that WINEDLLOVERRIDES gives to the program's own files: `version=n,b;psapi=n`. */
function nativeFirst(environment: Readonly<Record<string, string>>): ReadonlySet<string> {
  const orders = (environment['WINEDLLOVERRIDES'] ?? '').toLowerCase().split(';');
  const native = orders.flatMap((order) => {
    const [names = '', value = ''] = order.split('=');
    return value.trim().startsWith('n') ? names.split(',') : [];
  });
  return new Set(native.map((name) => name.trim().replace(/\.dll$/, '')));
}
