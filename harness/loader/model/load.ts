// Loading a DLL with all that it imports. Every DLL on the way becomes a node with its reasons, so that a whole program can be
// shown as a tree; a scenario only needs to know how the first one ended.

import { contextOfDll } from './assembly-search.ts';
import { findImport, findModule } from './find-module.ts';
import type { FoundModule, Surroundings } from './surroundings.ts';
import type { LoadNode, LoadResult } from './load-node.ts';
import type { Module } from './module-list.ts';
import type { ProcessState } from './process-state.ts';
import { belowDependency, PLAIN_REQUEST, type SearchRequest } from './search-request.ts';
import { Trace, Undocumented } from './step.ts';
import type { ImageFile, World } from './world.ts';
import { runDllMains } from './dll-main.ts';

export interface LoadOptions {
  /** Goes on with the other imports where one fails: for showing all that is wrong with a program. */
  readonly tolerant: boolean;
  /** DONT_RESOLVE_DLL_REFERENCES. */
  readonly unresolved: boolean;
}

/** Loads what a program names: nothing of it stays in the process when it fails. */
export function loadModule(
  name: string,
  request: SearchRequest,
  state: ProcessState,
  world: World,
  options: LoadOptions,
): LoadNode {
  const before = remember(state);
  const trace = new Trace();
  const around = { state, world, trace };
  const node = loadNode(name, () => findModule(name, request, around), request, around, options);
  return options.unresolved ? node : finish(node, before, around, options);
}

/** Loads what an image imports, as the start of a process does for the program. */
export function loadImports(
  image: ImageFile,
  into: Map<string, Module>,
  request: SearchRequest,
  state: ProcessState,
  world: World,
  options: LoadOptions,
): readonly LoadNode[] {
  const before = remember(state);
  const around = { state, world, trace: new Trace() };
  const nodes = importNodes(image, into, request, around, options);
  return nodes.map((node) => finish(node, before, around, options));
}

/** Runs DllMain functions; takes the modules out again where something went wrong. */
function finish(node: LoadNode, before: Memory, around: Surroundings, options: LoadOptions): LoadNode {
  if (options.tolerant) return node;
  const trace = new Trace();
  const failure = firstFailure(node);
  if (failure !== undefined) {
    recall(before, around.state);
    return { ...node, result: failure };
  }
  if (node.result.kind !== 'loaded') return node;
  try {
    const error = runDllMains(node.result.module, { ...around, trace }, (name) =>
      loadModule(name, PLAIN_REQUEST, around.state, around.world, { tolerant: false, unresolved: false }),
    );
    if (error === undefined) return { ...node, afterwards: trace.steps };
    recall(before, around.state);
    return { ...node, afterwards: trace.steps, result: { kind: 'failed', error } };
  } catch (error) {
    return { ...node, afterwards: trace.steps, result: unknownOr(error) };
  }
}

function loadNode(
  name: string,
  find: () => FoundModule,
  request: SearchRequest,
  around: Surroundings,
  options: LoadOptions,
): LoadNode {
  const { trace } = around;
  try {
    const found = find();
    if (found.kind === 'failed') return { name, steps: trace.steps, result: found, imports: [], afterwards: [] };
    if (found.kind === 'loaded') {
      found.module.references += 1;
      around.state.lastModule = found.module;
      return { name, steps: trace.steps, result: { ...found, before: true }, imports: [], afterwards: [] };
    }
    const module = addModule(found, request, around.state, options);
    if (options.unresolved) {
      trace.say('no-resolve', 'what it imports is not loaded, and DllMain is not called');
      return {
        name,
        steps: trace.steps,
        result: { kind: 'loaded', module, before: false },
        imports: [],
        afterwards: [],
      };
    }
    const made = contextOfDll(module, around);
    if (made.kind === 'failed') {
      const result = { kind: 'failed', error: 'no-context' } as const;
      return { name, steps: trace.steps, result, imports: [], afterwards: [] };
    }
    module.context = made.context;
    const imports = importsOf(module, request, around, options);
    // Behind what it imports from scenarios stands kernel32.dll.
    around.state.lastModule = undefined;
    return { name, steps: trace.steps, result: { kind: 'loaded', module, before: false }, imports, afterwards: [] };
  } catch (error) {
    return { name, steps: trace.steps, result: unknownOr(error), imports: [], afterwards: [] };
  }
}

