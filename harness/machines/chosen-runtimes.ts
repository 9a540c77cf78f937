import { listRuntimes, readInstallation } from './installation.ts';

/**
 * The runtimes of a run, by id, each once and in the order given; undefined when it has only the one that agents are booted in anyway.
 *
 * @param config `runtime` names one and wins; `runtimes` may hold `all`
 * @throws RUNTIME_NOT_INSTALLED for one that is not on this machine
 */
export function chosenRuntimes(config: {
  readonly runtime: string | undefined;
  readonly runtimes: readonly string[] | undefined;
}): readonly string[] | undefined {
  const { runtime, runtimes } = config;
  if (runtime !== undefined || runtimes === undefined) return undefined;
  const ids = runtimes.flatMap((id) => (id === 'all' ? listRuntimes().installed : [readInstallation(id).id]));
  return [...new Set(ids)];
}
