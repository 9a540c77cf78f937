import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
export function libraryTarget(path: string, searchPaths: readonly string[], prefix: string, architecture: string): string {
  void prefix; void architecture;
  if (path.startsWith('/')) return 'Z:' + path.replaceAll('/', '\\');
  for (const folder of searchPaths) if (existsSync(join(folder, path)) && readdirSync(folder).includes(path)) return 'Z:' + join(folder, path).replaceAll('/', '\\');
  return path;
}
