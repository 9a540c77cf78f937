/** Flags of LoadLibraryExW and SetDefaultDllDirectories (libloaderapi.h, Windows SDK 10.0.22621). */
export const LOAD_FLAGS = {
  DONT_RESOLVE_DLL_REFERENCES: 0x1,
  LOAD_LIBRARY_AS_DATAFILE: 0x2,
  LOAD_WITH_ALTERED_SEARCH_PATH: 0x8,
  LOAD_IGNORE_CODE_AUTHZ_LEVEL: 0x10,
  LOAD_LIBRARY_AS_IMAGE_RESOURCE: 0x20,
  LOAD_LIBRARY_AS_DATAFILE_EXCLUSIVE: 0x40,
  LOAD_LIBRARY_REQUIRE_SIGNED_TARGET: 0x80,
  LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR: 0x100,
  LOAD_LIBRARY_SEARCH_APPLICATION_DIR: 0x200,
  LOAD_LIBRARY_SEARCH_USER_DIRS: 0x400,
  LOAD_LIBRARY_SEARCH_SYSTEM32: 0x800,
  LOAD_LIBRARY_SEARCH_DEFAULT_DIRS: 0x1000,
  LOAD_LIBRARY_SAFE_CURRENT_DIRS: 0x2000,
  LOAD_LIBRARY_SEARCH_SYSTEM32_NO_FORWARDER: 0x4000,
} as const;

export type LoadFlag = keyof typeof LOAD_FLAGS;

/** `LOAD_LIBRARY_SEARCH_SYSTEM32 | 0x8000`; `0` when there are none. */
export function flagsText(flags: number): string {
  const known = Object.entries(LOAD_FLAGS).filter(([, flag]) => (flags & flag) !== 0);
  const rest = known.reduce((left, [, flag]) => left & ~flag, flags) >>> 0;
  const words = [...known.map(([name]) => name), ...(rest === 0 ? [] : [`0x${rest.toString(16)}`])];
  return words.length === 0 ? '0' : words.join(' | ');
}

/** Errors that loader calls are known to end with (winerror.h). */
export const ERRORS: Readonly<Record<number, string>> = {
  2: 'ERROR_FILE_NOT_FOUND',
  3: 'ERROR_PATH_NOT_FOUND',
  5: 'ERROR_ACCESS_DENIED',
  6: 'ERROR_INVALID_HANDLE',
  8: 'ERROR_NOT_ENOUGH_MEMORY',
  32: 'ERROR_SHARING_VIOLATION',
  87: 'ERROR_INVALID_PARAMETER',
  123: 'ERROR_INVALID_NAME',
  126: 'ERROR_MOD_NOT_FOUND',
  127: 'ERROR_PROC_NOT_FOUND',
  161: 'ERROR_BAD_PATHNAME',
  183: 'ERROR_ALREADY_EXISTS',
  193: 'ERROR_BAD_EXE_FORMAT',
  206: 'ERROR_FILENAME_EXCED_RANGE',
  216: 'ERROR_EXE_MACHINE_TYPE_MISMATCH',
  267: 'ERROR_DIRECTORY',
  577: 'ERROR_INVALID_IMAGE_HASH',
  998: 'ERROR_NOACCESS',
  1006: 'ERROR_FILE_INVALID',
  1114: 'ERROR_DLL_INIT_FAILED',
  1812: 'ERROR_RESOURCE_DATA_NOT_FOUND',
  1813: 'ERROR_RESOURCE_TYPE_NOT_FOUND',
  1814: 'ERROR_RESOURCE_NAME_NOT_FOUND',
  14001: 'ERROR_SXS_CANT_GEN_ACTCTX',
};

export function errorName(code: number): string {
  return ERRORS[code] ?? `error ${String(code)}`;
}
