import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { OPTIONS } from '../config/options.ts';
import { loadConfig } from '../config/load-config.ts';
import { chosenRuntimes } from '../machines/chosen-runtimes.ts';
import { writeError } from '../evidence/results/write-error.ts';
import { vitestRun } from './vitest-run.ts';

export interface RunOptions {
  /** false when `--no-strict` was given; otherwise configuration and variables say. */
  readonly strict: boolean;
  /** Ids of runtimes with commas between them, or `all`. */
  readonly runtimes?: string;
  /** For vitest. */
  readonly '--'?: string[];
}

/** Compares, writes the report, prints the summary. Fails when vitest or the evidence says so. */
export async function run(filters: readonly string[], options: RunOptions): Promise<number> {
  const variables = {
    ...(options.strict ? {} : { [OPTIONS.strict.variable]: 'false' }),
    // What is asked for here wins over a variable that names one.
    ...(options.runtimes === undefined
      ? {}
      : { [OPTIONS.runtimes.variable]: options.runtimes, [OPTIONS.runtime.variable]: '' }),
  };
  const { config } = await loadConfig({ environment: { ...process.env, ...variables } });
  chosenRuntimes(config); // Here an error is a message; vitest would bury it.
  const results = join(config.outDir, 'results.jsonl');
  const before = changedAt(results);
  const running = vitestRun({ mode: 'compare' }, [...filters, '--reporter=dot', ...(options['--'] ?? [])], variables);
  // What writes the report is loaded while vitest starts.
  const [{ summarise, writeReport }, code] = await Promise.all([import('../../reports/index.ts'), running]);
  // Results of an earlier run must not be taken for this one's; an interrupted run leaves them as they were.
  if (changedAt(results) === before) {
    process.stderr.write(
      'dllparity: the run wrote no results. Is the plugin `dllparity()` in vitest.config.ts, and did the run get as far as its tests?\n',
    );
    return code === 0 ? 70 : code;
  }
  const html = join(config.outDir, 'report.html');
  const { compatibility, judgement } = await writeReport({ results: [relative(process.cwd(), results)], html }).catch(
    (error: unknown) => {
      // What its author did not expect has no code of the system.
      throw typeof error === 'object' && error && 'syscall' in error ? writeError('the report', html, error) : error;
    },
  );
  process.stdout.write(summarise(compatibility, { report: relative(process.cwd(), html), stream: process.stdout }));
  return code === 0 && judgement.state !== 'passed' ? 1 : code;
}

/** When the file was written, in nanoseconds, or undefined when there is none. */
function changedAt(path: string): bigint | undefined {
  try {
    return statSync(path, { bigint: true }).mtimeNs;
  } catch {
    return undefined; // Not there, or its folder cannot be: the run says so when it tries to write.
  }
}
