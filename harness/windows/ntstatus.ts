/**
 * Names of the codes that a DLL is likely to raise, and with which the loader or Wine ends a process (Windows SDK,
 * ntstatus.h and winnt.h; Wine's include/winternl.h; C++ codes: compilers' documentation).
 */
export const EXCEPTION_NAMES: Readonly<Record<number, string>> = {
  0x80000001: 'STATUS_GUARD_PAGE_VIOLATION',
  0x80000002: 'STATUS_DATATYPE_MISALIGNMENT',
  0x80000003: 'STATUS_BREAKPOINT',
  0x80000004: 'STATUS_SINGLE_STEP',
  0x80000100: 'EXCEPTION_WINE_STUB',
  0xc0000005: 'STATUS_ACCESS_VIOLATION',
  0xc0000006: 'STATUS_IN_PAGE_ERROR',
  0xc0000008: 'STATUS_INVALID_HANDLE',
  0xc000001d: 'STATUS_ILLEGAL_INSTRUCTION',
  0xc0000022: 'STATUS_ACCESS_DENIED',
  0xc0000025: 'STATUS_NONCONTINUABLE_EXCEPTION',
  0xc0000034: 'STATUS_OBJECT_NAME_NOT_FOUND',
  0xc000007b: 'STATUS_INVALID_IMAGE_FORMAT',
  0xc000008c: 'STATUS_ARRAY_BOUNDS_EXCEEDED',
  0xc000008d: 'STATUS_FLOAT_DENORMAL_OPERAND',
  0xc000008e: 'STATUS_FLOAT_DIVIDE_BY_ZERO',
  0xc000008f: 'STATUS_FLOAT_INEXACT_RESULT',
  0xc0000090: 'STATUS_FLOAT_INVALID_OPERATION',
  0xc0000091: 'STATUS_FLOAT_OVERFLOW',
  0xc0000092: 'STATUS_FLOAT_STACK_CHECK',
  0xc0000093: 'STATUS_FLOAT_UNDERFLOW',
  0xc0000094: 'STATUS_INTEGER_DIVIDE_BY_ZERO',
  0xc0000095: 'STATUS_INTEGER_OVERFLOW',
  0xc0000096: 'STATUS_PRIVILEGED_INSTRUCTION',
  0xc00000fd: 'STATUS_STACK_OVERFLOW',
  0xc0000135: 'STATUS_DLL_NOT_FOUND',
  0xc0000138: 'STATUS_ORDINAL_NOT_FOUND',
  0xc0000139: 'STATUS_ENTRYPOINT_NOT_FOUND',
  0xc0000142: 'STATUS_DLL_INIT_FAILED',
  0xc0000374: 'STATUS_HEAP_CORRUPTION',
  0xc0000409: 'STATUS_STACK_BUFFER_OVERRUN',
  0xc0000417: 'STATUS_INVALID_CRUNTIME_PARAMETER',
  0xc0000428: 'STATUS_INVALID_IMAGE_HASH',
  0xc0150002: 'STATUS_SXS_CANT_GEN_ACTCTX',
  0xe06d7363: 'C++ exception (Microsoft)',
  0x20474343: 'C++ exception (GCC)',
  0x0eedfade: 'Delphi exception',
};

/** `STATUS_ACCESS_VIOLATION (0xC0000005)`, or the number alone in hexadecimal. */
export function statusText(code: number): string {
  const hex = `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
  const name = EXCEPTION_NAMES[code];
  return name === undefined ? hex : `${name} (${hex})`;
}

/** An exit code: the small ones that programs choose as they are, a status by its name and in hexadecimal. */
export function exitCodeText(code: number | null): string {
  if (code === null) return 'unknown';
  return code < 0x1000 ? code.toString() : statusText(code);
}
