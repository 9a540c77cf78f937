// Loading a DLL as a data file or as an image resource.

import type { Running } from './running.ts';
import { findModule } from './find-module.ts';
import { loadDataAsWine } from './wine-data.ts';
import type { SearchRequest } from './search-request.ts';
import { Undocumented } from './step.ts';
import { ERROR_OF, imageWord, moduleWord } from './words.ts';
import { baseName, fullPath, isFullPath, isRooted } from './windows-path.ts';

export function loadData(name: string, request: SearchRequest, word: 'data' | 'image', running: Running): string {
  if (!running.state.ways.ofWindows) return loadDataAsWine(name, request, word, running);
  const { state, world, trace } = running;
  const isPath = isFullPath(name) || isRooted(name);
  // "." and ".." begin a path that only means itself.
  const isDotted = /^\.\.?\\/.test(name);
  const wanted = isDotted ? fullPath(name, state.currentFolder) : name;
  if (isPath || isDotted) {
    const error = errorOfFile(fullPath(wanted, state.currentFolder), word, running);
    if (error !== undefined) return error;
  }
  const found = findModule(wanted, request, running);
  if (found.kind === 'failed') {
    if (found.error === 'not-found' && (isPath || isDotted)) {
      trace.say('data-missing', 'the path is not there', { path: wanted, found: false });
      return ERROR_OF['file-not-found'];
    }
    throw new Undocumented('data-file', 'no page says which error this gives for a data file');
  }
  if (found.kind === 'loaded') {
    trace.say('data-file', 'it is loaded as a DLL already: that module is the result', { path: found.module.path });
    found.module.references += 1;
    state.lastModule = found.module;
    running.handles[running.index] = { kind: 'module', module: found.module };
    if (found.module.unresolved)
      throw new Undocumented('no-resolve', 'no page says what this does to an unresolved DLL');
    return moduleWord(found.module, world, running);
  }
  if (word === 'image' && found.image.architecture !== state.architecture) {
    throw new Undocumented('data-file', 'no page says whether a DLL of another architecture can be an image resource');
  }
  if (found.image.partOfWindows) throw new Undocumented('data-file', 'the data of a DLL of Windows is not known here');
  trace.say('data-file', 'the file is mapped', { path: found.path, found: true });
  running.handles[running.index] = { kind: 'data', path: found.path };
  return `${word} ${imageWord(found.image, found.path, world)}`;
}

/** What a path gives that leads to no image. */
function errorOfFile(path: string, word: 'data' | 'image', { world, trace }: Running): string | undefined {
  if (!baseName(path).includes('.') && world.lookUp(path) !== undefined) {
    throw new Undocumented('data-file', 'no page says whether a data file without extension is taken as it is');
  }
  const entry = world.lookUp(/\.[^\\]*$/.test(path) || path.endsWith('.') ? path : `${path}.dll`);
  if (entry?.kind !== 'other' && entry?.kind !== 'empty') return undefined;
  if (entry.kind === 'other' || word === 'image') {
    throw new Undocumented('data-file', 'no page says what a file that is no image gives here');
  }
  trace.say('data-empty', 'the file is empty', { path, found: true });
  return ERROR_OF['file-invalid'];
}
