import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DllparityError } from '../base/errors.ts';
import type { DifferentialRequest } from '../evidence/differential/request.ts';
import { sideText } from '../evidence/differential/side.ts';
import { currentHost } from '../machines/current-host.ts';
import { readInstallation } from '../machines/installation.ts';
import { chooseSides } from './diff-sides.ts';
import { DiffProgress } from './diff-progress.ts';
import { EventReader } from './event-reader.ts';
import { parseDuration } from './duration.ts';
import { quietVitest } from './vitest-run.ts';
import { writeJson } from './write-document.ts';

export interface DiffOptions {
  /** `wine-10.0-x64:native`; the second side may be the next word, or follow a comma. */
  readonly between?: string;
  /** @default 60s */
  readonly time?: string | number;
  /** @default a new one */
  readonly seed?: number | string;
  readonly corpus?: string;
  readonly json?: string;
  /** Look for crashes alone. */
  readonly fuzz?: boolean;
  /** Print programs in C in full. */
  readonly programs?: boolean;
}

/** Exit codes: 1 where something new was found, 130 where it was interrupted. */
const FOUND = 1;
const INTERRUPTED = 130;
const FAILED = 70;

/** Compares two sides with generated cases until the time is over. */
export async function diff(words: readonly string[], options: DiffOptions): Promise<number> {
  const { filters, between } = chooseSides(words, options.between);
  for (const { runtime } of between) readInstallation(runtime);
  const timeMs = parseDuration(options.time ?? '60s');
  const seed = options.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(options.seed);
  if (!Number.isInteger(seed)) {
    throw new DllparityError('ARGUMENT_TYPE', {
      what: `--seed cannot be ${String(options.seed)}`,
      hint: 'Give a whole number, as a run before has printed it.',
    });
  }
  const folder = mkdtempSync(join(tmpdir(), `dllparity-diff-${process.pid.toString()}-`));
  currentHost().removeAtExit([folder]);
  const request: DifferentialRequest = {
    isListing: true,
    events: join(folder, 'events.jsonl'),
    folder,
    between,
    search: options.fuzz === true ? 'crashes' : 'differences',
    timeMs,
    seed,
    corpus: options.corpus === undefined ? undefined : resolve(options.corpus),
  };
  try {
    const suites = await listSuites(request, filters);
    process.stderr.write(
      `${suites.length.toString()} suites between ${between.map(sideText).join(' and ')} for ${(timeMs / 1000).toString()} s, seed ${seed.toString()}\n`,
    );
    return await explore({ ...request, isListing: false, suites }, filters.files, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Test files, by what their names contain, and names of suites. */
interface Filters {
  readonly files: readonly string[];
  readonly suites: readonly string[];
}

async function listSuites(request: DifferentialRequest, { files, suites: wanted }: Filters): Promise<string[]> {
  const { exitCode, all } = await quietVitest('list', { mode: 'diff', differential: request }, [...files]);
  const found = [...new Set(new EventReader(request.events).read().flatMap((event) => (event.event === 'suite' ? event.suite : [])))]; // prettier-ignore
  if (exitCode !== 0 || found.length === 0) {
    throw new DllparityError('NO_SUITES', {
      what: exitCode === 0 ? 'no suite was found' : 'the test files could not be read',
      details: all.trim().split('\n').slice(-20),
      hint: 'Name files with suites, as `dllparity run` takes them.',
    });
  }
  const missing = wanted.filter((suite) => !found.includes(suite));
  if (missing.length > 0) {
    throw new DllparityError('NO_SUITES', {
      what: `there is no suite ${missing.join(', ')}`,
      hint: `Name one of: ${found.slice(0, 20).join(', ')}${found.length > 20 ? ', …' : ''}`,
    });
  }
  return wanted.length > 0 ? [...wanted] : found;
} // prettier-ignore

async function explore(request: DifferentialRequest, files: readonly string[], options: DiffOptions): Promise<number> {
  const { json, programs } = options;
  const progress = new DiffProgress(request, programs === true);
  const reader = new EventReader(request.events, 'from its end');
  const running = quietVitest('run', { mode: 'diff', differential: request }, [...files, '--reporter=default']);
  const stop = new AbortController();
  const interrupt = (): void => {
    stop.abort();
    running.kill('SIGINT');
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const timer = setInterval(() => progress.take(reader.read()), 200);
  const { exitCode, all } = await running;
  clearInterval(timer);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  progress.take(reader.read());
  const isOver = stop.signal.aborted || exitCode !== 0;
  // Suites that a test file holds back, with describe.skip say, are not waited for a second time.
  const { ready = [] } = progress;
  if (!isOver && ready.length > 0) return explore({ ...request, suites: ready }, files, options);
  process.stdout.write(progress.summary());
  if (json !== undefined) process.stdout.write(`${writeJson('the result', json, progress.document())}\n`);
  if (stop.signal.aborted) return INTERRUPTED;
  if (exitCode !== 0) {
    process.stderr.write(`${all.trimEnd()}\n${progress.lastPlace()}`);
    return FAILED;
  }
  return progress.found > 0 ? FOUND : 0;
}
