// Rules of the folders that are searched.

import type { Rule } from './rule.ts';

const ORDER = 'Microsoft, Dynamic-link library search order';
const EX = 'Microsoft, LoadLibraryExW';
const MODULE_TEST = 'wine-10.0 dlls/kernel32/tests/module.c';

export const SEARCH_RULES = {
  'application-folder': {
    title: 'Folder of the program',
    text: 'The standard search begins in the folder from which the program was loaded.',
    source: `${ORDER}, Standard search order for unpackaged apps`,
  },
  'system-folder': {
    title: 'System folder',
    text: 'The system folder, the 16-bit system folder and the Windows folder follow, in this order.',
    source: `${ORDER}, Standard search order for unpackaged apps`,
  },
  'old-system-folder': {
    title: '16-bit system folder',
    text: 'The folder `system` beside the system folder is still searched.',
    source: `${ORDER}, Standard search order for unpackaged apps`,
  },
  'windows-folder': {
    title: 'Windows folder',
    text: 'The Windows folder is the last of the three folders of the system.',
    source: `${ORDER}, Standard search order for unpackaged apps`,
  },
  'current-folder': {
    title: 'Current folder',
    text: 'With safe DLL search mode, which is the default, the current folder comes after the folders of the system.',
    source: `${ORDER}, Standard search order for unpackaged apps`,
  },
  'unsafe-search-mode': {
    title: 'Safe DLL search mode switched off',
    text: 'When the registry value SafeDllSearchMode is 0, the current folder comes second.',
    source: `${ORDER}, Standard search order for unpackaged apps (SafeDllSearchMode is disabled)`,
  },
  'path-folders': {
    title: 'PATH',
    text: 'The folders of the environment variable PATH, as it is at the time of the call, come last.',
    source: `${ORDER}, Standard search order for unpackaged apps`,
  },
  'set-dll-directory': {
    title: 'SetDllDirectory',
    text: 'Its folder comes after that of the program, and the current folder is not searched. An empty text only removes the current folder; NULL restores the standard order.',
    source: 'Microsoft, SetDllDirectoryW, Remarks',
  },
  'inherited-dll-directory': {
    title: 'SetDllDirectory of the parent process',
    text: 'What a process has set with SetDllDirectory holds for the processes that it starts.',
    source: 'Microsoft, SetDllDirectoryW, Remarks (note on child processes)',
  },
  'altered-search-path': {
    title: 'LOAD_WITH_ALTERED_SEARCH_PATH',
    text: 'For what a DLL with a full path imports, its own folder takes the place of the program’s. The rest of the order stays.',
    source: `${ORDER}, Alternate search order for unpackaged apps`,
  },
  'altered-relative': {
    title: 'LOAD_WITH_ALTERED_SEARCH_PATH and a relative path',
    text: 'With a relative path the behaviour is undefined.',
    source: `${EX}, LOAD_WITH_ALTERED_SEARCH_PATH`,
  },
  'altered-after-default': {
    title: 'LOAD_WITH_ALTERED_SEARCH_PATH after SetDefaultDllDirectories',
    text: 'The folder of the DLL comes first, then the folders of SetDefaultDllDirectories. Experiments on Windows report this; no page says it.',
    source: 'Reported from experiments on Windows',
  },
  'search-application-dir': {
    title: 'LOAD_LIBRARY_SEARCH_APPLICATION_DIR',
    text: 'The folder of the program is searched. The standard order is not.',
    source: `${EX}, LOAD_LIBRARY_SEARCH_APPLICATION_DIR; ${MODULE_TEST}:1284`,
  },
  'search-user-dirs': {
    title: 'LOAD_LIBRARY_SEARCH_USER_DIRS',
    text: 'Folders of AddDllDirectory are searched, the one added last first, then that of SetDllDirectory. The page leaves their order open; the test fixes it.',
    source: `${EX}, LOAD_LIBRARY_SEARCH_USER_DIRS; ${MODULE_TEST}:509-520`,
  },
  'search-system32': {
    title: 'LOAD_LIBRARY_SEARCH_SYSTEM32',
    text: 'The system folder is searched. The 16-bit system folder and the Windows folder are not.',
    source: `${EX}, LOAD_LIBRARY_SEARCH_SYSTEM32; ${MODULE_TEST}:656-659`,
  },
  'search-dll-load-dir': {
    title: 'LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR',
    text: 'The folder of the DLL is searched first, for what it imports. The call has to name the DLL by a full path. That what a dependency imports is not looked for there is reported, and no page says it.',
    source: `${EX}, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR; ${MODULE_TEST}:661-679`,
  },
  'safe-current-dirs': {
    title: 'LOAD_LIBRARY_SAFE_CURRENT_DIRS',
    text: 'From the current folder a DLL is loaded only if that folder lies under one of the safe load list. No page says what the list holds, or which error follows.',
    source: `${EX}, LOAD_LIBRARY_SAFE_CURRENT_DIRS`,
  },
  'system32-no-forwarder': {
    title: 'LOAD_LIBRARY_SEARCH_SYSTEM32_NO_FORWARDER',
    text: 'The flag stands in the headers; no page says what it changes.',
    source: 'Windows SDK 10.0.22621, libloaderapi.h',
  },
  'default-directories': {
    title: 'SetDefaultDllDirectories',
    text: 'Its flags hold for each call without search flags of its own, and cannot be taken back. 0, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR and unknown flags are refused.',
    source: `Microsoft, SetDefaultDllDirectories; ${MODULE_TEST}:1298-1321`,
  },
  'add-dll-directory': {
    title: 'AddDllDirectory',
    text: 'It takes a full path of something that is there. RemoveDllDirectory takes it back. A folder is searched only where LOAD_LIBRARY_SEARCH_USER_DIRS is in force.',
    source: `Microsoft, AddDllDirectory; ${MODULE_TEST}:1225-1255`,
  },
  'flags-exclude': {
    title: 'Flags that exclude each other',
    text: 'LOAD_WITH_ALTERED_SEARCH_PATH with any LOAD_LIBRARY_SEARCH flag is ERROR_INVALID_PARAMETER.',
    source: `${EX}, LOAD_WITH_ALTERED_SEARCH_PATH; ${MODULE_TEST}:612-635`,
  },
  'relative-path': {
    title: 'Relative path',
    text: 'The whole relative path is appended to every folder of the search path.',
    source: `${EX}, Searching for DLLs and dependencies`,
  },
  'full-path': {
    title: 'Full path',
    text: 'A full path is the only one that is looked at. What the DLL imports is searched for by name.',
    source: `${EX}, lpLibFileName; ${ORDER}, Factors that affect searching`,
  },
  'other-architecture': {
    title: 'DLL of another architecture',
    text: 'The loader ignores a file of the wrong architecture and goes on with the next folder of the search.',
    source: 'Microsoft Press, Windows Internals, 6th edition, part 1, chapter 3, DLL name resolution and redirection',
  },
} as const satisfies Record<string, Rule>;
