import { EXCEPTION_NAMES } from '../../windows/ntstatus.ts';

/** By name, or in hexadecimal. */
export function exitCodeName(code: number): string {
  return EXCEPTION_NAMES[code] ?? `0x${code.toString(16)}`;
}
