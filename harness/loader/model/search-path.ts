// Which folders a request looks into, in which order. The core of the rules, without any file.

import { LOAD_FLAGS } from '../loader-constants.ts';
import type { ProcessState } from './process-state.ts';
import type { RuleId } from './rules.ts';
import type { SearchRequest } from './search-request.ts';

export interface SearchedFolder {
  readonly path: string;
  readonly rule: RuleId;
  /** Why it is searched, in a few words: `the folder of the program`. */
  readonly text: string;
  /** Set where no document says whether, or in which place, it is searched. */
  readonly unsure: string | undefined;
}

const DEPENDENCY_OF_DEPENDENCY =
  'LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR is reported to serve immediate dependencies alone, and no page says it';
const ALTERED_AND_SET = 'no document says how LOAD_WITH_ALTERED_SEARCH_PATH and SetDllDirectory work together';

export const SEARCH_FLAGS =
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR |
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_APPLICATION_DIR |
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_USER_DIRS |
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_SYSTEM32 |
  LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DEFAULT_DIRS;

/** The folders in which a DLL without a full path is looked for, in this order. */
export function searchFolders(request: SearchRequest, now: ProcessState): readonly SearchedFolder[] {
  const state = request.atStart === true ? stateAtStart(now) : now;
  const altered = isAltered(request);
  if ((request.flags & SEARCH_FLAGS) !== 0) return byFlags(request, state);
  if (state.defaultFlags !== undefined) {
    const folders = byFlags({ flags: state.defaultFlags, dllFolder: undefined }, state);
    if (!altered || request.dllFolder === undefined) return folders;
    const beside = folder(request.dllFolder, 'altered-after-default', 'the folder of the DLL that the call named');
    return [beside, ...folders];
  }
  return standardFolders(altered ? request.dllFolder : undefined, state);
}

function stateAtStart(state: ProcessState): ProcessState {
  return { ...state, path: state.startPath, dllDirectory: undefined, defaultFlags: undefined };
}

function isAltered(request: SearchRequest): boolean {
  return (request.flags & LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH) !== 0;
}

/** @param instead the folder that takes the program's place, with the altered search path */
function standardFolders(instead: string | undefined, state: ProcessState): readonly SearchedFolder[] {
  const first =
    instead === undefined
      ? folder(folderOfProgram(state), 'application-folder', 'the folder of the program')
      : folder(instead, 'altered-search-path', 'the folder of the DLL that the call named, in place of the program’s');
  const system = [
    folder(state.systemFolder, 'system-folder', 'the system folder'),
    folder(state.oldSystemFolder, 'old-system-folder', 'the 16-bit system folder'),
    folder(state.windowsFolder, 'windows-folder', 'the Windows folder'),
  ];
  const isSure = instead === undefined || state.dllDirectory === undefined || state.dllDirectory === '';
  const start = isSure ? first : { ...first, unsure: ALTERED_AND_SET };
  return [start, ...aroundSystem(system, instead !== undefined, state), ...pathFolders(state)];
}

/** The system folders, with what comes before and after them: the current folder, or the one of SetDllDirectory. */
function aroundSystem(
  system: readonly SearchedFolder[],
  altered: boolean,
  state: ProcessState,
): readonly SearchedFolder[] {
  const current = folder(state.currentFolder, 'current-folder', 'the current folder');
  if (state.dllDirectory === undefined) {
    if (state.safeDllSearchMode) return [...system, current];
    return [{ ...current, rule: 'unsafe-search-mode' }, ...system];
  }
  if (state.dllDirectory === '') return altered ? [...system, { ...current, unsure: ALTERED_AND_SET }] : system;
  const set = folder(state.dllDirectory, 'set-dll-directory', 'the folder of SetDllDirectory');
  if (!altered) return [set, ...system];
  return [{ ...set, unsure: ALTERED_AND_SET }, ...system, { ...current, unsure: ALTERED_AND_SET }];
}

function pathFolders(state: ProcessState): readonly SearchedFolder[] {
  const names = state.path.split(';').filter((name) => name !== '');
  return names.map((name) => ({
    ...folder(name.replaceAll('"', ''), 'path-folders', 'a folder of PATH'),
    unsure: name.includes('/') ? 'nobody says what forward slashes do in PATH' : undefined,
  }));
}

function byFlags(request: SearchRequest, state: ProcessState): readonly SearchedFolder[] {
  const { flags, dllFolder, isIndirect } = request;
  const all = (flags & LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DEFAULT_DIRS) !== 0;
  const asks = (flag: number): boolean => (flags & flag) !== 0;
  const folders: SearchedFolder[] = [];
  if (asks(LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR) && dllFolder !== undefined) {
    const beside = folder(dllFolder, 'search-dll-load-dir', 'the folder of the DLL that the call named');
    folders.push(isIndirect === true ? { ...beside, unsure: DEPENDENCY_OF_DEPENDENCY } : beside);
  }
  if (all || asks(LOAD_FLAGS.LOAD_LIBRARY_SEARCH_APPLICATION_DIR)) {
    folders.push(folder(folderOfProgram(state), 'search-application-dir', 'the folder of the program'));
  }
  if (all || asks(LOAD_FLAGS.LOAD_LIBRARY_SEARCH_USER_DIRS)) folders.push(...userFolders(state));
  if (all || asks(LOAD_FLAGS.LOAD_LIBRARY_SEARCH_SYSTEM32)) {
    folders.push(folder(state.systemFolder, 'search-system32', 'the system folder'));
  }
  return folders;
}

/** The documents leave the order open; tests that pass on Windows have the one added last first, and SetDllDirectory's at the end. */
function userFolders(state: ProcessState): readonly SearchedFolder[] {
  const added = state.userFolders.toReversed();
  const folders = added.map((path) => folder(path, 'search-user-dirs', 'a folder of AddDllDirectory'));
  if (state.dllDirectory === undefined || state.dllDirectory === '') return folders;
  return [...folders, folder(state.dllDirectory, 'search-user-dirs', 'the folder of SetDllDirectory')];
}

export function folderOfProgram(state: ProcessState): string {
  return state.program.slice(0, state.program.lastIndexOf('\\'));
}

function folder(path: string, rule: RuleId, text: string): SearchedFolder {
  return { path, rule, text, unsure: undefined };
}
