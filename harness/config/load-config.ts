import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DllparityError } from '../base/errors.ts';
import { checkConfig } from './check-config.ts';
import type { Config } from './config.ts';
import { findConfig } from './find-config.ts';
import { resolveConfig, type ConfigLayers, type LoadedConfig } from './resolve-config.ts';

/** Where options are looked for. */
export interface LoadConfigOptions {
  /**
   * The folder from which the configuration file is looked for, upward to the nearest package.json.
   *
   * @default process.cwd()
   */
  readonly from?: string | undefined;
  /** The options of a fixture, which win over the file. */
  readonly fixture?: Config | undefined;
  /**
   * The variables, which win over everything.
   *
   * @default process.env
   */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Finds, loads and checks the configuration, and puts its layers together.
 *
 * Costs about 2 ms for JavaScript, and some 300 ms for TypeScript where Node cannot run TypeScript itself: load it once per
 * run and hand it on (Node keeps the modules it loaded, so a later call does not see an edit); `resolveConfig` adds the options of a fixture without loading anything.
 *
 * @throws CONFIG_FILE, CONFIG_UNKNOWN_KEY, CONFIG_INVALID
 */
export async function loadConfig({
  from = process.cwd(),
  fixture,
  environment = process.env,
}: LoadConfigOptions = {}): Promise<LoadedConfig> {
  return resolveConfig({ ...(await readLayers(from, environment)), fixture, environment });
}

/**
 * The configuration file as loaded and checked, with the folder of the project: what a run loads once and hands to its workers,
 * which put the options of their fixtures on top with `resolveConfig`.
 *
 * @throws CONFIG_FILE, CONFIG_UNKNOWN_KEY, CONFIG_INVALID
 */
export async function readLayers(
  from: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Pick<ConfigLayers, 'root' | 'file'>> {
  const found = findConfig(from);
  const named = environment.DLLPARITY_CONFIG;
  const path = named === undefined || named === '' ? found.path : resolve(named);
  const file = path === undefined ? undefined : { path, folder: dirname(path), config: await readConfigFile(path) };
  return { root: found.root, file };
}

async function readConfigFile(path: string): Promise<Config> {
  if (!existsSync(path)) {
    throw new DllparityError('CONFIG_FILE', {
      what: 'DLLPARITY_CONFIG names a file that does not exist',
      where: { file: path },
      hint: 'Correct the variable; it is relative to the current folder.',
    });
  }
  let exported: unknown;
  try {
    exported = await importDefault(path);
    if (typeof exported === 'function') exported = await (exported as () => unknown)();
  } catch (cause) {
    throw new DllparityError('CONFIG_FILE', {
      what: 'The configuration file could not be loaded',
      where: { file: path },
      hint: 'Correct the file; it must end in `export default defineConfig({ ... })`.',
      cause,
    });
  }
  if (exported === undefined) {
    throw new DllparityError('CONFIG_FILE', {
      what: 'The configuration file has no default export',
      where: { file: path },
      hint: 'End it in `export default defineConfig({ ... })`.',
    });
  }
  return checkConfig(exported, path);
}

// Node itself is the quickest, and runs TypeScript from 22.18 on. Where it cannot, vite does: vitest brings it along.
async function importDefault(path: string): Promise<unknown> {
  try {
    const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { default?: unknown };
    return module.default;
  } catch (error) {
    if (!NEEDS_VITE.has(errorCode(error))) throw error;
  }
  const { loadConfigFromFile } = await import('vite');
  // 'runner' and not 'bundle': it also runs TypeScript in packages that the file imports from a workspace.
  const loaded = await loadConfigFromFile(
    { command: 'serve', mode: 'production' },
    path,
    dirname(path),
    'silent',
    undefined,
    'runner',
  );
  return loaded?.config;
}

const NEEDS_VITE = new Set([
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
]);

function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
