import { type Module, moduleByName } from './module-list.ts';
import type { ProcessState } from './process-state.ts';
import { baseName } from './windows-path.ts';

/**
 * The module that Wine's loader had to do with last, where it has this name and another one that was loaded first has it too
 * (ntdll/loader.c, cached_modref).
 */
export function lastOfName(name: string, { modules, lastModule, ways }: ProcessState): Module | undefined {
  if (lastModule === undefined || !modules.includes(lastModule)) return undefined;
  if (baseName(lastModule.path).toLowerCase() !== name.toLowerCase()) return undefined;
  if (moduleByName(modules, name) === lastModule) return undefined;
  return ways.takes('last-of-one-name') ? lastModule : undefined;
}
