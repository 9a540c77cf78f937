import { join } from 'node:path';
import { readResults } from '../../reports/index.ts';
import { loadConfig } from '../config/load-config.ts';
import { Undeclared } from '../evidence/propose/undeclared.ts';

/**
 * The undeclared divergences of a results file.
 *
 * @param results the file
 * @default results that of the last run
 */
export async function readUndeclared(results?: string): Promise<Undeclared> {
  const { config, root } = await loadConfig();
  const undeclared = new Undeclared(root);
  for await (const { record } of readResults(results ?? join(config.outDir, 'results.jsonl'))) undeclared.add(record);
  return undeclared;
}
