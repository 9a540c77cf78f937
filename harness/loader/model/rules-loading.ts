// Rules of what is done with a name before and after a file is found.

import type { Rule } from './rule.ts';

const ORDER = 'Microsoft, Dynamic-link library search order';
const EX = 'Microsoft, LoadLibraryExW';
const MODULE_TEST = 'wine-10.0 dlls/kernel32/tests/module.c';

export const LOADING_RULES = {
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
    source: `${MODULE_TEST} testK32GetModuleInformation (kernel32.dll; the other two come with it)`,
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
  'name-blanks': {
    title: 'Blanks at the end of a name',
    text: 'A plain name is loaded as if they were not there.',
    source: `${MODULE_TEST} testLoadLibraryA`,
  },
  'path-extension': {
    title: 'Extension of a path',
    text: 'A full path without extension gets .dll too.',
    source: `${MODULE_TEST}:486-498`,
  },
  'forward-slash': {
    title: 'Forward slashes',
    text: 'The page asks for backslashes. Full paths and rooted ones are reported to load with forward slashes too; of flags, relative paths and \\\\?\\ nobody says it.',
    source: `${EX}, lpLibFileName; reported, https://stackoverflow.com/questions/34708551`,
  },
  'rooted-path': {
    title: 'Path without a drive',
    text: '\\folder\\name.dll is a path from the root of the drive of the current folder, and as absolute as one with a drive.',
    source: `${MODULE_TEST} test_LoadLibraryEx_search_flags; Microsoft, Naming Files, Fully Qualified vs. Relative Paths`,
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
    source: ORDER,
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
  'import-call': {
    title: 'Call of an import',
    text: 'It goes where the loader has led the import when the module was loaded. A module that imports what nobody exports has not been loaded.',
    source: 'Microsoft, Load-Time Dynamic Linking; [MS-ERREF] Win32 error 127, NTSTATUS 0xC0000139',
  },
  'delayed-import': {
    title: 'Delayed import',
    text: 'At the first call the helper of the linker calls LoadLibrary and GetProcAddress, and keeps the module. When one of them fails it raises 0xC06D007E or 0xC06D007F.',
    source:
      'Microsoft, Understand the delay load helper function; Microsoft, Error handling and notification (delay-loaded DLLs)',
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
    text: 'A second name of a loaded file, made as a hard link, gives the same module; its path stays that of the first load.',
    source: 'wine-10.0 dlls/kernel32/tests/loader.c test_filenames',
  },
  registry: {
    title: 'Registry value',
    text: 'No page says how this value changes which DLL is loaded.',
    source: ORDER,
  },
} as const satisfies Record<string, Rule>;
