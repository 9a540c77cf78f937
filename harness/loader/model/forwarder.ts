// What an export that another DLL answers leads to.

import { assemblyPath } from './find-module.ts';
import type { Surroundings } from './surroundings.ts';
import { firstFailure, loadModule } from './load.ts';
import type { LoadNode } from './load-node.ts';
import type { Module } from './module-list.ts';
import { PLAIN_REQUEST, type SearchRequest } from './search-request.ts';
import { Trace, Undocumented } from './step.ts';
import { samePath } from './windows-path.ts';
import { exportAsWine } from './wine-forwarder.ts';

/**
 * The module whose code answers for an export: the module itself, or the one that a forwarder leads to.
 *
 * @returns undefined where it leads nowhere, which Wine alone is known to tell
 */
export function resolveExport(
  module: Module,
  name: string,
  around: Surroundings,
  passed: readonly Module[] = [],
): Module | undefined {
  if (!around.state.ways.ofWindows) return exportAsWine(module, name, undefined, around);
  const target = module.image.forwards.get(name);
  if (target === undefined) return module;
  if (passed.includes(module)) throw new Undocumented('forwarder', 'the forwarders lead to each other in a circle');
  const known = module.targets.get(target.toLowerCase());
  const next = known ?? loadTarget(module, target, around);
  return resolveExport(next, name, around, [...passed, module]);
}

/** No page says in which folders the DLL of a forwarder is looked for: the answer counts only where all readings agree. */
function loadTarget(module: Module, target: string, around: Surroundings): Module {
  const { state, world, trace } = around;
  if (assemblyPath(target, { ...around, trace: new Trace() }) !== undefined) {
    throw new Undocumented(
      'forwarder',
      `no page says whether ${target}, which a forwarder names, is that of an assembly`,
    );
  }
  const readings: readonly SearchRequest[] = [module.request, PLAIN_REQUEST];
  const answers = readings.map((request) => tryLoad(target, request, around));
  const [first, ...others] = answers;
  if (first === undefined || others.some((other) => other === undefined || !samePath(other, first))) {
    throw new Undocumented(
      'forwarder',
      `no page says in which folders ${target}, which a forwarder names, is looked for`,
    );
  }
  trace.say('forwarder', `an export is a forwarder to ${target}`);
  const node = loadModule(target, PLAIN_REQUEST, state, world, { tolerant: false, unresolved: false });
  trace.steps.push(...node.steps);
  if (node.result.kind !== 'loaded') throw new Undocumented('forwarder', `${target} cannot be loaded`);
  module.targets.set(target.toLowerCase(), node.result.module);
  node.result.module.heldByForwarders += 1;
  return node.result.module;
}

/** Path of what would be loaded; the process stays as it is. */
function tryLoad(target: string, request: SearchRequest, { state, world }: Surroundings): string | undefined {
  const before = [...state.modules];
  const { lastModule } = state;
  const references = new Map(before.map((module) => [module, module.references]));
  const node: LoadNode = loadModule(target, request, state, world, { tolerant: false, unresolved: false });
  const path = firstFailure(node) === undefined && node.result.kind === 'loaded' ? node.result.module.path : undefined;
  state.modules.splice(0, state.modules.length, ...before);
  for (const [module, count] of references) module.references = count;
  state.lastModule = lastModule;
  return path;
}
