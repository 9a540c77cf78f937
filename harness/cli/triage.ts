import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { relative } from 'node:path';
import { isDllparityError } from '../base/errors.ts';
import { caseTexts } from '../evidence/suites/failure-text.ts';
import type { Proposal } from '../evidence/propose/proposal.ts';
import type { Undeclared } from '../evidence/propose/undeclared.ts';
import { proposed } from './propose.ts';
import { readUndeclared } from './read-undeclared.ts';

/** Where somebody sits, or not. */
export interface Conversation {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

const SHOWN = 5;
const KEYS = 'a accept, i ignore, s show, q quit';

/** Walks through the undeclared divergences of a results file, one group after another. Without a terminal it prints them. */
export async function triage(
  results: string | undefined,
  { input, output }: Conversation = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const undeclared = await readUndeclared(results);
  const groups = undeclared.proposals();
  if (groups.length === 0) {
    output.write('There are no undeclared divergences.\n');
    return 0;
  }
  if (input.isTTY !== true) {
    output.write(proposed(undeclared, groups));
    return 1;
  }
  const left = await walk(undeclared, groups, { input, output });
  output.write(
    left === 0 ? 'All are declared.\n' : `${left.toString()} of ${groups.length.toString()} groups are left.\n`,
  );
  return left > 0 ? 1 : 0;
}

/** How many groups are left undeclared. */
async function walk(
  undeclared: Undeclared,
  groups: readonly Proposal[],
  { input, output }: Conversation,
): Promise<number> {
  const lines = createInterface({ input, output, terminal: false });
  const answers = lines[Symbol.asyncIterator]();
  /** Undefined when there is no more input. */
  const ask = async (question: string): Promise<string | undefined> => {
    output.write(question);
    const answer = await answers.next();
    return answer.done === true ? undefined : answer.value.trim();
  };
  let left = groups.length;
  try {
    for (const [index, group] of groups.entries()) {
      const { text, cases } = undeclared.entry(group);
      // An entry that was made for another group may cover it too.
      if (cases === 0) {
        left--;
        continue;
      }
      output.write(`\n[${(index + 1).toString()}/${groups.length.toString()}] ${head(group)}\n${text}`);
      const answer = await decide(undeclared, group, ask, output);
      if (answer === 'declared') left--;
      if (answer === 'quit') break;
    }
  } finally {
    lines.close();
  }
  return left;
}

async function decide(
  undeclared: Undeclared,
  group: Proposal,
  ask: (question: string) => Promise<string | undefined>,
  output: Writable,
): Promise<'declared' | 'ignored' | 'quit'> {
  for (;;) {
    switch (await ask(`${KEYS}: `)) {
      case 'a': {
        const reason = await ask('Why does Wine differ? ');
        if (reason === undefined) return 'quit';
        // Nothing said: back to the question.
        if (reason === '') break;
        if (declared(undeclared, group, reason, output)) return 'declared';
        break;
      }
      case 'i':
        return 'ignored';
      case 's':
        output.write(
          `${caseTexts(
            group.cases.slice(0, SHOWN).map(({ record }) => record),
            '',
          ).join('\n')}\n`,
        );
        break;
      case 'q':
      case undefined:
        return 'quit';
    }
  }
}

function declared(undeclared: Undeclared, group: Proposal, reason: string, output: Writable): boolean {
  try {
    const { file, cases } = undeclared.declare(group, { reason });
    output.write(`${relative(process.cwd(), file)}: ${cases.toString()} cases are declared\n`);
    return true;
  } catch (error) {
    if (!isDllparityError(error, 'KNOWN_SYNTAX')) throw error;
    output.write(`${error.message}\n`);
    return false;
  }
}

function head({ suite, cases }: Proposal): string {
  const { difference } = cases[0]?.record.detail ?? {};
  const count = new Set(cases.map(({ record }) => record.id)).size;
  return `${suite}, ${count.toString()} ${count === 1 ? 'case' : 'cases'}: ${difference?.summary ?? ''}`;
}
