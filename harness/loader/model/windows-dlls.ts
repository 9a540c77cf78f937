// Names of Windows 10 and 11 that the rules speak of. Lists are closed: the model does not guess from the look of a name.

/** In the registry key KnownDLLs of every Windows 10 and 11 of which a listing was found. */
const KNOWN_DLLS: ReadonlySet<string> = new Set(
  `advapi32 clbcatq combase comdlg32 coml2 difxapi gdi32 gdiplus imagehlp imm32 kernel32 msctf msvcrt normaliz nsi ole32 oleaut32
  psapi rpcrt4 sechost setupapi shcore shell32 shlwapi user32 wldap32 ws2_32`
    .split(/\s+/)
    .map((name) => `${name}.dll`),
);

/**
 * In the list on some versions or architectures, or imported by a DLL of the list: the page says that the system's copy of those is
 * used too, and names none.
 */
const PERHAPS_KNOWN_DLLS: ReadonlySet<string> = new Set(
  `bcrypt bcryptprimitives cfgmgr32 comctl32 crypt32 cryptbase cryptsp devobj gdi32full iertutil kernel.appcore lpk msasn1 msvcp_win
  powrprof profapi sspicli ucrtbase umpdc urlmon usp10 win32u windows.storage wininet wintrust wow64 wow64base wow64con wow64cpu
  wow64win wowarmhw wtsapi32 xtajit xtajit64`
    .split(/\s+/)
    .map((name) => `${name}.dll`),
);

/** In every process from its start. */
export const ALWAYS_LOADED: readonly string[] = ['ntdll.dll', 'kernel32.dll', 'kernelbase.dll'];

export function isKnownDll(name: string): 'yes' | 'no' | 'perhaps' {
  const key = name.toLowerCase();
  if (KNOWN_DLLS.has(key)) return 'yes';
  return PERHAPS_KNOWN_DLLS.has(key) ? 'perhaps' : 'no';
}

export function isApiSetName(name: string): boolean {
  return /^(api|ext)-ms-/i.test(name);
}

/** API sets of the Universal CRT and of the core that every Windows 10 and 11 has. */
const API_SETS: ReadonlySet<string> = new Set([
  ...`conio convert environment filesystem heap locale math multibyte private process runtime stdio string time utility`
    .split(' ')
    .map((name) => `api-ms-win-crt-${name}-l1-1-0.dll`),
  ...`console datetime debug errorhandling file handle heap interlocked libraryloader localization memory namedpipe processenvironment
  processthreads profile rtlsupport string synch sysinfo timezone util`
    .split(/\s+/)
    .map((name) => `api-ms-win-core-${name}-l1-1-0.dll`),
  'api-ms-win-core-file-l1-2-0.dll',
  'api-ms-win-core-file-l2-1-0.dll',
  'api-ms-win-core-localization-l1-2-0.dll',
  'api-ms-win-core-processthreads-l1-1-1.dll',
  'api-ms-win-core-synch-l1-2-0.dll',
]);

export function isKnownApiSet(name: string): boolean {
  return API_SETS.has(name.toLowerCase());
}
