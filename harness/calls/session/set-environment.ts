import { kernelCall } from './kernel-call.ts';
import { writeText } from './modules.ts';
import { rawCall } from './raw-call.ts';
import type { Session } from './session.ts';

/** C runtimes that Wine's own DLLs bring along. Each has a copy of the environment, made when it was loaded. */
const C_RUNTIMES = ['msvcrt.dll', 'ucrtbase.dll'];

/**
 * Gives the process environment variables, as if it had been started with them. Some cannot be handed to Wine at the start: what Windows
 * itself sets it would set again, and others mean something to the system below, or to Node.
 */
export function setEnvironment(session: Session, environment: Readonly<Record<string, string>>): void {
  const variables = Object.entries(environment);
  if (variables.length === 0) return;
  const mark = session.top;
  try {
    const setters = C_RUNTIMES.map((name) => putenvOf(session, name)).filter((address) => address !== 0n);
    for (const [name, value] of variables) {
      for (const setter of setters) rawCall(session, setter, writeText(session, `${name}=${value}`, 'utf16le'));
      // Last, since for a C runtime a variable that is empty is none.
      const [key, text] = [name, value].map((each) => writeText(session, each, 'utf16le'));
      kernelCall(session, 'SetEnvironmentVariableW', key ?? 0n, text ?? 0n);
      session.top = mark;
    }
  } finally {
    session.top = mark;
  }
}

/** Address of `_wputenv` of a C runtime, or 0 when the process has not loaded it. */
function putenvOf(session: Session, dll: string): bigint {
  const { integer: module } = kernelCall(session, 'GetModuleHandleW', writeText(session, dll, 'utf16le'));
  if (module === 0n) return 0n;
  return kernelCall(session, 'GetProcAddress', module, writeText(session, '_wputenv', 'latin1')).integer;
}
