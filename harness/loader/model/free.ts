import type { Surroundings } from './surroundings.ts';
import type { Module } from './module-list.ts';
import { Undocumented } from './step.ts';

/** Lets go of a module once; where nobody holds it any more it leaves the process, and lets go of what it imports. */
export function freeModule(module: Module, around: Surroundings): void {
  const { modules, ways } = around.state;
  module.references -= 1;
  around.state.lastModule = module;
  if (module.heldByForwarders > 0 && module.references <= module.heldByForwarders) {
    throw new Undocumented('free-library', 'no page says how long a forwarder holds the module that it leads to');
  }
  if (module.references > 0) {
    around.trace.say('free-library', 'the module is still held', { path: module.path });
    return;
  }
  const at = modules.indexOf(module);
  if (at < 0) return;
  modules.splice(at, 1);
  around.trace.say('free-library', 'the module leaves the process', { path: module.path });
  for (const imported of module.imports.values()) freeModule(imported, around);
  for (const target of module.targets.values()) {
    target.heldByForwarders -= 1;
    target.references -= 1;
    if (target.references > 0 || !ways.ofWindows) continue;
    throw new Undocumented('free-library', 'no page says whether the target of a forwarder leaves with it');
  }
}
