import type { AgentLog } from '../../log/log.ts';
import type { SandboxState } from '../../machines/machine.ts';

let hasWarned = false;

/** Tells the log what stands around an agent; the lack of a sandbox that was wanted once in a process, as a warning. */
export function logSandbox(log: AgentLog | undefined, sandboxState: SandboxState): void {
  const { sandbox, reason, clone, limits } = sandboxState;
  if (reason !== null && !hasWarned) {
    hasWarned = true;
    log?.host.warn(`there is no sandbox: DLLs can do whatever this user can (${reason})`);
  }
  log?.host.info(sandbox ? 'the agent runs in a sandbox' : 'the agent runs without a sandbox', { clone, ...limits });
}
