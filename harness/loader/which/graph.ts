import type { WhichNeed, WhichWhen } from '../../../protocol/records/which-record.ts';
import { loadModule } from '../model/load.ts';
import type { LoadNode, LoadResult } from '../model/load-node.ts';
import type { ProcessState } from '../model/process-state.ts';
import { resolveProgram } from '../model/resolve-program.ts';
import type { Step } from '../model/step.ts';
import { baseName, folderOf, isFullPath, normalizePath, pathKey } from '../model/windows-path.ts';
import { type ImportedSymbol, symbolText } from '../../windows/pe/imports.ts';
import type { PeFile } from '../../windows/pe/read-pe-file.ts';
import type { RunTimeLoad } from './load-mode.ts';
import type { RealWorld } from './real-world.ts';

/** A DLL that a program needs, as the model finds it. */
export interface GraphModule {
  readonly id: number;
  readonly name: string;
  readonly when: WhichWhen | null;
  readonly result: LoadResult;
  readonly steps: readonly Step[];
  /** Undefined for DLLs of Windows, and for those that were not found. */
  readonly file: PeFile | undefined;
  readonly needs: WhichNeed[];
}

/** Functions that one module wants of another. Ids as in `modules`. */
export interface Use {
  readonly from: number;
  readonly of: number;
  readonly symbols: readonly ImportedSymbol[];
}

export interface Graph {
  readonly modules: readonly GraphModule[];
  readonly uses: readonly Use[];
  /** Why the program does not start on Windows, or why that is not known, before any DLL is looked for. */
  readonly problem: { readonly kind: 'no image' | 'manifest' | 'unknown'; readonly text: string } | undefined;
  /** What the program and its DLLs load when a function is called first, in the order in which the model has met it. */
  readonly delayed: readonly string[];
}

const MAX_MODULES = 2000;

/** Follows what a program needs to its end: imports first, then the DLL that is asked for, then what is loaded on the first call. */
export function buildGraph(world: RealWorld, state: ProcessState, asked: RunTimeLoad | undefined): Graph {
  const builder = new Builder(world, state);
  const tree = resolveProgram(world, state);
  const program = builder.addProgram(state.program);
  builder.addImports(program, tree.imports, 'start');
  builder.followForwarders('start');
  if (asked !== undefined) {
    builder.addLoad(program, asked.name, 'load', [], 'asked', asked.flags);
    builder.followForwarders('asked');
  }
  const delayed = builder.followDelayed(program);
  return { modules: builder.modules, uses: builder.uses, problem: tree.problem, delayed };
}

class Builder {
  readonly modules: GraphModule[] = [];
  readonly uses: Use[] = [];
  private readonly world: RealWorld;
  private readonly state: ProcessState;
  private readonly byKey = new Map<string, GraphModule>();
  /** Functions that are wanted of a module: forwarders count only where somebody asks for them. */
  private readonly wanted = new Map<GraphModule, Set<ImportedSymbol>>();

  constructor(world: RealWorld, state: ProcessState) {
    this.world = world;
    this.state = state;
  }

  addProgram(path: string): GraphModule {
    const module: GraphModule = {
      id: 0,
      name: baseName(path),
      when: null,
      result: { kind: 'failed', error: 'not-found' },
      steps: [],
      file: this.world.fileAt(path),
      needs: [],
    };
    this.modules.push(module);
    this.byKey.set(pathKey(path), module);
    return module;
  }

  addImports(of: GraphModule, nodes: readonly LoadNode[], when: WhichWhen): void {
    const imports = of.file?.imports ?? [];
    for (const [index, node] of nodes.entries()) {
      // The model gives a node for each import, in the order of the table.
      this.addNode(of, node, 'import', imports[index]?.symbols ?? [], when);
    }
  }

  addLoad(
    of: GraphModule,
    name: string,
    how: WhichNeed['how'],
    symbols: readonly ImportedSymbol[],
    when: WhichWhen,
    flags = 0,
  ): void {
    const dllFolder = isFullPath(name) ? folderOf(normalizePath(name)) : undefined;
    const node = loadModule(name, { flags, dllFolder }, this.state, this.world, { tolerant: true, unresolved: false });
    this.addNode(of, node, how, symbols, when);
  }

  /** DLLs that answer for functions of others, which the loader looks for when it resolves the import. */
  followForwarders(when: WhichWhen): void {
    for (const module of this.modules) {
      const targets = new Map<string, ImportedSymbol[]>();
      for (const symbol of this.wanted.get(module) ?? []) {
        const found = module.file?.exports.get(symbolText(symbol));
        if (found?.kind !== 'forwarder') continue;
        const key = found.to.dll.toLowerCase();
        targets.set(key, [...(targets.get(key) ?? []), found.to.symbol]);
      }
      for (const [dll, symbols] of targets) {
        const isKnown = module.needs.some((need) => need.how === 'forwarder' && this.nameOf(need.module) === dll);
        if (!isKnown) this.addLoad(module, dll, 'forwarder', symbols, when);
      }
    }
  }

  followDelayed(program: GraphModule): string[] {
    const names: string[] = [];
    // What is loaded on the way may have delayed imports of its own: the list grows.
    for (const module of this.modules) {
      for (const { name, symbols } of module.file?.delayImports ?? []) {
        if (isAnsweredByProgram(module, name)) {
          this.addUse(module, program, 'delay-import', symbols);
          continue;
        }
        names.push(name);
        this.addLoad(module, name, 'delay-import', symbols, 'delay');
      }
    }
    this.followForwarders('delay');
    return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
  }

  private addNode(
    of: GraphModule,
    node: LoadNode,
    how: WhichNeed['how'],
    symbols: readonly ImportedSymbol[],
    when: WhichWhen,
  ): void {
    const path = node.result.kind === 'loaded' ? node.result.module.path : undefined;
    const key = path === undefined ? `name:${node.name.toLowerCase()}` : pathKey(path);
    let module = this.byKey.get(key);
    if (module === undefined && this.modules.length < MAX_MODULES) {
      const file = path === undefined ? undefined : this.world.fileAt(path);
      module = {
        id: this.modules.length,
        name: node.name,
        when,
        result: node.result,
        steps: node.steps,
        file,
        needs: [],
      };
      this.modules.push(module);
      this.byKey.set(key, module);
    }
    if (module === undefined) return;
    this.addUse(of, module, how, symbols);
    this.addImports(module, node.imports, when);
  }

  private addUse(
    of: GraphModule,
    module: GraphModule,
    how: WhichNeed['how'],
    symbols: readonly ImportedSymbol[],
  ): void {
    const wanted = this.wanted.get(module) ?? new Set();
    for (const symbol of symbols) wanted.add(symbol);
    this.wanted.set(module, wanted);
    this.uses.push({ from: of.id, of: module.id, symbols });
    of.needs.push({ module: module.id, how, symbols: symbols.length, missingSymbols: missingIn(module.file, symbols) });
  }

  private nameOf(id: number): string | undefined {
    return this.modules[id]?.name.toLowerCase();
  }
}

/** node-gyp links a hook into addons that answers a delayed import of `node.exe` with the program, whatever its name. */
function isAnsweredByProgram({ name }: GraphModule, imported: string): boolean {
  return /\.node$/i.test(name) && /\.exe$/i.test(imported);
}

function missingIn(file: PeFile | undefined, symbols: readonly ImportedSymbol[]): string[] {
  return file === undefined ? [] : symbols.map(symbolText).filter((symbol) => !file.exports.has(symbol));
}
