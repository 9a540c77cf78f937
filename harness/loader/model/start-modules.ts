import type { Module } from './module-list.ts';
import { PLAIN_REQUEST } from './search-request.ts';
import { ALWAYS_LOADED } from './windows-dlls.ts';
import { windowsImage } from './windows-image.ts';
import { joinPath } from './windows-path.ts';
import type { Architecture, ImageFile } from './world.ts';

/** What is in a process before anything is looked for. */
export function modulesAtStart(systemFolder: string, architecture: Architecture): Module[] {
  return ALWAYS_LOADED.map((name) => startModule(joinPath(systemFolder, name), windowsImage(architecture)));
}

/** A module that stays as long as its process: the program itself, or a DLL that is there from the start. */
export function startModule(path: string, image: ImageFile): Module {
  return {
    path,
    image,
    fromAssembly: false,
    unresolved: false,
    request: PLAIN_REQUEST,
    imports: new Map(),
    targets: new Map(),
    bound: new Map(),
    loadedInDllMain: undefined,
    context: undefined,
    initialized: true,
    references: Number.POSITIVE_INFINITY,
    heldByForwarders: 0,
  };
}
