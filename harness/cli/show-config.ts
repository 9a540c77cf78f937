import { configTable } from '../config/config-table.ts';
import { loadConfig } from '../config/load-config.ts';

export async function showConfig(): Promise<number> {
  process.stdout.write(`${configTable(await loadConfig())}\n`);
  return 0;
}
