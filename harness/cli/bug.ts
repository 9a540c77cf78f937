import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DllparityError } from '../base/errors.ts';
import { version } from '../base/package-root.ts';
import { findCorpora, readCorpus } from '../evidence/differential/corpus.ts';
import type { DifferentialRequest } from '../evidence/differential/request.ts';
import { currentHost } from '../machines/current-host.ts';
import { listRuntimes } from '../machines/installation.ts';
import { bugMarkdown } from './bug-markdown.ts';
import { EventReader } from './event-reader.ts';
import { quietVitest } from './vitest-run.ts';
import { writeDocument } from './write-document.ts';

export interface BugOptions {
  /** @default standard output */
  readonly output?: string;
  readonly corpus?: string;
}

/** Writes a report about one case, ready to be filed. */
export async function bug(target: string, { output, corpus }: BugOptions): Promise<number> {
  const { suite, id, files } = find(target, corpus);
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-bug-'));
  currentHost().removeAtExit([folder]);
  const [first = ''] = listRuntimes().installed;
  const differential: DifferentialRequest = {
    isListing: false,
    events: join(folder, 'events.jsonl'),
    folder,
    between: [
      { runtime: first, dll: 'native' },
      { runtime: first, dll: 'builtin' },
    ],
    search: 'differences',
    timeMs: 0,
    seed: 0,
    corpus: corpus === undefined ? undefined : resolve(corpus),
    suites: [suite],
    report: { suite, id, runtimes: listRuntimes().installed },
  };
  try {
    const { all } = await quietVitest('run', { mode: 'diff', differential }, [...files, '--reporter=default']);
    const [report] = new EventReader(differential.events).read().flatMap((event) => (event.event === 'report' ? event.report : [])); // prettier-ignore
    if (!report) {
      throw new DllparityError('NO_SUITES', {
        what: `the case ${target} could not be run`,
        details: all.trim().split('\n').slice(-20),
        hint: 'Write <suite>#<id> as `dllparity divergences` and the report do, in the folder of the project.',
      });
    }
    const text = bugMarkdown(report, version);
    if (output === undefined) process.stdout.write(text);
    else process.stdout.write(`${writeDocument('the report', output, text)}\n`);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Target {
  readonly suite: string;
  readonly id: string;
  /** Test files to look in, where that is known. */
  readonly files: readonly string[];
}

/** A case by suite and id, or a cause by its id alone. */
function find(target: string, corpus: string | undefined): Target {
  const [, suite, id = ''] = /^(?:(.+)#)?([0-9a-f]{8})$/.exec(target) ?? [];
  const found = findCorpora(corpus).flatMap((file) =>
    readCorpus(file).filter((cause) => cause.id === id && (suite === undefined || cause.suite === suite)).map((cause) => ({ file, cause })),
  ); // prettier-ignore
  const [one, ...others] = found;
  if (one && others.length === 0) {
    // Corpora lie beside their suites, unless they were put elsewhere.
    const files = corpus === undefined ? [dirname(dirname(dirname(one.file)))] : [];
    return { suite: one.cause.suite, id, files: files.filter((file) => file !== '.') };
  }
  if (suite !== undefined && id !== '') return { suite, id, files: [] };
  throw new DllparityError('ARGUMENT_TYPE', {
    what: one ? `several suites have a cause ${id}` : `"${target}" does not name a case`,
    hint: 'Write <suite>#<id>, for example msvcr120.dll/exp#0fe3a900.',
  });
}
