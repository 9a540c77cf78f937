import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { dllparity } from './harness/config.ts';
import { testProjects } from './tools/test-runtimes/projects.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Suites and examples import the package by its name, as its users do. */
const resolve = {
  alias: {
    'dllparity/agent': here('./harness/agent.ts'),
    'dllparity/config': here('./harness/config.ts'),
    'dllparity/koffi': here('./harness/koffi.ts'),
    dllparity: here('./harness/index.ts'),
  },
};

/** `dllparity run` and its relatives run the suites; vitest by itself runs the tests. */
const request = process.env['DLLPARITY_RUN'];
const forSuites = request !== undefined;
/** The suites of the examples are tests, and no part of the report. They are recorded and replayed like others. */
const isReport = forSuites && !request.includes('"record"') && !request.includes('"only"');
const suites = isReport ? ['suites/**/*.test.ts'] : ['suites/**/*.test.ts', 'examples/005-conformance-suite/*.test.ts'];

/**
 * What takes longest, by part of its path. It begins first, so that its group does not end with one worker busy and the other idle:
 * without figures of a run before, as in CI, vitest begins with the largest files.
 */
const LONGEST = [
  '/search-order/',
  '/wire-fuzz.',
  '/random/random.',
  '/no-growth.',
  '/without-bubblewrap.',
  '/hostile',
  '/boot.',
  '/late-faults.',
  '/liveness.',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONGEST.some((part) => moduleId.includes(part));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** What has to hold on every runtime. */
const needsWine = ['{harness,tools}/**/*.wine.test.ts', 'examples/*/*.test.ts'];
/** What is bound to the machine's own Wine: its set-up, and a suite whose DLL of Microsoft's is there for x64 alone. */
const needsOwnWine = ['{setup,suites,agent,protocol,reports}/**/*.wine.test.ts', 'examples/005-*/*.test.ts'];
const notOurs = ['**/node_modules/**', 'build/**', 'dist/**', 'out/**'];

export default defineConfig({
  test: {
    teardownTimeout: 20_000,
    // What a file was transformed to is kept beside the packages, by a hash of its content: half of a run's start is that.
    experimental: { fsModuleCache: true },
    sequence: { sequencer: LongestFirst },
    // One group after the other: what measures time or boots Wine does not compete with the rest for the processor.
    projects: forSuites
      ? [{ resolve, plugins: [dllparity()], test: { name: 'suites', include: suites, maxWorkers: 2 } }]
      : [
          {
            resolve,
            test: {
              name: 'unit',
              include: ['*/test/**/*.test.ts', '*/**/*.unit.test.ts'],
              exclude: [...notOurs, ...needsWine, ...needsOwnWine, 'e2e/**', 'suites/**'],
              // Some compile, or try thousands of inputs: on a busy machine that takes longer than vitest's five seconds.
              testTimeout: 30_000,
              sequence: { groupOrder: 0 },
            },
          },
          ...testProjects({ resolve, include: needsWine, onlyDefault: needsOwnWine, exclude: notOurs }),
          {
            resolve,
            test: {
              name: 'e2e',
              include: ['e2e/**/*.test.ts'],
              exclude: notOurs,
              pool: 'forks',
              maxWorkers: 2,
              retry: 1,
              testTimeout: 180_000,
              hookTimeout: 180_000,
              sequence: { groupOrder: 9 },
            },
          },
        ],
  },
});
