import { mappedImage, moduleOfFile } from './module-of-file.ts';
import type { FoundModule, Surroundings } from './surroundings.ts';
import { moduleByPath } from './module-list.ts';
import { type SearchedFolder, searchFolders } from './search-path.ts';
import { isForData, type SearchRequest } from './search-request.ts';
import { Undocumented } from './step.ts';
import { hasFolder, joinPath, pathKey } from './windows-path.ts';
import { LOAD_FLAGS } from '../loader-constants.ts';

/** Looks for a name or a relative path in one folder after the other, until a file is there. */
export function lookInFolders(name: string, request: SearchRequest, around: Surroundings): FoundModule {
  if (hasFolder(name)) around.trace.say('relative-path', `${name} is appended to each folder of the search`);
  let otherArchitecture = false;
  for (const folder of searchFolders(request, around.state)) {
    const found = lookIn(folder, name, request, around);
    if (found === 'other architecture') otherArchitecture = true;
    else if (found !== undefined) return found;
  }
  if (otherArchitecture) {
    around.trace.say('other-architecture', 'only files of another architecture were there', { found: false });
    return { kind: 'failed', error: 'bad-image' };
  }
  around.trace.say('not-found', `${name} is in none of the folders`, { found: false });
  return { kind: 'failed', error: 'not-found' };
}

function lookIn(
  folder: SearchedFolder,
  name: string,
  request: SearchRequest,
  { state, world, trace }: Surroundings,
): FoundModule | 'other architecture' | undefined {
  const path = joinPath(folder.path, name);
  const entry = world.lookUp(path);
  if (entry === undefined) {
    trace.say(folder.rule, folder.text, { path, found: false });
    return undefined;
  }
  if (folder.unsure !== undefined) throw new Undocumented(folder.rule, folder.unsure);
  refuseCurrentFolder(folder, request);
  if (entry.kind === 'folder') throw new Undocumented('folder-named-dll', `${path} is a folder`);
  const module = moduleByPath(state.modules, path);
  if (module !== undefined) {
    trace.say('loaded-path', `${folder.text}: this file is loaded already`, { path, found: true });
    return { kind: 'loaded', module };
  }
  if (state.locked.has(pathKey(path))) {
    trace.say('locked-file', `${folder.text}: the file is open without sharing`, { path, found: true });
    return { kind: 'failed', error: 'locked' };
  }
  if (entry.kind !== 'image') {
    trace.say('bad-image', `${folder.text}: the file is no image`, { path, found: true });
    return { kind: 'failed', error: 'bad-image' };
  }
  if (entry.architecture !== state.architecture && !isForData(request)) {
    trace.say('other-architecture', folder.text, { path, found: true, skipped: 'it is for another architecture' });
    return 'other architecture';
  }
  const second = moduleOfFile(entry, path, request, { state, world, trace });
  if (second !== undefined) return { kind: 'loaded', module: second };
  trace.say(folder.rule, folder.text, { path, found: true });
  return { kind: 'image', path, image: mappedImage(entry, path, state), fromAssembly: false };
}

function refuseCurrentFolder(folder: SearchedFolder, request: SearchRequest): void {
  const isCurrent = folder.rule === 'current-folder' || folder.rule === 'unsafe-search-mode';
  if (!isCurrent || (request.flags & LOAD_FLAGS.LOAD_LIBRARY_SAFE_CURRENT_DIRS) === 0) return;
  const because =
    'LOAD_LIBRARY_SAFE_CURRENT_DIRS allows the current folder only in folders of a list that no page gives';
  throw new Undocumented('safe-current-dirs', because);
}
