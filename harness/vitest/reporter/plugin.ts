import type { Plugin, PluginOption, UserConfig } from 'vite';
import 'vitest/config';
import { readLayers } from '../../config/load-config.ts';
import { OPTIONS } from '../../config/options.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { readRunRequest } from '../fixtures/run-request.ts';
import { chosenRuntimes } from '../../machines/chosen-runtimes.ts';
import { joinRun, type RunLayers } from './run-of-vitest.ts';

const RUNTIME = OPTIONS.runtime.variable;

/** In a differential run suites have their turns one after the other, on agents that all of them share. */
const ONE_WORKER = { maxWorkers: 1, fileParallelism: false, retry: 0 } as const;

/**
 * The vitest plugin of dllparity: shares booted agents between the test files of a worker, loads dllparity.config.ts once
 * for the run, runs the project on each of the option `runtimes`, and writes results.jsonl.
 *
 * @example export default defineConfig({ plugins: [dllparity()] })
 */
export function dllparity(): Plugin {
  // What this project is written as: further runtimes have a project of the same.
  let asWritten: UserConfig = {};
  let layers: RunLayers | undefined;
  let runtimes: readonly string[] = [];
  const isDifferential = readRunRequest(process.env).mode === 'diff';
  return {
    name: 'dllparity',
    async config(user) {
      const own = user.test?.env?.[RUNTIME];
      if (own === undefined) {
        asWritten = user;
        layers = await readLayers(user.root ?? process.cwd());
        runtimes = runtimesOfRun(layers);
      }
      const runtime = own ?? runtimes[0];
      return {
        test: {
          pool: 'forks', // A native crash of a worker must not take the run with it.
          isolate: false, // Files of a worker share its agent.
          ...(isDifferential && ONE_WORKER),
          includeTaskLocation: true,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...(runtime !== undefined && { env: { [RUNTIME]: runtime } }),
        },
      };
    },
    // vitest waits for the promise, though its type does not say so.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    async configureVitest({ vitest, project, injectTestProjects }) {
      layers ??= await readLayers(project.config.root);
      const context = joinRun(vitest, layers);
      project.provide('dllparity', context);
      const further = runtimes.slice(1).map((id) => projectFor(id, project.name, asWritten));
      if (further.length === 0) return;
      for (const added of await injectTestProjects(further)) added.provide('dllparity', context);
    },
  };
}

/** Recording and the replay of one case have one runtime, and a differential run names those it has. */
function runtimesOfRun(layers: RunLayers): readonly string[] {
  const { mode, only } = readRunRequest(process.env);
  if (mode !== 'compare' || only !== undefined) return [];
  return chosenRuntimes(resolveConfig({ ...layers, environment: process.env }).config) ?? [];
}

function projectFor(id: string, name: string, { plugins = [], test, ...rest }: UserConfig): UserConfig {
  const { projects: _, reporters: __, ...own } = test ?? {};
  return {
    ...rest,
    plugins: withoutThoseOfVitest(plugins),
    test: { ...own, name: name === '' ? id : `${name} ${id}`, env: { ...own.env, [RUNTIME]: id } },
  };
}

/** vitest adds its own to each project, in lists of lists. */
function withoutThoseOfVitest(plugins: readonly PluginOption[]): PluginOption[] {
  return plugins.flatMap((plugin): PluginOption[] => {
    if (Array.isArray(plugin)) return withoutThoseOfVitest(plugin);
    const isOfVitest = plugin && 'name' in plugin && plugin.name.startsWith('vitest');
    return isOfVitest ? [] : [plugin];
  });
}