function addModule(
  found: Extract<FoundModule, { kind: 'image' }>,
  request: SearchRequest,
  state: ProcessState,
  options: LoadOptions,
): Module {
  const module: Module = {
    path: found.path,
    image: found.image,
    fromAssembly: found.fromAssembly,
    unresolved: options.unresolved,
    request,
    imports: new Map(),
    targets: new Map(),
    bound: new Map(),
    loadedInDllMain: undefined,
    context: undefined,
    initialized: false,
    references: 1,
    heldByForwarders: 0,
  };
  state.modules.push(module);
  return module;
}

/** The imports of a DLL, with the assemblies of its own manifest, if it has one for them. */
function importsOf(
  module: Module,
  request: SearchRequest,
  around: Surroundings,
  options: LoadOptions,
): readonly LoadNode[] {
  if (module.context === undefined) return importNodes(module.image, module.imports, request, around, options);
  around.state.contexts.push(module.context);
  try {
    return importNodes(module.image, module.imports, request, around, options);
  } finally {
    around.state.contexts.pop();
  }
}

function importNodes(
  image: ImageFile,
  into: Map<string, Module>,
  request: SearchRequest,
  around: Surroundings,
  options: LoadOptions,
): readonly LoadNode[] {
  const nodes: LoadNode[] = [];
  for (const wanted of image.imports) {
    const inner = { ...around, trace: new Trace() };
    inner.trace.say('dependencies', `${wanted.name} is imported: it is looked for as a plain name`);
    const find = (): FoundModule => findImport(wanted.name, request, inner);
    let node = loadNode(wanted.name, find, belowDependency(request), inner, options);
    if (node.result.kind === 'loaded') {
      into.set(wanted.name.toLowerCase(), node.result.module);
      node = checkSymbols(node, node.result.module, wanted.symbols, inner);
    }
    if (!options.tolerant) node = asMissing(node, around);
    nodes.push(node);
    if (!options.tolerant && firstFailure(node) !== undefined) break;
  }
  return nodes;
}

function checkSymbols(
  node: LoadNode,
  module: Module,
  symbols: readonly string[],
  { state, trace }: Surroundings,
): LoadNode {
  const { exports } = module.image;
  const missing = exports === undefined ? undefined : symbols.find((symbol) => !exports.has(symbol));
  if (missing === undefined || state.ways.takes('missing-symbol')) return node;
  trace.say('missing-symbol', `it does not export ${missing}`, { path: module.path, found: false });
  return { ...node, steps: trace.steps, result: { kind: 'failed', error: 'missing-symbol' } };
}

/** Wine tells of each import that cannot be loaded that it is not there. */
function asMissing(node: LoadNode, { state }: Surroundings): LoadNode {
  const { result } = node;
  const isOther = result.kind === 'failed' && result.error !== 'not-found';
  return isOther && state.ways.takes('bad-import') ? { ...node, result: { kind: 'failed', error: 'not-found' } } : node;
}

/** How a load ended: the first thing that went wrong, in the order in which DLLs are loaded. */
export function firstFailure(node: LoadNode): Exclude<LoadResult, { kind: 'loaded' }> | undefined {
  for (const inner of node.imports) {
    const failure = firstFailure(inner);
    if (failure !== undefined) return failure;
  }
  return node.result.kind === 'loaded' ? undefined : node.result;
}

function unknownOr(error: unknown): LoadResult {
  if (error instanceof Undocumented) {
    return { kind: 'unknown', because: error.message, rule: error.rule };
  }
  throw error;
}

interface Memory {
  readonly modules: readonly Module[];
  readonly references: ReadonlyMap<Module, number>;
}

function remember(state: ProcessState): Memory {
  return {
    modules: [...state.modules],
    references: new Map(state.modules.map((module) => [module, module.references])),
  };
}

function recall(memory: Memory, state: ProcessState): void {
  state.modules.splice(0, state.modules.length, ...memory.modules);
  for (const [module, references] of memory.references) module.references = references;
}
