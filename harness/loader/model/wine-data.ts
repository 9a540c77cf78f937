// Loading a DLL as data in Wine (kernelbase/loader.c, load_library and load_library_as_datafile).

import { LOAD_FLAGS } from '../loader-constants.ts';
import type { Running } from './running.ts';
import { findModule } from './find-module.ts';
import { searchedPath } from './search-path-call.ts';
import type { SearchRequest } from './search-request.ts';
import { Undocumented } from './step.ts';
import { isApiSetName } from './windows-dlls.ts';
import { ERROR_OF, imageWord, moduleWord } from './words.ts';
import { baseName, hasFolder, pathKey } from './windows-path.ts';

const DATA_FLAGS =
  LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE |
  LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE_EXCLUSIVE |
  LOAD_FLAGS.LOAD_LIBRARY_AS_IMAGE_RESOURCE;

/** A module that is loaded, where a search for a DLL leads to one; else the file that SearchPath finds. */
export function loadDataAsWine(name: string, request: SearchRequest, word: string, running: Running): string {
  const { state, world, handles, index } = running;
  const loaded = findModule(name, { ...request, flags: request.flags & ~DATA_FLAGS, isLookup: true }, running);
  if (loaded.kind === 'image' && isApiSetName(name)) {
    throw new Undocumented('data-file', 'the data of a DLL of Windows is not known here');
  }
  if (loaded.kind === 'loaded') {
    loaded.module.references += 1;
    state.lastModule = loaded.module;
    handles[index] = { kind: 'module', module: loaded.module };
    return moduleWord(loaded.module, world, running);
  }
  if (!hasFolder(name)) state.ways.takes('data-file-search');
  // LoadLibraryEx takes the blanks away before either search.
  const path = searchedPath({ path: null, name: name.replace(/ +$/, ''), extension: '.dll' }, running);
  if (path === undefined) return ERROR_OF['file-not-found'];
  if (state.locked.has(pathKey(path))) return ERROR_OF.locked;
  const entry = world.lookUp(path);
  if (entry?.kind === 'empty') return ERROR_OF['file-invalid'];
  if (entry?.kind !== 'image') return ERROR_OF['bad-image'];
  handles[index] = { kind: 'data', path };
  // An image is mapped as a DLL is loaded: in the place of the file comes the builtin.
  const isBuiltin = word === 'image' && state.ways.hasBuiltin(baseName(path)) && state.ways.takes('builtin-first');
  return isBuiltin || entry.partOfWindows ? `${word} foreign` : `${word} ${imageWord(entry, path, world)}`;
}
