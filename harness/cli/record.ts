import { vitestRun } from './vitest-run.ts';

/** Records the baselines of the suites in the files that match. */
export function record(filters: readonly string[], rest: readonly string[]): Promise<number> {
  return vitestRun({ mode: 'record' }, [...filters, '--reporter=verbose', ...rest]);
}
