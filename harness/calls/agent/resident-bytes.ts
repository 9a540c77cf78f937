import { kernelCall } from '../session/kernel-call.ts';
import type { Session } from '../session/session.ts';

/** PROCESS_MEMORY_COUNTERS (psapi.h): its size, and where WorkingSetSize lies. */
const COUNTERS = { 8: { bytes: 72, workingSet: 16 }, 4: { bytes: 40, workingSet: 12 } } as const;
/** GetCurrentProcess() is this constant. */
const THIS_PROCESS = -1n;

/**
 * Physical memory of the agent's process, in bytes. The process is asked itself: its id on this host may be that of a
 * launcher, or of another namespace.
 */
export function residentBytes(session: Session): number {
  const { bytes, workingSet } = COUNTERS[session.pointerBytes];
  const mark = session.top;
  const at = session.reserve(bytes);
  try {
    session.bytes.fill(0, at, at + bytes);
    session.view.setUint32(at, bytes, true);
    const counters = BigInt(session.base + at);
    kernelCall(session, 'K32GetProcessMemoryInfo', THIS_PROCESS, counters, BigInt(bytes));
    const { view } = session;
    return session.pointerBytes === 8
      ? Number(view.getBigUint64(at + workingSet, true))
      : view.getUint32(at + workingSet, true);
  } finally {
    session.top = mark;
  }
}
