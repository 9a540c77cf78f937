import type { RuntimeRecord } from '../../../protocol/records/result-record.ts';
import type { Agent } from '../../calls/agent/agent.ts';

/** What ran the code, for the records. */
export function runtimeRecord(agent: Agent): RuntimeRecord {
  const { installation, identity, sandboxState } = agent;
  const { sandbox, reason, clone, limits } = sandboxState;
  return {
    id: agent.runtime,
    kind: 'wine',
    version: installation.wineVersion,
    build: installation.wineBuild,
    architecture: installation.architecture,
    ...(installation.distribution === null ? {} : { distribution: installation.distribution }),
    reportsWindows: identity.windows,
    agent: { revision: identity.revision },
    sandbox: { state: sandbox ? 'on' : 'off', reason, clone, limits },
  };
}
