// Functions of the system that fail for what an agent has not, and not for what Wine lacks. Measured on Wine 8 and 10, x64 and ia32, with the
// option and without.

/** Options by which an agent gets what it has not. */
export type HintedOption = 'graphics' | 'services' | 'sandbox';

/** What a function returns when it fails. */
export type FailedResult = 'zero' | 'minus-one' | 'error-code';

export interface HintedFunction {
  readonly option: HintedOption;
  readonly failed: FailedResult;
  /** What GetLastError then says, or the function itself if it returns an error code; any where it says nothing of its own. */
  readonly errors: readonly number[] | 'any';
  /** Whether one of these errors tells enough when a DLL has made the call. */
  readonly isTelling: boolean;
}

// Microsoft, "System Error Codes" and "Windows Sockets Error Codes".
const INVALID_FUNCTION = 1;
const FILE_NOT_FOUND = 2;
const RPC_SERVER_UNAVAILABLE = 1722;
const NETWORK_UNREACHABLE = 10_051;
const CONNECTION_REFUSED = 10_061;
const TRY_AGAIN = 11_002;
const INTERNET_NAME_NOT_RESOLVED = 12_007;
const INTERNET_CANNOT_CONNECT = 12_029;

const found = new Map<string, HintedFunction>();

function add(dlls: string, functions: string, hinted: HintedFunction): void {
  for (const dll of dlls.split(' ')) {
    for (const name of functions.split(' ')) {
      const names = name.endsWith('*') ? ['A', 'W'].map((letter) => name.slice(0, -1) + letter) : [name];
      for (const each of names) found.set(`${dll}!${each}`, hinted);
    }
  }
}

const services = { option: 'services', failed: 'zero', isTelling: true } as const;
add('advapi32 sechost', 'OpenSCManager*', { ...services, errors: [RPC_SERVER_UNAVAILABLE] });
add('kernel32 kernelbase', 'GetVolumeInformation*', { ...services, errors: [INVALID_FUNCTION] });
// These errors have other reasons too, and say nothing when it is not known whose they are.
const quiet = { ...services, isTelling: false } as const;
add('kernel32 kernelbase', 'GetLogicalDrives GetLogicalDriveStrings*', { ...quiet, errors: 'any' });
add('kernel32 kernelbase', 'GetVolumeNameForVolumeMountPoint*', { ...quiet, errors: [FILE_NOT_FOUND] });
add('kernel32 kernelbase', 'FindFirstVolume*', { ...quiet, failed: 'minus-one', errors: [FILE_NOT_FOUND] });
add('iphlpapi', 'IcmpCreateFile', { ...quiet, failed: 'minus-one', errors: [FILE_NOT_FOUND] });

const network = { option: 'sandbox', isTelling: true } as const;
add('ws2_32 wsock32', 'connect WSAConnect sendto WSASendTo', {
  ...network,
  failed: 'minus-one',
  errors: [NETWORK_UNREACHABLE, CONNECTION_REFUSED],
});
add('ws2_32 wsock32', 'gethostbyname', { ...network, failed: 'zero', errors: [TRY_AGAIN] });
add('ws2_32', 'getaddrinfo GetAddrInfoW', { ...network, failed: 'error-code', errors: [TRY_AGAIN] });
add('winhttp wininet', 'WinHttpSendRequest InternetOpenUrl* HttpSendRequest*', {
  ...network,
  failed: 'zero',
  errors: [INTERNET_NAME_NOT_RESOLVED, INTERNET_CANNOT_CONNECT],
});

// Only where no driver could be loaded, which is looked up: the error is one that was there before.
add('user32', 'CreateWindowEx*', { option: 'graphics', failed: 'zero', errors: 'any', isTelling: false });
add('user32', 'MessageBox* MessageBoxEx*', {
  option: 'graphics',
  failed: 'minus-one',
  errors: 'any',
  isTelling: false,
});

/** Programs of Microsoft's linker import these by their numbers (winsock.h has always had them in this order). */
const OF_WINSOCK: Readonly<Record<number, string>> = { 4: 'connect', 20: 'sendto', 52: 'gethostbyname' };

/** What is known of a function of the system; `dll` with or without folder and extension. */
export function hintedFunction(dll: string, symbol: string | number): HintedFunction | undefined {
  const name = typeof symbol === 'string' ? symbol : (OF_WINSOCK[symbol] ?? '');
  const file = dll.split(/[\\/]/).at(-1) ?? '';
  return found.get(`${file.toLowerCase().replace(/\.dll$/, '')}!${name}`);
}

/** All that is known, each with the file name of its DLL without extension. */
export function* hintedFunctions(): Generator<{ dll: string; name: string; hinted: HintedFunction }> {
  for (const [key, hinted] of found) {
    const [dll = '', name = ''] = key.split('!');
    yield { dll, name, hinted };
  }
}

/** By name, those of which an error tells enough when a DLL has made the call. */
export function tellingFunctions(): ReadonlyMap<string, HintedFunction> {
  const telling = new Map<string, HintedFunction>();
  for (const { name, hinted } of hintedFunctions()) if (hinted.isTelling) telling.set(name, hinted);
  return telling;
}
