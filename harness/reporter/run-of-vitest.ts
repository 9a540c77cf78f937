import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Vitest } from 'vitest/node';
import type { ResolvedConfig } from '../config/config.ts';
import { readLayers } from '../config/load-config.ts';
import { resolveConfig } from '../config/resolve-config.ts';
import type { RunContext } from '../fixtures/run-context.ts';
import { readRunRequest } from '../fixtures/run-request.ts';
import { guardFiles } from '../results/guard-files.ts';
import { unfinishedResults } from '../results/results-file.ts';
import { writeError } from '../results/write-error.ts';
import { ResultsReporter } from './results-reporter.ts';

/** What all projects of a run of vitest share: their results stand in one file. */
export interface RunOfVitest {
  readonly config: ResolvedConfig;
  readonly context: RunContext;
}

const runs = new WeakMap<Vitest, Promise<RunOfVitest>>();

/** Begins the run for the first project that asks, and is the same for all others. `root` is that project's folder. */
export function joinRun(vitest: Vitest, root: string): Promise<RunOfVitest> {
  let run = runs.get(vitest);
  if (run === undefined) {
    run = beginRun(vitest, root);
    runs.set(vitest, run);
  }
  return run;
}

async function beginRun(vitest: Vitest, from: string): Promise<RunOfVitest> {
  const { root, file } = await readLayers(from);
  const { config } = resolveConfig({ root, file, environment: process.env });
  const { mode, only } = readRunRequest(process.env);
  const parts =
    mode === 'record' || only !== undefined
      ? undefined
      : join(config.outDir, `.parts-${process.pid.toString()}-${randomUUID().slice(0, 8)}`);
  if (parts !== undefined) {
    requireFolder(parts);
    guardFiles([parts, unfinishedResults(join(config.outDir, 'results.jsonl'))]);
    vitest.config.reporters.push(new ResultsReporter({ root, outDir: config.outDir, strict: config.strict, parts }));
  }
  return { config, context: { root, file, mode, parts, strict: config.strict, only } };
}

/** Found out before anything runs: results that cannot be written would be lost at the end. */
function requireFolder(folder: string): void {
  try {
    mkdirSync(dirname(folder), { recursive: true });
    mkdirSync(folder); // In steps: asked for all of them, Node says of a read-only folder that it is not there.
  } catch (cause) {
    throw writeError('the results', dirname(folder), cause);
  }
}
