import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DllparityError } from '../../base/errors.ts';
import type { SystemIdentity } from '../session/identity.ts';

/** Which program an agent is, and what it says of the system under it. */
export interface AgentIdentity extends SystemIdentity {
  /** SHA-256, first 12 digits, of the agent's program. */
  readonly revision: string;
}

const revisions = new Map<string, string>();

/** @param system undefined before the first boot */
export function agentIdentity(program: string, system: SystemIdentity | undefined): AgentIdentity {
  if (!system) throw new DllparityError('AGENT_GONE', { what: 'the agent has not started', hint: 'Boot it first.' });
  let revision = revisions.get(program);
  if (revision === undefined) {
    revision = createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 12);
    revisions.set(program, revision);
  }
  return { revision, ...system };
}
