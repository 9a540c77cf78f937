import type { Session } from '../session/session.ts';

/** What may be passed for a pointer because it is a place in the agent's memory already. */
export abstract class Place {
  /** The address, for the agent process that it belongs to. Throws AGENT_GONE in any other: there it means something else. */
  abstract addressIn(session: Session): bigint;
}

/** One that the caller has as an object of its own: memory that pointed there holds that object again after a call. */
export abstract class SharedPlace extends Place {}
