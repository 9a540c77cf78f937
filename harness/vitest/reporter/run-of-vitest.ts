import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Vitest } from 'vitest/node';
import { type ConfigLayers, resolveConfig } from '../../config/resolve-config.ts';
import type { RunContext } from '../fixtures/run-context.ts';
import { readRunRequest } from '../fixtures/run-request.ts';
import { currentHost } from '../../machines/current-host.ts';
import { GrowingFile } from '../../base/growing-file.ts';
import { makeFolders } from '../../base/make-folders.ts';
import { writeError } from '../../evidence/results/write-error.ts';
import { ResultsReporter } from './results-reporter.ts';

/** The configuration as it was loaded, once for a project: that takes long where Node does not read TypeScript. */
export type RunLayers = Pick<ConfigLayers, 'root' | 'file'>;

const runs = new WeakMap<Vitest, RunContext>();

/** Begins the run for the first project that asks; all others get the same, so that their results stand in one file. */
export function joinRun(vitest: Vitest, layers: RunLayers): RunContext {
  let run = runs.get(vitest);
  if (run === undefined) {
    run = beginRun(vitest, layers);
    runs.set(vitest, run);
  }
  return run;
}

function beginRun(vitest: Vitest, { root, file }: RunLayers): RunContext {
  const { config } = resolveConfig({ root, file, environment: process.env });
  const { mode, only, differential } = readRunRequest(process.env);
  const parts =
    mode !== 'compare' || only !== undefined
      ? undefined
      : join(config.outDir, `.parts-${process.pid.toString()}-${randomUUID().slice(0, 8)}`);
  if (parts !== undefined) {
    requireFolder(parts);
    currentHost().removeAtExit([parts, GrowingFile.unfinished(join(config.outDir, 'results.jsonl'))]);
    vitest.config.reporters.push(new ResultsReporter({ root, outDir: config.outDir, strict: config.strict, parts }));
  }
  return { root, file, mode, parts, strict: config.strict, only, differential };
}

/** Found out before anything runs: results that cannot be written would be lost at the end. */
function requireFolder(folder: string): void {
  try {
    makeFolders(folder);
  } catch (cause) {
    throw writeError('the results', dirname(folder), cause);
  }
}
