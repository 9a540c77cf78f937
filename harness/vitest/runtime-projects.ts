import type { TestProjectInlineConfiguration } from 'vitest/config';
import { OPTIONS } from '../config/options.ts';
import { listRuntimes } from '../machines/installation.ts';

/** A runtime of this machine that a project of vitest is made for. */
export interface RuntimeOfProject {
  /** `wine-8.0-x64`. */
  readonly id: string;
  /** 0 for the default runtime, which comes first. */
  readonly index: number;
}

/**
 * A project of vitest for each runtime of this machine, named after it: `vitest --project wine-10.0-ia32` runs one of them. For configuration
 * files in which the runtimes differ in more than themselves, such as files for one alone; where they do not, the option `runtimes` does.
 *
 * @param make what a project is besides its runtime; its name may be another one
 * @throws SETUP_MISSING when the set-up has not run
 * @example runtimeProjects(({ id }) => ({ plugins: [dllparity()], test: { include: ['test/**', `only/${id}/**`] } }))
 */
export function runtimeProjects(
  make: (runtime: RuntimeOfProject) => TestProjectInlineConfiguration,
): TestProjectInlineConfiguration[] {
  return listRuntimes().installed.map((id, index) => {
    const { test, ...project } = make({ id, index });
    return { ...project, test: { name: id, ...test, env: { ...test?.env, [OPTIONS.runtime.variable]: id } } };
  });
}
