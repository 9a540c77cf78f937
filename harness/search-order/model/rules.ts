// The rules of the model, each with where it is written. Every step of a prediction names one of them.

import { SIDE_BY_SIDE_RULES } from './rules-side-by-side.ts';

export interface Rule {
  readonly title: string;
  readonly text: string;
  /** Page of Microsoft, or a test of Wine that passes on Windows too. */
  readonly source: string;
}

const ORDER = 'Microsoft, Dynamic-link library search order';
const EX = 'Microsoft, LoadLibraryExW';
const MODULE_TEST = 'wine-10.0 dlls/kernel32/tests/module.c';

const SEARCH_RULES = {
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
    text: 'The folder of the DLL is searched first, for what it imports. The call has to name the DLL by a full path.',
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
    source: 'Microsoft Press, Windows Internals, 7th edition, part 1, chapter 3, DLL name resolution and redirection',
  },
} as const satisfies Record<string, Rule>;

const LOADING_RULES = {
  'loaded-module': {
    title: 'Module already loaded',
    text: 'A plain name means a loaded module with this base name and extension, whatever its folder; of several, the one loaded first.',
    source: `${ORDER}, Factors that affect searching (loaded-module list); ${EX}, lpLibFileName`,
  },
  'loaded-path': {
    title: 'Same file, same module',
    text: 'A path of a loaded file gives the same module, however it is written. Two files with one name are two modules.',
    source: `${EX}, lpLibFileName; wine-10.0 dlls/kernel32/tests/loader.c:1485`,
  },
  'known-dll': {
    title: 'KnownDLLs',
    text: 'For a name of the list KnownDLLs the system’s own copy is used, and no folder is searched. The list is made when Windows starts.',
    source: `${ORDER}, Factors that affect searching (known DLLs)`,
  },
  'windows-loaded': {
    title: 'Always loaded',
    text: 'ntdll.dll, kernel32.dll and kernelbase.dll are in every process from its start.',
    source: 'Microsoft Press, Windows Internals, 7th edition, part 1, chapter 3, Early process initialization',
  },
  'api-set': {
    title: 'API set',
    text: 'A name such as api-ms-win-core-file-l1-1-0.dll is an alias for a DLL of Windows. It is not looked for in any folder; with a path in front it is no alias.',
    source: `Microsoft, Windows API sets; ${ORDER}, Factors that affect searching; ${MODULE_TEST}:737-789`,
  },
  'name-extension': {
    title: 'Extension',
    text: 'A plain name without extension gets .dll. A point at its end keeps that away.',
    source: `${EX}, lpLibFileName`,
  },
  'path-extension': {
    title: 'Extension of a path',
    text: 'A full path without extension gets .dll too.',
    source: `${MODULE_TEST}:486-498`,
  },
  'forward-slash': {
    title: 'Forward slashes',
    text: 'The page asks for backslashes, and does not say what happens with others.',
    source: `${EX}, lpLibFileName`,
  },
  'drive-relative': {
    title: 'Drive without a folder',
    text: 'C:sub\\name.dll is a path; C:name.dll is refused on Windows 10.',
    source: `${MODULE_TEST}:570-590`,
  },
  'device-name': {
    title: 'Device name',
    text: 'No page says what the loader does with the name of a device.',
    source: `${EX}, lpLibFileName`,
  },
  'folder-named-dll': {
    title: 'Folder with the name of a DLL',
    text: 'No page says what a folder with the name of the DLL does to the search.',
    source: `${ORDER}`,
  },
  'no-name': {
    title: 'No name',
    text: 'NULL and an empty name are ERROR_INVALID_PARAMETER since Windows 8.',
    source: `${MODULE_TEST}:368-383`,
  },
  'locked-file': {
    title: 'File without sharing',
    text: 'A file that somebody has open without sharing gives ERROR_SHARING_VIOLATION.',
    source: `${MODULE_TEST}:399-404`,
  },
  'not-found': {
    title: 'Not found',
    text: 'LoadLibrary gives ERROR_MOD_NOT_FOUND; at the start of a process it is STATUS_DLL_NOT_FOUND.',
    source: `${MODULE_TEST}:327-338; [MS-ERREF] NTSTATUS 0xC0000135`,
  },
  'bad-image': {
    title: 'No image',
    text: 'A file that is no image gives ERROR_BAD_EXE_FORMAT; at the start of a process it is STATUS_INVALID_IMAGE_FORMAT.',
    source: 'wine-10.0 dlls/kernel32/tests/loader.c test_Loader; [MS-ERREF] NTSTATUS 0xC000007B',
  },
  'missing-symbol': {
    title: 'Missing export',
    text: 'An import that the DLL does not export gives ERROR_PROC_NOT_FOUND; at the start of a process it is STATUS_ENTRYPOINT_NOT_FOUND.',
    source: '[MS-ERREF] Win32 error 127, NTSTATUS 0xC0000139',
  },
  'dll-main': {
    title: 'DllMain returns FALSE',
    text: 'The load fails with ERROR_DLL_INIT_FAILED; at the start of a process it is STATUS_DLL_INIT_FAILED.',
    source: 'Microsoft, DllMain entry point, Return value; [MS-ERREF] NTSTATUS 0xC0000142',
  },
  'dll-main-search': {
    title: 'Search from DllMain',
    text: 'When DllMain functions run, the loader has gone back to the standard search.',
    source: `${ORDER}, Alternate search order for unpackaged apps`,
  },
  dependencies: {
    title: 'Imports',
    text: 'What a DLL imports is searched for as a plain name, even if the DLL itself was named by a full path. The search of the call holds for it.',
    source: `${ORDER}, Factors that affect searching`,
  },
  forwarder: {
    title: 'Forwarder',
    text: 'An export of another DLL: that DLL is looked for in the loaded modules as any other. No page says in which folders, or which error follows.',
    source: `${ORDER}, Factors that affect searching (loaded-module list)`,
  },
  'no-resolve': {
    title: 'DONT_RESOLVE_DLL_REFERENCES',
    text: 'The DLL is mapped. What it imports is not loaded, and its DllMain is not called.',
    source: `${EX}, DONT_RESOLVE_DLL_REFERENCES; wine-10.0 dlls/kernel32/tests/loader.c:2299-2317`,
  },
  'data-file': {
    title: 'Load as data',
    text: 'If the DLL is loaded already, its module is the result. Otherwise the file is mapped, each time anew, and is no module.',
    source: `${EX}, Loading a DLL as a data file or image resource`,
  },
  'data-missing': {
    title: 'Data file not found',
    text: 'A path that is not there gives ERROR_FILE_NOT_FOUND.',
    source: `${MODULE_TEST}:462-466`,
  },
  'data-empty': {
    title: 'Empty data file',
    text: 'An empty file gives ERROR_FILE_INVALID.',
    source: `${MODULE_TEST}:407-423`,
  },
  'signed-target': {
    title: 'LOAD_LIBRARY_REQUIRE_SIGNED_TARGET',
    text: 'The signature is checked. No page says which error an unsigned DLL gives.',
    source: `${EX}, LOAD_LIBRARY_REQUIRE_SIGNED_TARGET`,
  },
  'module-handle': {
    title: 'GetModuleHandle',
    text: 'It finds loaded modules, by name with .dll appended where there is no extension, or by path, without regard to case.',
    source: 'Microsoft, GetModuleHandleW, lpModuleName',
  },
  'module-handle-two': {
    title: 'GetModuleHandle and two modules of one name',
    text: 'Which of two modules with the same base name it returns cannot be predicted.',
    source: 'Microsoft, GetModuleHandleW, Remarks',
  },
  'get-proc-address': {
    title: 'GetProcAddress',
    text: 'It gives the address of an export, or ERROR_PROC_NOT_FOUND.',
    source: 'Microsoft, GetProcAddress; wine-10.0 dlls/kernel32/tests/module.c testGetProcAddress_Wrong',
  },
  'free-library': {
    title: 'FreeLibrary',
    text: 'A module goes when it has been freed as often as it was loaded, and nothing imports from it.',
    source: 'Microsoft, FreeLibrary, Remarks',
  },
  'search-path': {
    title: 'SearchPath',
    text: 'Without a path: the files of the active context, the folder of the program, the current folder, the folders of the system, PATH. The extension is appended only to a name without one. SetDllDirectory speaks of LoadLibrary alone.',
    source: 'Microsoft, SearchPathW, lpPath and Remarks; Microsoft, SetDllDirectoryW, Remarks',
  },
  'hard-link': {
    title: 'Two names of one file',
    text: 'No page says whether a second name of a loaded file gives the same module.',
    source: `${EX}, lpLibFileName`,
  },
  registry: {
    title: 'Registry value',
    text: 'No page says how this value changes which DLL is loaded.',
    source: `${ORDER}`,
  },
} as const satisfies Record<string, Rule>;

const RULE_TABLE = { ...SEARCH_RULES, ...LOADING_RULES, ...SIDE_BY_SIDE_RULES } as const;

export type RuleId = keyof typeof RULE_TABLE;

export const RULES: Readonly<Record<RuleId, Rule>> = RULE_TABLE;
