import { describe, expect, it } from 'vitest';
import { resolveConfig, type ConfigLayers } from '../../config/resolve-config.ts';

const layers = (more: Partial<ConfigLayers> = {}): ConfigLayers => ({
  root: '/project',
  currentFolder: '/here',
  ...more,
});
const message = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('did not throw');
};

describe('variables', () => {
  const from = (environment: Record<string, string>) => resolveConfig(layers({ environment })).config;

  it('are read by the type of their option', () => {
    expect(
      from({
        DLLPARITY_WINE: 'wine/bin/wine64',
        DLLPARITY_SERVICES: 'On',
        DLLPARITY_RUNTIMES: ' wine-8.0-x64, wine-10.0-ia32,',
        DLLPARITY_SEARCH_PATHS: 'a::/b',
        DLLPARITY_CALL_TIMEOUT_MS: ' 0 ',
        DLLPARITY_LOG_LEVEL: 'debug',
        DLLPARITY_LOG_WINE_DEBUG: 'warn+module,+seh',
        DLLPARITY_LOG_FILE: 'l.jsonl',
      }),
    ).toMatchObject({
      wine: '/here/wine/bin/wine64',
      services: true,
      runtimes: ['wine-8.0-x64', 'wine-10.0-ia32'],
      searchPaths: ['/here/a', '/b'],
      callTimeoutMs: 0,
      log: { level: 'debug', wineDebug: 'warn+module,+seh', file: '/here/l.jsonl' },
    });
    expect(from({ DLLPARITY_SERVICES: '0' }).services).toBe(false);
    expect(
      resolveConfig(layers({ fixture: { log: { file: 'x' } }, environment: { DLLPARITY_LOG_FILE: 'none' } })).config.log
        .file,
    ).toBeNull();
  });

  it('count as not set when empty', () => {
    const { config, sources } = resolveConfig(
      layers({ environment: { DLLPARITY_WINE: '', DLLPARITY_HEAP_BYTES: '' } }),
    );
    expect(config).toMatchObject({ wine: undefined, heapBytes: 67_108_864 });
    expect(sources.get('heapBytes')).toBe('default');
  });

  it.each([
    ['DLLPARITY_HEAP_BYTES', '64M'],
    ['DLLPARITY_HEAP_BYTES', '0x100000'],
    ['DLLPARITY_HEAP_BYTES', '1e6'],
    ['DLLPARITY_BOOT_TIMEOUT_MS', '-1'],
    ['DLLPARITY_SERVICES', 'maybe'],
    ['DLLPARITY_LOG_LEVEL', 'loud'],
    ['DLLPARITY_DLL_OVERRIDES', 'msvcr120'],
    ['DLLPARITY_DLL_OVERRIDES', 'msvcr120=n'],
    ['DLLPARITY_DLL_OVERRIDES', '{"a":'],
    ['DLLPARITY_ENVIRONMENT', '=x'],
  ])('%s=%s is refused by name', (name, text) => {
    const said = message(() => from({ [name]: text }));
    expect(said).toContain(`${name}=${text} is not `);
    expect(said).toContain(`[CONFIG_INVALID]\n  at ${name}\n  next: For example ${name}=`);
  });

  it('with an unknown name are refused, and the nearest proposed', () => {
    expect(message(() => from({ DLLPARITY_BOOT_TIMEOUT: '1' }))).toMatch(
      /DLLPARITY_BOOT_TIMEOUT is not known \[CONFIG_UNKNOWN_KEY\][^]*Did you mean DLLPARITY_BOOT_TIMEOUT_MS\?/,
    );
    expect(message(() => from({ DLLPARITY_ZZZZZZZZZZZZZZZZZZZZZ: '1' }))).toContain('next: Unset it.');
    expect(() => from({ DLLPARITY_CACHE: '/x', DLLPARITYX: 'y', XDLLPARITY_A: 'z' })).not.toThrow();
  });
});
