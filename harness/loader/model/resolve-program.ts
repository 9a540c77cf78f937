// A whole program: where each DLL that it needs comes from, to the end. For real programs as well as for those of scenarios.

import { processContext } from './assembly-search.ts';
import { loadImports } from './load.ts';
import type { LoadNode } from './load-node.ts';
import type { Module } from './module-list.ts';
import type { ProcessState } from './process-state.ts';
import { PLAIN_REQUEST } from './search-request.ts';
import { startModule } from './start-modules.ts';
import { type Step, Trace, Undocumented } from './step.ts';
import type { World } from './world.ts';

export interface ProgramTree {
  /** What the start of the process looked at: manifest and assemblies. */
  readonly steps: readonly Step[];
  /** Why it does not start; undefined: it does, as far as its manifest is concerned. */
  readonly problem: { readonly kind: 'no image' | 'manifest' | 'unknown'; readonly text: string } | undefined;
  readonly imports: readonly LoadNode[];
}

/**
 * Resolves all imports of `state.program`, whatever goes wrong on the way.
 *
 * `state` changes: afterwards it holds the modules, so that `loadModule` tells what a further LoadLibrary of the program would find.
 */
export function resolveProgram(world: World, state: ProcessState): ProgramTree {
  const trace = new Trace();
  const entry = world.lookUp(state.program);
  if (entry?.kind !== 'image') {
    return { steps: [], problem: { kind: 'no image', text: `${state.program} is no program` }, imports: [] };
  }
  // The program is the first of the loader's list: a DLL that imports from it gets this one.
  state.modules.unshift(startModule(state.program, entry));
  let problem: ProgramTree['problem'];
  try {
    const context = processContext(entry, { state, world, trace });
    if (context.kind === 'failed') problem = { kind: 'manifest', text: context.because };
    else state.processContext = context.context;
  } catch (error) {
    if (!(error instanceof Undocumented)) throw error;
    problem = { kind: 'unknown', text: error.message };
  }
  const imports = loadImports(entry, new Map<string, Module>(), PLAIN_REQUEST, state, world, {
    tolerant: true,
    unresolved: false,
  });
  return { steps: trace.steps, problem, imports };
}
