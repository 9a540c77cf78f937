import type { Config } from '../../config/config.ts';
import { loadConfig } from '../../config/load-config.ts';
import { createLog } from '../../log/log.ts';
import { readInstallation } from '../../machines/installation.ts';
import { Agent } from './agent.ts';

let booted = 0;

/**
 * Boots an agent for a script: one Wine prefix and one process in it. Close it, or use `await using`.
 *
 * @param options over those of dllparity.config.ts; a `runtime` among them is also over DLLPARITY_RUNTIME
 */
export async function bootAgent(options: Config = {}): Promise<Agent> {
  const { config } = await loadConfig({ fixture: options });
  const log = createLog({ levels: { host: config.log.level, agent: config.log.agentLevel }, file: config.log.file });
  return new Agent({
    config,
    installation: readInstallation(config.runtime),
    log: log.forAgent(`agent-${(++booted).toString()}`),
  });
}
