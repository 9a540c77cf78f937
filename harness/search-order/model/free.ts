import type { Surroundings } from './find-module.ts';
import type { Module } from './module-list.ts';

/** Lets go of a module once; where nobody holds it any more it leaves the process, and lets go of what it imports. */
export function freeModule(module: Module, around: Surroundings): void {
  module.references -= 1;
  if (module.references > 0) {
    around.trace.say('free-library', 'the module is still held', { path: module.path });
    return;
  }
  const { modules } = around.state;
  const at = modules.indexOf(module);
  if (at < 0) return;
  modules.splice(at, 1);
  around.trace.say('free-library', 'the module leaves the process', { path: module.path });
  for (const imported of module.imports.values()) freeModule(imported, around);
}
