// What each call of a scenario does to the process, and which word of the outcome comes of it.

import type { LoaderCall } from '../scenario.ts';
import { LOAD_FLAGS } from '../loader-constants.ts';
import { contextOfCall } from './assembly-search.ts';
import { callDelayed, callImport } from './call-import.ts';
import { freeModule } from './free.ts';
import { resolveExport } from './forwarder.ts';
import { getModuleHandle } from './module-handle.ts';
import { callLoad } from './call-load.ts';
import { expand } from './scenario-world.ts';
import type { ProcessState } from './process-state.ts';
import type { Running } from './running.ts';
import { searchPath } from './search-path-call.ts';
import { Undocumented } from './step.ts';
import { imageWord } from './words.ts';
import { isApiSetName } from './windows-dlls.ts';
import { baseName, fullPath, isFullPath, isRooted, pathKey } from './windows-path.ts';

/** @returns the word of the call; undefined when it says nothing */
export function makeCall(call: LoaderCall, running: Running): string | undefined {
  const { state, trace } = running;
  switch (call.call) {
    case 'LoadLibrary':
      return callLoad(call.name === null ? null : expand(call.name), 0, running);
    case 'LoadLibraryEx':
      return callLoad(call.name === null ? null : expand(call.name), call.flags, running);
    case 'SetDllDirectory':
      state.dllDirectory = isTakenBack(call.path, state) ? undefined : readDllDirectory(expand(call.path), running);
      trace.say('set-dll-directory', setDllDirectoryText(state.dllDirectory));
      return undefined;
    case 'AddDllDirectory':
      return addDllDirectory(expand(call.path), running);
    case 'RemoveDllDirectory':
      return removeDllDirectory(call.of, running);
    case 'SetDefaultDllDirectories':
      return setDefaultDllDirectories(call.flags, running);
    case 'FreeLibrary':
      return freeLibrary(call.of, running);
    case 'GetModuleHandle':
      return getModuleHandle(expand(call.name), running);
    case 'GetProcAddress':
      return getProcAddress(call.of, call.name, running);
    case 'CallImport':
      return callImport(call, running);
    case 'CallDelayed':
      return callDelayed(call, running);
    case 'same':
      return isSame(call.of, running) ? 'same' : 'different';
    case 'SearchPath':
      return searchPath(call, running);
    case 'ActivateActCtx':
      return activate(call, running);
    case 'DeactivateActCtx':
      trace.say('context-api', 'the context activated last is no longer active');
      // So the program says itself where none is active.
      return state.contexts.pop() === undefined ? 'DeactivateActCtx ERROR_INVALID_PARAMETER' : undefined;
    case 'SetEnvironmentVariable':
      if (call.name.toUpperCase() === 'PATH') {
        state.path = expand(call.value ?? '');
        trace.say('path-folders', `PATH is now ${state.path}`);
      }
      return undefined;
    case 'SetCurrentDirectory':
      return setCurrentDirectory(expand(call.path), running);
    case 'lock':
      trace.say('locked-file', 'the file is open without sharing from now on', { path: expand(call.path) });
      state.locked.add(pathKey(expand(call.path)));
      return undefined;
    case 'CreateHardLink':
      running.world.link(expand(call.path), expand(call.existing));
      return undefined;
  }
}

function isTakenBack(path: string | null, { ways }: ProcessState): path is null {
  return path === null || (path === '' && ways.takes('empty-dll-directory'));
}

function readDllDirectory(path: string, { state }: Running): string {
  refuseSeveral(path);
  refuseSlashes(path, 'SetDllDirectory');
  return path === '' || isFullPath(path) ? path : fullPath(path, state.currentFolder);
}

/** The page speaks of one folder. */
export function refuseSeveral(path: string): void {
  if (path.includes(';')) {
    throw new Undocumented('set-dll-directory', 'no page says what SetDllDirectory does with several folders');
  }
}

function refuseSlashes(path: string, call: string): void {
  if (path.includes('/')) throw new Undocumented('forward-slash', `nobody says what forward slashes do in ${call}`);
}

function setDllDirectoryText(path: string | undefined): string {
  if (path === undefined) return 'the standard order holds again';
  return path === '' ? 'the current folder is no longer searched' : `${path} takes the place of the current folder`;
}

function addDllDirectory(path: string, running: Running): string | undefined {
  const { state, world, trace } = running;
  refuseSlashes(path, 'AddDllDirectory');
  if (!isFullPath(path) && !isRooted(path)) {
    trace.say('add-dll-directory', 'the path is not a full one', { path });
    return 'AddDllDirectory ERROR_INVALID_PARAMETER';
  }
  const full = fullPath(path, state.currentFolder);
  if (world.lookUp(full) === undefined) {
    trace.say('add-dll-directory', 'nothing is there', { path: full, found: false });
    return 'AddDllDirectory ERROR_FILE_NOT_FOUND';
  }
  state.userFolders = [...state.userFolders, full];
  running.handles[running.index] = { kind: 'folder', path: full };
  trace.say('add-dll-directory', 'searched from now on, where LOAD_LIBRARY_SEARCH_USER_DIRS holds', { path: full });
  return undefined;
}

