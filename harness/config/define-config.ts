import type { Config } from './config.ts';

/**
 * Types the default export of `dllparity.config.ts`; nothing else happens here, the file is checked when it is loaded.
 *
 * @example
 * export default defineConfig({ searchPaths: ['./native'], callTimeoutMs: 2000 });
 */
export function defineConfig(config: Config): Config {
  return config;
}
