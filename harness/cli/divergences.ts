import { dirname, join } from 'node:path';
import { tableLines } from '../base/text-table.ts';
import type { Cause } from '../evidence/differential/cause.ts';
import { findCorpora, readCorpus } from '../evidence/differential/corpus.ts';
import { listRuntimes, readInstallation } from '../machines/installation.ts';
import { writeJson } from './write-document.ts';

export interface DivergencesOptions {
  readonly runtime?: string;
  readonly corpus?: string;
  readonly json?: string;
}

interface Found {
  readonly cause: Cause;
  /** Of the program in C, where there is one. */
  readonly program: string | undefined;
}

/** Lists the causes in the corpora that one runtime has, with what shows each. */
export function divergences({ runtime = listRuntimes().installed[0] ?? '', corpus, json }: DivergencesOptions): number {
  readInstallation(runtime); // Says what is installed, and how to add what is not.
  const found = findCorpora(corpus).flatMap((file) =>
    readCorpus(file)
      // What two versions of Wine do differently says nothing of Windows.
      .filter(({ seen, expected }) => seen[runtime] !== undefined && expected.side.endsWith(':native'))
      .map((cause): Found => ({ cause, program: cause.c.file === undefined ? undefined : join(dirname(file), cause.c.file) })),
  ); // prettier-ignore
  for (const suite of new Set(found.map(({ cause }) => cause.suite))) {
    const own = found.filter(({ cause }) => cause.suite === suite);
    process.stdout.write(`${suite}: ${own.length.toString()}\n`);
    const rows = own.map(({ cause, program }) => [
      `  ${cause.id}`,
      cause.seen[runtime]?.first ?? '',
      cause.c.shown ? (program ?? '') : `no program shows it: ${cause.c.why}`,
      cause.cause,
    ]);
    process.stdout.write(`${tableLines(rows).join('\n')}\n`);
  }
  const shown = found.filter(({ cause }) => cause.c.shown).length;
  const suites = new Set(found.map(({ cause }) => cause.suite)).size;
  process.stdout.write(
    `\n${found.length.toString()} causes on ${runtime} in ${suites.toString()} suites, ${shown.toString()} of them shown by a program in C\n`,
  );
  if (json !== undefined)
    process.stdout.write(`${writeJson('the list', json, found.map(({ cause, program }) => ({ ...cause, program })))}\n`); // prettier-ignore
  return 0;
}
