import type { AgentLog } from '../../log/log.ts';
import type { Confinement } from '../../machines/wine/home-layout.ts';

let hasWarned = false;

/** Tells the log what stands around an agent; the lack of a sandbox that was wanted once in a process, as a warning. */
export function sayConfinement(log: AgentLog | undefined, confinement: Confinement): void {
  const { sandbox, reason, clone, limits } = confinement;
  if (reason !== null && !hasWarned) {
    hasWarned = true;
    log?.host.warn(`there is no sandbox: DLLs can do whatever this user can (${reason})`);
  }
  log?.host.info(sandbox ? 'the agent runs in a sandbox' : 'the agent runs without a sandbox', { clone, ...limits });
}
