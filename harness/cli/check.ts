import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative } from 'node:path';
import { bootAgent } from '../calls/agent/boot-agent.ts';
import { describeLateFault } from '../calls/agent/late-fault.ts';
import { loadConfig } from '../config/load-config.ts';
import { checkFacts } from '../evidence/facts/check-facts.ts';
import { factReport, verdictLine } from '../evidence/facts/fact-report.ts';
import { pathOf } from '../evidence/facts/fact-room.ts';
import { findFacts } from '../evidence/facts/find-facts.ts';
import { knownFacts } from '../evidence/facts/known-facts.ts';
import type { FactSet } from '../evidence/facts/read-facts.ts';
import { chooseByIds } from './choose-by-ids.ts';
import { Progress } from './progress.ts';
import { writeJson } from './write-document.ts';

export interface CheckCommandOptions {
  readonly runtime?: string;
  readonly json?: string;
  readonly known?: string | readonly string[];
  readonly only?: string | readonly string[];
  readonly strict: boolean;
}

/** Tries documented facts on a runtime. Fails when one does not hold, and nobody has declared why. */
export async function check(files: readonly string[], options: CheckCommandOptions): Promise<number> {
  const { runtime, json, only, strict } = options;
  const set = chosen(findFacts(files), only);
  const known = knownFacts(set, [options.known ?? []].flat());
  const own = runtime === undefined ? {} : { runtime };
  const { config } = await loadConfig({ fixture: own });
  // The sandbox shows a DLL that lies beside its facts.
  await using agent = await bootAgent({ ...own, folders: [...config.folders, ...foldersOf(set)] });
  const progress = new Progress(set.facts.length, agent.runtime, 'facts', 1000);
  const record = checkFacts(agent, set, {
    known,
    strict,
    done: () => {
      progress.next();
    },
  });
  progress.end();
  process.stdout.write(`${factReport(record)}\n\n`);
  if (json !== undefined) {
    const file = writeJson('the document', json, record);
    process.stdout.write(`wrote ${relative(process.cwd(), file)}\n`);
  }
  const late = agent.takeLateFaults();
  for (const each of late) process.stdout.write(`${describeLateFault(each)}\n`);
  process.stdout.write(`${verdictLine(record)}\n`);
  return record.ok && late.length === 0 ? 0 : 1;
}

/** Folders of the DLLs that facts have by a path. */
function foldersOf({ facts }: FactSet): string[] {
  return [...new Set(facts.map(pathOf).filter(isAbsolute).map(dirname))].filter((folder) => existsSync(folder));
}

/** Those of the files, or the ones that are asked for. */
function chosen(set: FactSet, only: CheckCommandOptions['only']): FactSet {
  const found = new Set<unknown>(
    chooseByIds([...set.facts, ...set.problems], only, ({ id, near }) => ({
      what: `there is no fact ${id} in these files`,
      hint: near === undefined ? 'Name one by its id.' : `Did you mean ${near}?`,
    })),
  );
  const isFound = (each: unknown): boolean => found.has(each);
  return { ...set, facts: set.facts.filter(isFound), problems: set.problems.filter(isFound) };
}
