// One row of the table of faults: what a DLL does wrong, and what becomes of the call.

/** How the outcome of a call that misbehaves has to look. */
export type Expected =
  | {
      readonly kind: 'faulted';
      readonly code: number;
      /** @default null: the exception says nothing of an access */
      readonly access?: { readonly kind: 'read' | 'write' | 'execute'; readonly address?: bigint } | 'any';
      /** File name of the module with the instruction; null where there is none. @default the DLL of the kind */
      readonly module?: string | null;
    }
  /** `code` is the full exit code, 32 bits, unsigned; null where a signal ended the process. */
  | { readonly kind: 'exited'; readonly code: number | null | 'any'; readonly signal?: number }
  /** `thread`: in which states the thread of the call may be found. */
  | { readonly kind: 'timed-out'; readonly thread: readonly ThreadState[] }
  | { readonly kind: 'returned'; readonly result: number; readonly fpuChanged?: boolean }
  /** Where two things race: any of these. */
  | { readonly kind: 'either'; readonly of: readonly Expected[] };

export type ThreadState = 'running' | 'sleeping' | 'waiting' | 'suspended' | 'exited';

export interface Kind {
  /** The export that misbehaves when its argument is negative, and returns it plus one otherwise. */
  readonly name: string;
  /** File name of the DLL, without its extension. */
  readonly dll: string;
  readonly expected: Expected;
  /** Where it differs, by runtime or architecture. */
  readonly on?: Readonly<Record<string, Expected>>;
  /** A DLL that may be missing, without which the kind says nothing. */
  readonly needs?: string;
  /** The harness makes the call again in a fresh process, to see whether it was the cause. */
  readonly isRepeated?: boolean;
  /** Where the expectation comes from, when that is not the instruction itself; what is remarkable. */
  readonly remark?: string;
}

/** What the DLLs return after they have misbehaved. */
export const DONE = -42;

export const ACCESS_VIOLATION = 0xc0000005;

export const returned: Expected = { kind: 'returned', result: DONE };
export const returnedWithFpu: Expected = { kind: 'returned', result: DONE, fpuChanged: true };

export function exited(code: number): Expected {
  return { kind: 'exited', code };
}

export function timedOut(...thread: readonly ThreadState[]): Expected {
  return { kind: 'timed-out', thread };
}

export function faulted(code: number, module?: string | null): Expected {
  return module === undefined ? { kind: 'faulted', code } : { kind: 'faulted', code, module };
}

export function violation(access: 'read' | 'write' | 'execute', address?: bigint, module?: string | null): Expected {
  const wanted = address === undefined ? { kind: access } : { kind: access, address };
  const fault = { kind: 'faulted', code: ACCESS_VIOLATION, access: wanted } as const;
  return module === undefined ? fault : { ...fault, module };
}

/** What holds on a runtime such as `wine-10.0-ia32`. */
export function expectedOn({ expected, on }: Kind, runtime: string): Expected {
  return on?.[runtime] ?? on?.[runtime.split('-').at(-1) ?? ''] ?? expected;
}
