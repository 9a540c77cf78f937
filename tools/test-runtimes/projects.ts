// The projects of vitest that run this repository's tests under Wine: one for each runtime, those that this machine lacks included.
import { fileURLToPath } from 'node:url';
import type { Plugin, TestProjectInlineConfiguration } from 'vitest/config';
import { isDllparityError } from '../../harness/base/errors.ts';
import { listRuntimes } from '../../harness/machines/installation.ts';
import { type RuntimeOfProject, runtimeProjects } from '../../harness/vitest/runtime-projects.ts';
import { hasAllVariants, onlyOnDefault } from './extent.ts';

/** What each project is given: how modules are found, which files it runs, and which of them only the default runtime does. */
export interface TestProjectOptions {
  readonly resolve: NonNullable<TestProjectInlineConfiguration['resolve']>;
  readonly include: readonly string[];
  /** Bound to the machine's own Wine. */
  readonly onlyDefault: readonly string[];
  readonly exclude: readonly string[];
}

export function testProjects(options: TestProjectOptions): TestProjectInlineConfiguration[] {
  try {
    const installed = runtimeProjects((runtime) => projectOn(runtime, options));
    const { notInstalled, cannotRun } = listRuntimes();
    const missing = [
      ...notInstalled.map(({ id, command }) => ({ id, why: `it is not installed; this adds it: ${command}` })),
      ...cannotRun,
    ];
    return [...installed, ...missing.map((each, index) => missingProject(each, installed.length + index))];
  } catch (error) {
    if (!isDllparityError(error, 'SETUP_MISSING')) throw error;
    // The tests that need no runtime can be run all the same.
    return [missingProject({ id: 'wine', why: 'it is not installed; this adds it: npm run setup' }, 0)];
  }
}

function projectOn({ index }: RuntimeOfProject, options: TestProjectOptions): TestProjectInlineConfiguration {
  const isDefault = index === 0;
  const notHere = isDefault || hasAllVariants ? [] : onlyOnDefault.flatMap(({ files }) => files);
  return {
    resolve: options.resolve,
    test: {
      include: [...options.include, ...(isDefault ? options.onlyDefault : [])],
      exclude: [...options.exclude, ...(isDefault ? [] : options.onlyDefault), ...notHere],
      pool: 'forks',
      // Files of a worker share its agent: booting one takes longer than most tests.
      isolate: false,
      maxWorkers: 2,
      // Tests of hangs, ends and leftovers have time limits that a busy machine can miss. What fails three times fails.
      retry: 2,
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // One runtime after the other, after the tests that need none.
      sequence: { groupOrder: 1 + index },
    },
  };
}

/** Why the tests of a runtime are not run here, as a clause. */
interface MissingRuntime {
  readonly id: string;
  readonly why: string;
}

function missingProject(missing: MissingRuntime, index: number): TestProjectInlineConfiguration {
  return {
    plugins: [sayAtTheEnd(`NOT RUN: the tests on ${missing.id}: ${missing.why}`)],
    test: {
      name: missing.id,
      provide: { missingRuntime: { id: missing.id, why: missing.why } },
      include: [fileURLToPath(new URL('not-installed.ts', import.meta.url))],
      sequence: { groupOrder: 1 + index },
    },
  };
}

function sayAtTheEnd(text: string): Plugin {
  return {
    name: 'say-at-the-end',
    configureVitest({ vitest }) {
      vitest.config.reporters.push({ onTestRunEnd: () => void process.stdout.write(`\n${text}\n`) });
    },
  };
}
