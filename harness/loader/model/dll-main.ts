import type { Surroundings } from './surroundings.ts';
import type { LoadError } from './load-error.ts';
import { allSteps } from './all-steps.ts';
import type { LoadNode } from './load-node.ts';
import type { Module } from './module-list.ts';
import { Undocumented } from './step.ts';
import { baseName } from './windows-path.ts';

/** Loads what a DllMain names, with the standard search. */
type Load = (name: string) => LoadNode;

/** Calls the DllMain functions of modules that were loaded now, those that others import from first. */
export function runDllMains(
  module: Module,
  around: Surroundings,
  load: Load,
  visited = new Set<Module>(),
): LoadError | undefined {
  if (module.initialized || visited.has(module) || module.unresolved) return undefined;
  visited.add(module);
  for (const imported of module.imports.values()) {
    const error = runDllMains(imported, around, load, visited);
    if (error !== undefined) return error;
  }
  const error = runDllMain(module, around, load);
  if (error === undefined) module.initialized = true;
  return error;
}

function runDllMain(module: Module, around: Surroundings, load: Load): LoadError | undefined {
  const { dllMain } = module.image;
  if (dllMain === 'succeeds') return undefined;
  if (dllMain === 'fails') {
    around.trace.say('dll-main', `DllMain of ${baseName(module.path)} returns FALSE`, { path: module.path });
    return 'dll-main';
  }
  module.loadedInDllMain = loadInDllMain(module, dllMain.loads, around, load);
  return undefined;
}

/** What a DllMain loads: with the standard search, whatever the call was that loaded the DLL itself. */
function loadInDllMain(module: Module, name: string, { state, trace }: Surroundings, load: Load): Module | LoadError {
  trace.say('dll-main-search', `DllMain of ${baseName(module.path)} loads ${name}: the standard search holds again`);
  if (module.context !== undefined) state.contexts.push(module.context);
  try {
    const node = load(name);
    trace.steps.push(...allSteps(node));
    const { result } = node;
    if (result.kind === 'unknown') throw new Undocumented(result.rule, result.because);
    return result.kind === 'loaded' ? result.module : result.error;
  } finally {
    if (module.context !== undefined) state.contexts.pop();
  }
}
