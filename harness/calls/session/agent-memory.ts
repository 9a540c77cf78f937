// HOT: memory of the agent's process that is not shared, there and back. Benchmark: image-filter-structs.
import { HEADER } from '../../../protocol/wire/layout.ts';
import { TO_AGENT, TO_HOST } from '../../../protocol/wire/messages.ts';
import { lostAgent } from './raw-call.ts';
import type { Session } from './session.ts';
import { WireDamage, wordBetween } from './wire-damage.ts';
import { GONE } from './wire.ts';

/** Copies `bytes` bytes at an address of the agent to `at` in the shared memory. False when they cannot all be read. */
export function readAgentMemory(session: Session, address: bigint, at: number, bytes: number): boolean {
  return copy(session, TO_AGENT.READ_MEMORY, address, at, bytes);
}

/** The same the other way. False when not all of it can be written: then any part of it may have been. */
export function writeAgentMemory(session: Session, at: number, address: bigint, bytes: number): boolean {
  return copy(session, TO_AGENT.WRITE_MEMORY, address, at, bytes);
}

function copy(
  session: Session,
  kind: typeof TO_AGENT.READ_MEMORY | typeof TO_AGENT.WRITE_MEMORY,
  address: bigint,
  at: number,
  bytes: number,
): boolean {
  const { view, wire, generation } = session;
  view.setBigUint64(HEADER.MEMORY_ADDRESS, address, true);
  let damage: WireDamage | undefined;
  let answer: number = GONE;
  try {
    wire.send(kind, 0, at, bytes);
    answer = wire.await(session.answerTimeoutMs);
    if (answer === TO_HOST.RETURNED) {
      return wordBetween(session, 'HEADER.TO_HOST_COUNT', HEADER.TO_HOST_COUNT, -1, bytes) === bytes;
    }
    // Nothing of the DLL runs meanwhile, and so nothing can call back.
    if (answer === TO_HOST.CALLBACK) damage = new WireDamage('HEADER.TO_HOST_KIND', answer);
  } catch (error) {
    if (!(error instanceof WireDamage)) throw error;
    damage = error;
  }
  if (answer === GONE && !damage) session.owner.noticeDeath();
  throw lostAgent(session, generation, answer, damage);
}
