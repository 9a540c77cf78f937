// LoadLibrary and LoadLibraryEx.

import { LOAD_FLAGS } from '../loader-constants.ts';
import type { Running } from './running.ts';
import { loadData } from './load-data.ts';
import { allSteps } from './all-steps.ts';
import { loadModule } from './load.ts';
import { SEARCH_FLAGS } from './search-path.ts';
import type { SearchRequest } from './search-request.ts';
import { Undocumented } from './step.ts';
import { ERROR_OF, imageWord, moduleWord } from './words.ts';
import { folderOf, fullPath, hasFolder, isFullPath, isRooted } from './windows-path.ts';

export const DATA_FLAGS = LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE | LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE_EXCLUSIVE;

export function callLoad(name: string | null, flags: number, running: Running): string {
  const { trace, state, world } = running;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (name === null || name === '') {
    trace.say('no-name', 'the call names nothing');
    if (name === '' && state.ways.takes('empty-name')) return ERROR_OF['not-found'];
    return ERROR_OF['invalid-parameter'];
  }
  if (has(LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH) && has(SEARCH_FLAGS)) {
    trace.say('flags-exclude', 'LOAD_WITH_ALTERED_SEARCH_PATH stands beside a search flag');
    return ERROR_OF['invalid-parameter'];
  }
  const isPath = isFullPath(name) || isRooted(name) || /^[a-z]:/i.test(name);
  if (has(LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR) && !isPath) {
    trace.say('search-dll-load-dir', 'the name is not a full path');
    return ERROR_OF['invalid-parameter'];
  }
  refuseUndocumented(name, flags, isPath);
  if (has(LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH) && !isPath && state.defaultFlags !== undefined) {
    throw new Undocumented(
      'altered-after-default',
      'no page says what LOAD_WITH_ALTERED_SEARCH_PATH does to a plain name after SetDefaultDllDirectories',
    );
  }

  const dllFolder = isPath ? folderOf(fullPath(name, state.currentFolder)) : undefined;
  const request: SearchRequest = { flags, dllFolder };
  if (has(DATA_FLAGS) || has(LOAD_FLAGS.LOAD_LIBRARY_AS_IMAGE_RESOURCE)) {
    return loadData(name, request, has(DATA_FLAGS) ? 'data' : 'image', running);
  }
  const unresolved = has(LOAD_FLAGS.DONT_RESOLVE_DLL_REFERENCES);
  const node = loadModule(name, request, state, world, { tolerant: false, unresolved });
  trace.steps.push(...allSteps(node));
  const { result } = node;
  if (result.kind === 'unknown') throw new Undocumented(result.rule, result.because);
  if (result.kind === 'failed') {
    trace.say(result.error === 'not-found' ? 'not-found' : 'dependencies', `the call fails: ${ERROR_OF[result.error]}`);
    return ERROR_OF[result.error];
  }
  running.handles[running.index] = { kind: 'module', module: result.module };
  if (unresolved) return `unresolved ${imageWord(result.module.image, result.module.path, world)}`;
  if (result.module.unresolved)
    throw new Undocumented('no-resolve', 'no page says what a second load does to an unresolved DLL');
  return moduleWord(result.module, world, running);
}

/** Combinations that no page speaks of. */
function refuseUndocumented(name: string, flags: number, isPath: boolean): void {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const isOfDrive = /^[a-z]:[^\\/]/i.test(name);
  if (has(LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR) && isOfDrive) {
    throw new Undocumented('search-dll-load-dir', 'no page says whether a path with a drive alone is a full one here');
  }
  if (has(LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH) && (isOfDrive || (!isPath && hasFolder(name)))) {
    throw new Undocumented('altered-relative', 'LOAD_WITH_ALTERED_SEARCH_PATH with a relative path is undefined');
  }
  if (flags !== 0 && name.includes('/')) {
    throw new Undocumented('forward-slash', 'nobody says what forward slashes do in a call with flags');
  }
  if (has(LOAD_FLAGS.LOAD_LIBRARY_REQUIRE_SIGNED_TARGET)) {
    throw new Undocumented('signed-target', 'no page says which error an unsigned DLL gives');
  }
  if (has(LOAD_FLAGS.LOAD_LIBRARY_SEARCH_SYSTEM32_NO_FORWARDER)) {
    throw new Undocumented(
      'system32-no-forwarder',
      'no page says what LOAD_LIBRARY_SEARCH_SYSTEM32_NO_FORWARDER changes',
    );
  }
  const known = Object.values(LOAD_FLAGS).reduce((all, flag) => all | flag, 0);
  if ((flags & ~known) !== 0) throw new Undocumented('flags-exclude', 'the call has flags that no page knows');
  if ((flags & DATA_FLAGS) === DATA_FLAGS) {
    throw new Undocumented('data-file', 'the two flags for data files are not to be combined');
  }
  const asData = has(DATA_FLAGS) || has(LOAD_FLAGS.LOAD_LIBRARY_AS_IMAGE_RESOURCE);
  if (asData && has(LOAD_FLAGS.DONT_RESOLVE_DLL_REFERENCES)) {
    throw new Undocumented('data-file', 'no page speaks of DONT_RESOLVE_DLL_REFERENCES with a data file');
  }
}