function removeDllDirectory(of: number, { state, trace, handles }: Running): string | undefined {
  const handle = handles[of];
  if (handle?.kind !== 'folder') {
    throw new Undocumented('add-dll-directory', 'no page says what RemoveDllDirectory does without a folder');
  }
  const at = state.userFolders.lastIndexOf(handle.path);
  state.userFolders = state.userFolders.filter((_, index) => index !== at);
  handles[of] = undefined;
  trace.say('add-dll-directory', 'no longer searched', { path: handle.path });
  return undefined;
}

const DEFAULT_FLAGS =
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_APPLICATION_DIR |
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_USER_DIRS |
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_SYSTEM32 |
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DEFAULT_DIRS;

function setDefaultDllDirectories(flags: number, { state, trace }: Running): string | undefined {
  if (flags === 0 || (flags & ~DEFAULT_FLAGS) !== 0) {
    const newer = LOAD_FLAGS.LOAD_LIBRARY_SAFE_CURRENT_DIRS | LOAD_FLAGS.LOAD_LIBRARY_SEARCH_SYSTEM32_NO_FORWARDER;
    if ((flags & newer) !== 0)
      throw new Undocumented('default-directories', 'no page says whether it takes these flags');
    trace.say('default-directories', 'these flags are refused');
    return 'SetDefaultDllDirectories ERROR_INVALID_PARAMETER';
  }
  state.defaultFlags = flags;
  trace.say('default-directories', 'these flags hold for each call that has no search flags of its own');
  return undefined;
}

function freeLibrary(of: number, running: Running): string | undefined {
  const handle = running.handles[of];
  if (handle?.kind === 'data') {
    running.handles[of] = undefined;
    return undefined;
  }
  if (handle?.kind !== 'module' || !running.state.modules.includes(handle.module)) {
    throw new Undocumented('free-library', 'no page says what FreeLibrary does without a module');
  }
  freeModule(handle.module, running);
  return undefined;
}

function getProcAddress(of: number, name: string, running: Running): string {
  const handle = running.handles[of];
  if (handle?.kind === 'data') {
    throw new Undocumented('data-file', 'GetProcAddress cannot be used with a data file, and no page names the error');
  }
  if (handle?.kind !== 'module') {
    running.trace.say('get-proc-address', 'without a module nothing is found', { found: false });
    return 'call ERROR_PROC_NOT_FOUND';
  }
  const { module } = handle;
  if (!running.state.modules.includes(module) || module.unresolved) {
    throw new Undocumented('get-proc-address', 'the module is not there for calls');
  }
  const { exports } = module.image;
  const known = exports ?? new Set<string>();
  if (exports === undefined && name !== 'which') {
    throw new Undocumented('get-proc-address', 'what a DLL of Windows exports is not known here');
  }
  running.trace.say('get-proc-address', `the export ${name}`, { path: module.path, found: known.has(name) });
  if (!known.has(name)) return 'call ERROR_PROC_NOT_FOUND';
  const answering = resolveExport(module, name, running);
  running.state.lastModule = answering ?? module;
  if (answering === undefined) return 'call ERROR_PROC_NOT_FOUND';
  return `call ${imageWord(answering.image, answering.path, running.world)}`;
}

function isSame([one, other]: readonly [number, number], { handles, state }: Running): boolean {
  const [first, second] = [handles[one], handles[other]];
  if (first?.kind === 'module' && second?.kind === 'module') {
    if (![first, second].every(({ module }) => state.modules.includes(module))) {
      throw new Undocumented('free-library', 'the address of a module that has left may be that of another one now');
    }
    if (first.module !== second.module && [first, second].some(({ module }) => isApiSetName(baseName(module.path)))) {
      throw new Undocumented('api-set', 'which DLL of Windows stands behind an API set is not known here');
    }
    return first.module === second.module;
  }
  return first !== undefined && first === second;
}

function activate(call: Extract<LoaderCall, { call: 'ActivateActCtx' }>, running: Running): string | undefined {
  const directory = call.directory === undefined ? undefined : expand(call.directory);
  const result = contextOfCall(expand(call.source), directory, call.resource, running);
  if (result.kind === 'failed') {
    running.trace.say('context-api', result.because);
    return `ActivateActCtx ${result.error}`;
  }
  // Wine asks for the program's path there.
  running.state.lastModule = undefined;
  if (result.context !== undefined) running.state.contexts.push(result.context);
  return undefined;
}

function setCurrentDirectory(path: string, { state, world, trace }: Running): string | undefined {
  const full = fullPath(path, state.currentFolder);
  const entry = world.lookUp(full);
  if (entry?.kind !== 'folder') throw new Undocumented('current-folder', `${full} is no folder`);
  state.currentFolder = full;
  trace.say('current-folder', 'the current folder from now on', { path: full });
  return undefined;
}
