import { tableWithHead } from '../base/text-table.ts';
import { type RuntimeState, runtimeStates } from '../machines/runtime-states.ts';
import { writeJson } from './write-document.ts';

/** What the command takes. */
export interface RuntimesOptions {
  /** Where the same goes as JSON. */
  readonly json?: string;
}

/** Lists the runtimes of this machine: which are usable, and why the rest are not. Always 0: a runtime that is missing is no failure. */
export function runtimes({ json }: RuntimesOptions): number {
  const states = runtimeStates();
  if (json !== undefined) writeJson('the document', json, { runtimes: states });
  const rows = states.map((each) => [each.id, stateText(each), each.wineBuild ?? '–', each.distribution ?? '–']);
  process.stdout.write(`${tableWithHead([['runtime', 'state', 'Wine', 'system'], ...rows]).join('\n')}\n`);
  for (const { id, why, command } of states) {
    if (why === null) continue;
    process.stdout.write(`\n${id}: ${why}.${command === null ? '' : `\n  next: Run \`${command}\`.`}\n`);
  }
  return 0;
}

function stateText({ state, isDefault }: RuntimeState): string {
  const text = state === 'not-installed' ? 'not installed' : state;
  return isDefault ? `${text}, default` : text;
}
