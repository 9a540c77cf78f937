// Which module a file is, where another file or the runtime's own DLL stands for it.
import type { Module } from './module-list.ts';
import type { ProcessState } from './process-state.ts';
import { isForData, type SearchRequest } from './search-request.ts';
import { Undocumented } from './step.ts';
import type { Surroundings } from './surroundings.ts';
import { isApiSetName } from './windows-dlls.ts';
import { windowsImage } from './windows-image.ts';
import { baseName } from './windows-path.ts';
import type { ImageFile, WorldEntry } from './world.ts';

/** The module of a file that is loaded under a second name: the same entry at another path. */
export function moduleOfFile(
  image: ImageFile,
  path: string,
  request: SearchRequest,
  { state, world, trace }: Surroundings,
): Module | undefined {
  const isOfFile = (each: Module): boolean =>
    !state.ways.ofWindows && world.lookUp(each.path) === image && !isBehindApiSet(each, image);
  const module = image.partOfWindows ? undefined : state.modules.find((each) => each.image === image || isOfFile(each));
  // Under a name that no builtin has, the file itself may be loaded.
  if (module === undefined) return request.isLookup ? undefined : loadedBuiltin(path, state);
  if (isForData(request)) {
    throw new Undocumented('hard-link', 'no page says whether data of a loaded file under a second name is its module');
  }
  trace.say('hard-link', 'a second name of a file that is loaded already', { path: module.path, found: true });
  return module;
}

/** Of a runtime's own DLL there is one, wherever it was found; which is seen when the file is mapped. */
function loadedBuiltin(path: string, { modules, ways }: ProcessState): Module | undefined {
  if (!ways.hasBuiltin(baseName(path))) return undefined;
  const module = modules.find((each) => each.image.partOfWindows && sameName(each.path, path));
  return module !== undefined && ways.takes('builtin-first') ? module : undefined;
}

function sameName(one: string, other: string): boolean {
  return baseName(one).toLowerCase() === baseName(other).toLowerCase();
}

/** What is loaded for a file: itself, or the DLL that the runtime has of this name. */
export function mappedImage(image: ImageFile, path: string, { architecture, ways }: ProcessState): ImageFile {
  const isReplaced = !image.partOfWindows && ways.hasBuiltin(baseName(path)) && ways.takes('builtin-first');
  return isReplaced ? windowsImage(architecture) : image;
}

/** Whether a module was found by the name of an API set, while a file of the scenario lies where Windows has a stub of that name. */
export function isBehindApiSet({ path, image }: Module, entry: WorldEntry | undefined): boolean {
  return isApiSetName(baseName(path)) && image.partOfWindows && entry?.kind === 'image' && !entry.partOfWindows;
}
