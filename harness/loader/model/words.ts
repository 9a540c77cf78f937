// What became of a call, in the words of outcome.ts.

import { UNKNOWN_FOLDER } from './find-assembly.ts';
import type { Surroundings } from './surroundings.ts';
import type { LoadError } from './load-error.ts';
import { resolveExport } from './forwarder.ts';
import type { Module } from './module-list.ts';
import { placeOf, type ScenarioWorld } from './scenario-world.ts';
import { Undocumented } from './step.ts';
import { folderOf } from './windows-path.ts';
import { exportAsWine } from './wine-forwarder.ts';
import type { ImageFile } from './world.ts';

export const ERROR_OF: Readonly<Record<LoadError, string>> = {
  'not-found': 'ERROR_MOD_NOT_FOUND',
  'bad-image': 'ERROR_BAD_EXE_FORMAT',
  'missing-symbol': 'ERROR_PROC_NOT_FOUND',
  'dll-main': 'ERROR_DLL_INIT_FAILED',
  locked: 'ERROR_SHARING_VIOLATION',
  'invalid-parameter': 'ERROR_INVALID_PARAMETER',
  'file-not-found': 'ERROR_FILE_NOT_FOUND',
  'file-invalid': 'ERROR_FILE_INVALID',
  'no-context': 'ERROR_SXS_CANT_GEN_ACTCTX',
};

/** How a process ends that one of its imports keeps from starting. */
export function statusOf(error: LoadError): string {
  switch (error) {
    case 'not-found':
      return 'STATUS_DLL_NOT_FOUND';
    case 'bad-image':
      return 'STATUS_INVALID_IMAGE_FORMAT';
    case 'missing-symbol':
      return 'STATUS_ENTRYPOINT_NOT_FOUND';
    case 'dll-main':
      return 'STATUS_DLL_INIT_FAILED';
    default:
      throw new Undocumented('not-found', 'no page says how a process ends that this keeps from starting');
  }
}

/** `p > app`: a module, and the last of those that it leads to by what it imports, or loads in DllMain. */
export function moduleWord(module: Module, world: ScenarioWorld, around: Surroundings): string {
  const first = resolveExport(module, 'which', around) ?? module;
  const passed = new Set<Module>();
  let last: Module | LoadError = first;
  while (typeof last !== 'string') {
    if (passed.has(last)) throw new Undocumented('dependencies', 'the DLLs import each other in a circle');
    passed.add(last);
    const next = leadsTo(last, around);
    if (next === undefined) break;
    last = typeof next === 'string' ? next : (resolveExport(next, 'which', around) ?? next);
  }
  around.state.lastModule = [...passed].at(-1);
  const own = imageWord(first.image, first.path, world);
  if (last === first) return own;
  return `${own} > ${typeof last === 'string' ? ERROR_OF[last] : imageWord(last.image, last.path, world)}`;
}

/** As `moduleWord`, for what the program imports: it sees the code alone, and not the module that the import names. */
export function importWord(module: Module, world: ScenarioWorld, around: Surroundings): string {
  const answering = resolveExport(module, 'which', around);
  return answering === undefined ? ERROR_OF['missing-symbol'] : moduleWord(answering, world, around);
}

/** What a DLL imports, or what its DllMain has loaded. */
function leadsTo(module: Module, around: Surroundings): Module | LoadError | undefined {
  if (module.loadedInDllMain !== undefined) return module.loadedInDllMain;
  const wanted = module.image.imports[0]?.name.toLowerCase();
  const imported = wanted === undefined ? undefined : module.imports.get(wanted);
  if (wanted === undefined || imported === undefined || around.state.ways.ofWindows) return imported;
  if (!module.bound.has(wanted)) module.bound.set(wanted, exportAsWine(imported, 'which', module.request, around));
  return module.bound.get(wanted) ?? 'missing-symbol';
}

export function imageWord(image: ImageFile, path: string, world: ScenarioWorld): string {
  const folder = folderOf(path);
  if (folder.endsWith(UNKNOWN_FOLDER)) {
    throw new Undocumented('assembly-shared', 'the name of its folder in WinSxS depends on that Windows');
  }
  return world.variantOf(image) ?? `foreign @ ${placeOf(folder)}`;
}
