// The process that DLLs are loaded into: started when it is first needed, without waiting for anything but itself.
import { openSession } from '../../calls/agent/open-session.ts';
import type { ResolvedConfig } from '../../config/config.ts';
import { findConfig } from '../../config/find-config.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { createLog } from '../../log/log.ts';
import { type Installation, readInstallation } from '../../machines/installation.ts';
import type { Session } from '../../calls/session/session.ts';
import { relayOutput } from './output.ts';

/** What koffi's process runs in. */
export interface Surroundings {
  readonly config: ResolvedConfig;
  readonly installation: Installation;
  readonly session: Session;
  /** Bound of a call in milliseconds, or -1: koffi has none, unless somebody asks for one. */
  readonly callTimeoutMs: number;
  /** Says what the user should know of the process, in the log. */
  readonly warn: (text: string) => void;
}

/**
 * The options by their variables alone: koffi is synchronous, and a configuration file in TypeScript cannot be loaded
 * that way.
 */
export function configOfVariables(): { config: ResolvedConfig; callTimeoutMs: number } {
  const { root } = findConfig(process.cwd());
  const { config, sources } = resolveConfig({ root, environment: process.env });
  const asked = sources.get('callTimeoutMs') !== 'default' && config.callTimeoutMs > 0;
  return { config, callTimeoutMs: asked ? config.callTimeoutMs : -1 };
}

/** Bytes of a pointer of the runtime that the variables choose. Starts nothing. */
export function pointerBytesOfRuntime(): 4 | 8 {
  try {
    return readInstallation(configOfVariables().config.runtime).architecture === 'ia32' ? 4 : 8;
  } catch {
    // Nothing is set up: types work all the same, and load() will say what is missing.
    return 8;
  }
}

/** Makes a prefix and starts the process. Both end with this process, however it ends. */
export function bootSurroundings(): Surroundings {
  const { config, callTimeoutMs } = configOfVariables();
  const installation = readInstallation(config.runtime);
  const session = openSession(config, installation);
  const drainOutput = relayOutput(session);
  process.once('exit', () => {
    drainOutput();
    // The guard does the rest: its pipe ends with this process.
    session.end();
  });
  const { level, agentLevel, file } = config.log;
  const log = createLog({ levels: { host: level, agent: agentLevel }, file }).forAgent('koffi');
  const warn = (text: string): void => {
    log.host.warn(text, { pid: session.pid ?? null });
  };
  return { config, installation, session, callTimeoutMs, warn };
}
