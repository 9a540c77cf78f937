import type { WhichFunction, WhichFunctions, WhichModule } from '../../../protocol/records/which-record.ts';
import { type ImportedSymbol, symbolText } from '../../windows/pe/imports.ts';
import { listRuntimes, readInstallation } from '../../machines/installation.ts';
import { baseName } from '../model/windows-path.ts';
import { BuiltinDlls } from './builtin-dlls.ts';
import type { Use } from './graph.ts';
import { systemFolderOf } from './process-start.ts';

/** What each installed runtime for this architecture has of the functions that are imported from DLLs of Windows, or of Wine. */
export function importedFunctions(
  architecture: 'x64' | 'ia32',
  modules: readonly WhichModule[],
  uses: readonly Use[],
): WhichFunctions {
  const runtimes = listRuntimes()
    .installed.map((id) => readInstallation(id))
    .filter((each) => each.architecture === architecture);
  const wanted = modules.filter(isOfSystem).flatMap((module) => wantedOf(module, uses));
  const columns = runtimes.map(({ template }) => {
    using builtins = new BuiltinDlls(systemFolderOf(template, architecture));
    return wanted.map(({ dll, symbol }) => builtins.stateOf(dll, symbol));
  });
  return {
    runtimes: runtimes.map(({ id, wineBuild }) => ({ id, build: wineBuild })),
    entries: wanted.map(({ module, symbol, neededBy }, row): WhichFunction => ({
      module,
      symbol: symbolText(symbol),
      neededBy: [...neededBy],
      states: columns.map((column) => column[row] ?? 'unknown'),
    })),
  };
}

interface Wanted {
  readonly module: number;
  readonly dll: string;
  readonly symbol: ImportedSymbol;
  readonly neededBy: ReadonlySet<number>;
}

function wantedOf({ id, name }: WhichModule, uses: readonly Use[]): Wanted[] {
  const bySymbol = new Map<ImportedSymbol, Set<number>>();
  for (const use of uses) {
    if (use.of !== id) continue;
    for (const symbol of use.symbols) bySymbol.set(symbol, (bySymbol.get(symbol) ?? new Set()).add(use.from));
  }
  return [...bySymbol].map(([symbol, neededBy]) => ({ module: id, dll: baseName(name), symbol, neededBy }));
}

/** Files of the program have what they have, under each runtime: unless a builtin is taken in their place. */
function isOfSystem({ windows, wine }: WhichModule): boolean {
  if (windows.state === 'program') return false;
  return (windows.state !== 'file' && windows.state !== 'refused') || wine.code === 'builtin';
}
