import { relative } from 'node:path';
import type { Undeclared } from '../evidence/propose/undeclared.ts';
import { entryText, type Proposal } from '../evidence/propose/proposal.ts';
import { readUndeclared } from './read-undeclared.ts';

export interface ProposeOptions {
  /** Name of the group to write; without it all are printed. */
  readonly write?: string | undefined;
  readonly reason?: string | undefined;
  readonly bug?: string | undefined;
}

/** Groups the undeclared divergences of a results file by what may be their cause, and prints an entry for each, or writes one. */
export async function propose(results: string | undefined, { write, reason, bug }: ProposeOptions): Promise<number> {
  const undeclared = await readUndeclared(results);
  const groups = undeclared.proposals();
  if (write === undefined) {
    process.stdout.write(groups.length === 0 ? 'There are no undeclared divergences.\n' : proposed(undeclared, groups));
    return groups.length > 0 ? 1 : 0;
  }
  const group = groups.find(({ cause }) => cause === write);
  if (group === undefined || reason === undefined) {
    const what = group === undefined ? `there is no group "${write}"` : '--write needs a reason';
    const next =
      group === undefined
        ? '`dllparity known --propose` lists them.'
        : 'Say why Wine differs: --reason "Wine rounds twice".';
    process.stderr.write(`dllparity known: ${what}\n  next: ${next}\n`);
    return 70;
  }
  const { file, cases } = undeclared.declare(group, { reason, bug });
  process.stdout.write(`${relative(process.cwd(), file)}: ${cases.toString()} cases are declared as ${write}\n`);
  return 0;
}

/** Entries to paste, each under its file and its first case; the numbers are right when all of them are. */
export function proposed(undeclared: Undeclared, groups: readonly Proposal[]): string {
  let file: string | undefined;
  return groups
    .map((group) => {
      const own = relative(process.cwd(), undeclared.fileOf(group.suite));
      const head = own === file ? '' : `# in ${own}\n\n`;
      file = own;
      const [first] = group.cases;
      const { difference, replay } = first?.record.detail ?? {};
      return `${head}# ${difference?.summary ?? ''}: ${replay ?? ''}\n${entryText(group)}`;
    })
    .join('\n');
}
