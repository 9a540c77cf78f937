import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { dllparity } from './harness/config.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Suites and examples import the package by its name, as its users do. */
const resolve = {
  alias: {
    'dllparity/agent': here('./harness/agent.ts'),
    'dllparity/config': here('./harness/config.ts'),
    dllparity: here('./harness/index.ts'),
  },
};

/** `dllparity run` and its relatives run the suites; vitest by itself runs the tests. */
const request = process.env['DLLPARITY_RUN'];
const forSuites = request !== undefined;
/** The suites of the examples are tests, and no part of the report. They are recorded and replayed like others. */
const isReport = forSuites && !request.includes('"record"') && !request.includes('"only"');
const suites = isReport ? ['suites/**/*.test.ts'] : ['suites/**/*.test.ts', 'examples/005-conformance-suite/*.test.ts'];

const needsWine = ['**/*.wine.test.ts', 'examples/**/*.test.ts'];
const notOurs = ['**/node_modules/**', 'build/**', 'dist/**', 'out/**'];

export default defineConfig({
  test: {
    teardownTimeout: 20_000,
    // One group after the other: what measures time or boots Wine does not compete with the rest for the processor.
    projects: forSuites
      ? [{ resolve, plugins: [dllparity()], test: { name: 'suites', include: suites, maxWorkers: 2 } }]
      : [
          {
            resolve,
            test: {
              name: 'unit',
              include: ['*/test/**/*.test.ts', '*/**/*.unit.test.ts'],
              exclude: [...notOurs, ...needsWine, 'e2e/**', 'suites/**'],
              sequence: { groupOrder: 0 },
            },
          },
          {
            resolve,
            test: {
              name: 'wine',
              include: needsWine,
              exclude: [...notOurs, 'e2e/**', 'suites/**'],
              pool: 'forks',
              // Files of a worker share its agent: booting one takes longer than most tests.
              isolate: false,
              maxWorkers: 2,
              testTimeout: 60_000,
              hookTimeout: 60_000,
              sequence: { groupOrder: 1 },
            },
          },
          {
            resolve,
            test: {
              name: 'e2e',
              include: ['e2e/**/*.test.ts'],
              exclude: notOurs,
              pool: 'forks',
              maxWorkers: 1,
              testTimeout: 180_000,
              hookTimeout: 180_000,
              sequence: { groupOrder: 2 },
            },
          },
        ],
  },
});
