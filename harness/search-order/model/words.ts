// What became of a call, in the words of outcome.ts.

import type { LoadError, Surroundings } from './find-module.ts';
import { resolveExport } from './forwarder.ts';
import type { Module } from './module-list.ts';
import { placeOf, type ScenarioWorld } from './scenario-world.ts';
import { Undocumented } from './step.ts';
import { folderOf } from './windows-path.ts';
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

/** `p > app`: a module, and the DLL that it imports or loads. */
export function moduleWord(module: Module, world: ScenarioWorld, around: Surroundings): string {
  const answering = resolveExport(module, 'which', around);
  const own = imageWord(answering.image, answering.path, world);
  if (answering.loadedInDllMain !== undefined)
    return `${own} > ${loadedWord(answering.loadedInDllMain, world, around)}`;
  const wanted = answering.image.imports[0]?.name.toLowerCase();
  const imported = wanted === undefined ? undefined : answering.imports.get(wanted);
  return imported === undefined ? own : `${own} > ${moduleWord(imported, world, around)}`;
}

function loadedWord(loaded: Module | LoadError, world: ScenarioWorld, around: Surroundings): string {
  return typeof loaded === 'string' ? ERROR_OF[loaded] : moduleWord(loaded, world, around);
}

export function imageWord(image: ImageFile, path: string, world: ScenarioWorld): string {
  return world.variantOf(image) ?? `foreign @ ${placeOf(folderOf(path))}`;
}
