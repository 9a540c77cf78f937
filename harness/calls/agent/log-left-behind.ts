import type { AgentLog } from '../../log/log.ts';
import type { ChildProcessInfo } from '../../machines/machine.ts';

/** Different commands that a warning names. */
const MAX_COMMANDS = 10;

/** Warns of processes that a DLL has started and left running. */
export function logLeftBehind(log: AgentLog | undefined, left: readonly ChildProcessInfo[]): void {
  if (left.length === 0) return;
  log?.host.warn(`a DLL has started ${left.length.toString()} processes that still ran; they are ended`, {
    processes: commandsOf(left),
  });
}

/** Commands and how often each was there: a DLL may have started hundreds. */
function commandsOf(processes: readonly ChildProcessInfo[]): string[] {
  const counts = new Map<string, number>();
  for (const { command } of processes) counts.set(command, (counts.get(command) ?? 0) + 1);
  const texts = [...counts].map(([command, count]) =>
    count === 1 ? command : `${command} (${count.toString()} times)`,
  );
  return texts.length <= MAX_COMMANDS ? texts : [...texts.slice(0, MAX_COMMANDS), '...'];
}
