import { FAULT, INSPECTION } from '../../../protocol/wire/layout.ts';
import { THREAD_STATE } from '../../../protocol/wire/messages.ts';
import type { Session } from './session.ts';

/** What the thread that makes the calls was found doing when its time was up. */
export interface ThreadReport {
  /**
   * `running` computes, `sleeping` is in Sleep, `waiting` waits for an event, a lock or input, `suspended` was suspended,
   * `exited` has ended; `unknown` when the agent did not say within 600 ms.
   */
  readonly state: 'running' | 'sleeping' | 'waiting' | 'suspended' | 'exited' | 'unknown';
  /** Where in the DLL, or the function of the system that it had called; null when it lies in no module. */
  readonly place: { readonly path: string; readonly offset: bigint } | null;
  /**
   * The function of ntdll.dll or win32u.dll in which it waited for the system, for example `NtWaitForSingleObject`, or `NtUserGetMessage` for a
   * window that waits for input; null when it did not.
   */
  readonly systemCall: string | null;
}

/** Of a thread that nobody can look at. */
export const UNKNOWN_THREAD: ThreadReport = { state: 'unknown', place: null, systemCall: null };

const STATES: Readonly<Record<number, ThreadReport['state']>> = {
  [THREAD_STATE.RUNNING]: 'running',
  [THREAD_STATE.SLEEPING]: 'sleeping',
  [THREAD_STATE.WAITING]: 'waiting',
  [THREAD_STATE.SUSPENDED]: 'suspended',
  [THREAD_STATE.EXITED]: 'exited',
};

const ANSWERED = INSPECTION.ANSWERED >> 2;

/** Nobody wakes it: a wait on it is a sleep. */
const napping = new Int32Array(new SharedArrayBuffer(4));

/** Whether the thread that makes the calls has ended while its process goes on. */
export function callingThreadHasEnded({ words }: Session): boolean {
  return Atomics.load(words, INSPECTION.CALLING_THREAD_ENDED >> 2) !== 0;
}

/** Has the agent look at its calling thread, which does not answer. Takes 10 ms, and as long as the session allows where the machine is busy. */
export function inspectThread(session: Session): ThreadReport {
  const { words, view, bytes, inspectTimeoutMs } = session;
  // Any number but the last answer's.
  const question = ((words[ANSWERED] ?? 0) + 1) | 0;
  words[INSPECTION.ASKED >> 2] = question;
  session.ringInspector();
  const start = performance.now();
  while (Atomics.load(words, ANSWERED) !== question) {
    if (performance.now() - start > inspectTimeoutMs) {
      if (Atomics.load(words, INSPECTION.DRAFTED >> 2) === question) break; // It has looked once, and not yet again.
      return callingThreadHasEnded(session) ? { ...UNKNOWN_THREAD, state: 'exited' } : UNKNOWN_THREAD;
    }
    Atomics.wait(napping, 0, 0, 1);
  }
  const base = view.getBigUint64(INSPECTION.MODULE_BASE, true);
  const text = (at: number, length: number, encoding: 'latin1' | 'utf16le'): string =>
    Buffer.from(bytes.slice(at, at + length))
      .toString(encoding)
      .split('\0')[0] ?? '';
  const path = text(INSPECTION.MODULE_NAME, FAULT.MODULE_NAME_CHARACTERS * 2, 'utf16le');
  const systemCall = text(INSPECTION.SYSTEM_CALL, INSPECTION.SYSTEM_CALL_BYTES, 'latin1');
  return {
    state: STATES[words[INSPECTION.STATE >> 2] ?? 0] ?? 'unknown',
    place: base === 0n ? null : { path, offset: view.getBigUint64(INSPECTION.ADDRESS, true) - base },
    systemCall: systemCall === '' ? null : systemCall,
  };
}
