import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vitest/config';
import { readLayers } from '../config/load-config.ts';
import { resolveConfig } from '../config/resolve-config.ts';
import { readRunRequest } from '../fixtures/run-request.ts';
import { unfinishedResults } from '../results/results-file.ts';
import { guardFiles } from '../results/guard-files.ts';
import { writeError } from '../results/write-error.ts';
import { ResultsReporter } from './results-reporter.ts';
import type { RunContext } from '../fixtures/run-context.ts';

/**
 * The vitest plugin of dllparity: shares booted agents between the test files of a worker, loads dllparity.config.ts once
 * for the run, and writes results.jsonl.
 *
 * @example export default defineConfig({ plugins: [dllparity()] })
 */
export function dllparity(): Plugin {
  return {
    name: 'dllparity',
    config: () => ({
      test: {
        pool: 'forks', // A native crash of a worker must not take the run with it.
        isolate: false, // Files of a worker share its agent.
        includeTaskLocation: true,
        testTimeout: 60_000,
        hookTimeout: 60_000,
      },
    }),
    // vitest waits for the promise, though its type does not say so.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    async configureVitest({ vitest, project }) {
      const { root, file } = await readLayers(project.config.root);
      const { config } = resolveConfig({ root, file, environment: process.env });
      const { mode, only } = readRunRequest(process.env);
      const parts =
        mode === 'record' || only !== undefined
          ? undefined
          : join(config.outDir, `.parts-${process.pid.toString()}-${randomUUID().slice(0, 8)}`);
      if (parts !== undefined) requireFolder(parts);
      const context: RunContext = { root, file, mode, parts, strict: config.strict, only };
      project.provide('dllparity', context);
      if (parts !== undefined) guardFiles([parts, unfinishedResults(join(config.outDir, 'results.jsonl'))]);
      if (parts !== undefined)
        vitest.config.reporters.push(
          new ResultsReporter({ root, outDir: config.outDir, strict: config.strict, parts }),
        );
    },
  };
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
