// An agent in a machine of its own.
import type { ResolvedConfig } from '../../config/config.ts';
import type { Installation } from '../../machines/installation.ts';
import { openMachine } from '../../machines/open-machine.ts';
import { Session } from '../session/session.ts';
import { setEnvironment } from '../session/set-environment.ts';

/**
 * The agent asks Wine's server: 225 ms were seen on a busy machine. The look comes on top of the limit of a call, so it leaves
 * time to end what does not answer within a second.
 */
const INSPECT_MS = 600;

/** Makes a machine and boots a process in it. Nothing is left when that fails. */
export function openSession(config: ResolvedConfig, installation: Installation): Session {
  const session = new Session({
    makeMachine: () => openMachine(config, installation),
    spare: config.spare,
    heapBytes: config.heapBytes,
    spinMicroseconds: config.spinMicroseconds,
    bootTimeoutMs: config.bootTimeoutMs,
    inspectTimeoutMs: INSPECT_MS,
    readBytes: config.limits.readBytes,
    prepare: (each) => {
      setEnvironment(each, config.environment);
    },
  });
  try {
    session.boot();
    return session;
  } catch (error) {
    void session.close();
    throw error;
  }
}
