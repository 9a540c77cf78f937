// What an export leads to in Wine (ntdll/loader.c, find_forwarded_export).

import type { LoadError } from './load-error.ts';
import type { Surroundings } from './surroundings.ts';
import { lastOfName } from './last-module.ts';
import { loadModule } from './load.ts';
import { type Module, moduleByName } from './module-list.ts';
import type { ProcessState } from './process-state.ts';
import { PLAIN_REQUEST, type SearchRequest } from './search-request.ts';
import { Undocumented } from './step.ts';

/**
 * The module whose code answers for an export; undefined: GetProcAddress finds nothing.
 *
 * @param request that of the load that an import is bound in; undefined: of GetProcAddress
 */
export function exportAsWine(
  module: Module,
  name: string,
  request: SearchRequest | undefined,
  around: Surroundings,
): Module | undefined {
  const { state } = around;
  state.lastModule = module;
  const target = module.image.forwards.get(name);
  if (target === undefined) return module;
  const next = lastOfName(target, state) ?? moduleByName(state.modules, target) ?? loadTarget(target, request, around);
  return next === undefined ? undefined : exportAsWine(next, name, request, around);
}

/** The process ends while it starts. */
export class StartFailed extends Error {
  readonly error: LoadError;

  constructor(error: LoadError) {
    super(`the start of the process fails: ${error}`);
    this.error = error;
  }
}

/** GetProcAddress has no folders of its own: Wine takes those that the process had at its start. */
function loadTarget(target: string, request: SearchRequest | undefined, around: Surroundings): Module | undefined {
  const { state, world, trace } = around;
  if (request === undefined && isChanged(state)) state.ways.takes('forwarder-folders');
  const options = { tolerant: false, unresolved: false };
  const { result, steps } = loadModule(target, request ?? { ...PLAIN_REQUEST, atStart: true }, state, world, options);
  trace.steps.push(...steps);
  if (result.kind === 'unknown') throw new Undocumented(result.rule, result.because);
  // While a process starts, the target counts as a dependency: its DllMain runs with all others, and they all have to succeed.
  if (state.isStarting && result.kind === 'failed' && result.error === 'dll-main') throw new StartFailed(result.error);
  return result.kind === 'loaded' ? result.module : undefined;
}

function isChanged({ path, startPath, dllDirectory, defaultFlags }: ProcessState): boolean {
  return path !== startPath || (dllDirectory ?? '') !== '' || defaultFlags !== undefined;
}
