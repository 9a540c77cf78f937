// The projects of vitest that run tests under Wine: one for each runtime, those that this machine lacks included.
import type { Plugin, TestProjectInlineConfiguration } from 'vitest/config';
import { isDllparityError } from '../../base/errors.ts';
import { type AddableRuntime, listRuntimes } from '../../machines/installation.ts';
import { hasAllVariants, onlyOnDefault } from './extent.ts';

/** What each project is given: how modules are found, which files it runs, and which of them only the default runtime does. */
export interface RuntimeProjectOptions {
  readonly resolve: NonNullable<TestProjectInlineConfiguration['resolve']>;
  readonly include: readonly string[];
  /** Bound to the machine's own Wine. */
  readonly onlyDefault: readonly string[];
  readonly exclude: readonly string[];
}

export function runtimeProjects(options: RuntimeProjectOptions): TestProjectInlineConfiguration[] {
  const { installed, notInstalled } = runtimes();
  return [
    ...installed.map((id, index) => runtimeProject(id, index, options)),
    ...notInstalled.map((missing, index) => missingProject(missing, installed.length + index)),
  ];
}

function runtimeProject(id: string, index: number, options: RuntimeProjectOptions): TestProjectInlineConfiguration {
  const isDefault = index === 0;
  const hasAll = isDefault || hasAllVariants;
  const notHere = hasAll ? [] : onlyOnDefault.flatMap(({ files }) => files);
  return {
    resolve: options.resolve,
    test: {
      name: id,
      env: { DLLPARITY_RUNTIME: id },
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

function missingProject(missing: AddableRuntime, index: number): TestProjectInlineConfiguration {
  return {
    plugins: [
      sayAtTheEnd(`NOT RUN: the tests on ${missing.id}, which is not installed; this adds it: ${missing.command}`),
    ],
    test: {
      name: missing.id,
      provide: { missingRuntime: { id: missing.id, command: missing.command } },
      include: ['harness/test/machines/not-installed.ts'],
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

/** Before the set-up there is none: the tests that need none can be run all the same. */
function runtimes(): ReturnType<typeof listRuntimes> {
  try {
    return listRuntimes();
  } catch (error) {
    if (!isDllparityError(error, 'SETUP_MISSING')) throw error;
    return { installed: [], notInstalled: [{ id: 'wine', command: 'npm run setup' }] };
  }
}
