import type { ChildProcessInfo } from './machine.ts';

/**
 * Whether a process is a copy of an agent's. No program of Windows makes one: a DLL has gone behind Wine's back, and may have written into
 * the pipes of Wine's own programs.
 */
export function isForked({ command }: ChildProcessInfo): boolean {
  return command.includes(' Z:\\proc\\');
}
