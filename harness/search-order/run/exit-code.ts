import { EXCEPTION_NAMES } from '../../call/ntstatus.ts';

/** Codes with which the loader, or Wine, ends a process (ntstatus.h; Wine's include/winternl.h). */
const NAMES: Readonly<Record<number, string>> = {
  0x80000100: 'EXCEPTION_WINE_STUB',
  0xc000007b: 'STATUS_INVALID_IMAGE_FORMAT',
  0xc0000135: 'STATUS_DLL_NOT_FOUND',
  0xc0000138: 'STATUS_ORDINAL_NOT_FOUND',
  0xc0000139: 'STATUS_ENTRYPOINT_NOT_FOUND',
  0xc0000142: 'STATUS_DLL_INIT_FAILED',
  0xc0000022: 'STATUS_ACCESS_DENIED',
  0xc0000034: 'STATUS_OBJECT_NAME_NOT_FOUND',
  0xc0000428: 'STATUS_INVALID_IMAGE_HASH',
  0xc0150002: 'STATUS_SXS_CANT_GEN_ACTCTX',
};

/** By name, or in hexadecimal. */
export function exitCodeName(code: number): string {
  return NAMES[code] ?? EXCEPTION_NAMES[code] ?? `0x${code.toString(16)}`;
}
