import { describe, expect, it } from 'vitest';
import type { Config } from '../../config/config.ts';
import { configRows, configTable } from '../../config/config-table.ts';
import { defineConfig } from '../../config/define-config.ts';
import { OPTION_NAMES } from '../../config/options.ts';
import { resolveConfig, type ConfigLayers } from '../../config/resolve-config.ts';

const layers = (more: Partial<ConfigLayers> = {}): ConfigLayers => ({
  root: '/project',
  currentFolder: '/here',
  ...more,
});
const file = (config: Config): ConfigLayers['file'] => ({
  path: '/project/conf/dllparity.config.ts',
  folder: '/project/conf',
  config,
});
const message = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('did not throw');
};

describe('resolveConfig', () => {
  it('has a value for everything without any layer', () => {
    const { config, sources, file: path } = resolveConfig(layers());
    expect(config).toEqual({
      runtime: undefined,
      wine: undefined,
      wineserver: undefined,
      template: undefined,
      services: false,
      graphics: 'null',
      dllOverrides: {},
      environment: {},
      searchPaths: [],
      sandbox: 'auto',
      folders: ['/project'],
      writableFolders: [],
      limits: { memoryBytes: 2 ** 32, processes: 500, diskBytes: 2 ** 29, readBytes: 2 ** 26 },
      spare: 'auto',
      bootTimeoutMs: 30_000,
      callTimeoutMs: 10_000,
      recycle: { calls: 0, memoryBytes: 0 },
      heapBytes: 67_108_864,
      spinMicroseconds: 50,
      outDir: '/project/out',
      strict: true,
      log: { level: 'info', agentLevel: 'info', wineDebug: '-all', file: null },
    });
    expect(new Set(sources.values())).toEqual(new Set(['default']));
    expect(path).toBeUndefined();
  });

  it('lets file, fixture and variable win in this order, and says which did', () => {
    const { config, sources } = resolveConfig(
      layers({
        file: file({ bootTimeoutMs: 1, callTimeoutMs: 1, heapBytes: 2 ** 20 }),
        fixture: { callTimeoutMs: 2, heapBytes: 2 ** 21 },
        environment: { DLLPARITY_HEAP_BYTES: '4194304', PATH: '/bin' },
      }),
    );
    expect(config).toMatchObject({ bootTimeoutMs: 1, callTimeoutMs: 2, heapBytes: 2 ** 22, spinMicroseconds: 50 });
    expect(Object.fromEntries(sources)).toMatchObject({
      bootTimeoutMs: '/project/conf/dllparity.config.ts',
      callTimeoutMs: 'fixture',
      heapBytes: 'DLLPARITY_HEAP_BYTES',
      spinMicroseconds: 'default',
    });
  });

  it('lets the runtime that a fixture names win over the variable, which wins over the file', () => {
    const environment = { DLLPARITY_RUNTIME: 'wine-10.0-ia32' };
    const inFile = file({ runtime: 'wine-8.0-x64' });
    const named = resolveConfig(layers({ file: inFile, fixture: { runtime: 'wine-10.0-x64' }, environment }));
    expect([named.config.runtime, named.sources.get('runtime')]).toEqual(['wine-10.0-x64', 'fixture']);
    for (const fixture of [undefined, {}, { runtime: undefined }]) {
      const open = resolveConfig(layers({ file: inFile, fixture, environment }));
      expect([open.config.runtime, open.sources.get('runtime')]).toEqual(['wine-10.0-ia32', 'DLLPARITY_RUNTIME']);
    }
  });

  it('takes undefined for not said, and null for said', () => {
    const { config } = resolveConfig(
      layers({ file: file({ log: { file: 'a.log' } }), fixture: { wine: undefined, log: { file: null } } }),
    );
    expect(config.wine).toBeUndefined();
    expect(config.log.file).toBeNull();
  });

  it('makes paths absolute: from the file, the root, or the current folder', () => {
    const one = resolveConfig(
      layers({ file: file({ searchPaths: ['native', '/opt/dlls'], log: { file: '../x.log' } }) }),
    ).config;
    expect(one).toMatchObject({
      searchPaths: ['/project/conf/native', '/opt/dlls'],
      log: { file: '/project/x.log' },
      outDir: '/project/conf/out',
    });
    const two = resolveConfig(
      layers({ fixture: { wine: 'bin/wine64' }, environment: { DLLPARITY_OUT_DIR: 'o' } }),
    ).config;
    expect(two).toMatchObject({ wine: '/project/bin/wine64', outDir: '/here/o' });
  });

  it('merges overrides and environment name by name, with one spelling of a DLL', () => {
    const { config, sources } = resolveConfig(
      layers({
        file: file({
          dllOverrides: { 'MSVCR120.dll': 'native', dbghelp: 'builtin' },
          environment: { TZ: 'UTC', A: '1' },
        }),
        environment: {
          DLLPARITY_DLL_OVERRIDES: 'msvcr120=native,builtin; x=disabled',
          DLLPARITY_ENVIRONMENT: '{"A":"a;b=c"}',
        },
      }),
    );
    expect(config.dllOverrides).toEqual({ msvcr120: 'native,builtin', dbghelp: 'builtin', x: 'disabled' });
    expect(config.environment).toEqual({ TZ: 'UTC', A: 'a;b=c' });
    expect(sources.get('dllOverrides.msvcr120')).toBe('DLLPARITY_DLL_OVERRIDES');
    expect(sources.get('dllOverrides.dbghelp')).toBe('/project/conf/dllparity.config.ts');
  });

  it('refuses an unknown option of a fixture and proposes the nearest', () => {
    const said = (fixture: object): string => message(() => resolveConfig(layers({ fixture })));
    expect(said({ bootTimeout: 5 })).toMatch(
      /^"bootTimeout" is not an option \[CONFIG_UNKNOWN_KEY\]\n  at the options of a fixture\n  next: Did you mean "bootTimeoutMs"\?/,
    );
    expect(said({ log: { lvel: 'info' } })).toContain('"log.lvel" is not an option [CONFIG_UNKNOWN_KEY]');
    expect(said({ log: { lvel: 'info' } })).toContain('"log.level"?');
    expect(said({ level: 'info' })).toContain('"log.level"?');
    expect(said({ qqqqqq: 1 })).not.toContain('Did you mean');
  });

  it('says what an option takes, once for each wrong one', () => {
    const said = message(() =>
      resolveConfig(
        layers({
          fixture: { heapBytes: 5000, services: 'yes', log: 'debug', dllOverrides: { a: 'n' } } as unknown as Config,
        }),
      ),
    );
    expect(said).toContain('services must be true or false, and is "yes" [CONFIG_INVALID]');
    expect(said).toContain(
      'heapBytes must be a whole number of bytes, a multiple of 4096 from 1048576 (1 MiB) to 2147479552, and is 5000',
    );
    expect(said).toContain('log must be a group of options in braces, and is "debug"');
    expect(said).toContain('dllOverrides.a must be part of DLL names');
    expect(said.match(/heapBytes/g)).toHaveLength(1);
  });

  it.each([
    [{ bootTimeoutMs: 0 }],
    [{ bootTimeoutMs: 2 ** 31 }],
    [{ callTimeoutMs: -1 }],
    [{ callTimeoutMs: 1.5 }],
    [{ callTimeoutMs: Infinity }],
    [{ callTimeoutMs: NaN }],
    [{ heapBytes: 4096 }],
    [{ heapBytes: 2 ** 31 }],
    [{ spinMicroseconds: -1 }],
    [{ wine: '' }],
    [{ wine: 'a\0b' }],
    [{ searchPaths: '/one' }],
    [{ log: { wineDebug: '+seh\n+x' } }],
    [{ environment: { 'A=B': 'x' } }],
    [5],
    [null],
    [[]],
  ])('refuses %j', (fixture) => {
    expect(() => resolveConfig(layers({ fixture: fixture as Config }))).toThrow(/CONFIG_INVALID/);
  });

  it('takes the limits themselves', () => {
    const fixture = { bootTimeoutMs: 1, callTimeoutMs: 0, heapBytes: 2 ** 31 - 4096, spinMicroseconds: 0 };
    expect(resolveConfig(layers({ fixture })).config).toMatchObject(fixture);
  });

  it('keeps what the harness owns out of the environment', () => {
    expect(message(() => resolveConfig(layers({ fixture: { environment: { WINEPREFIX: '/x' } } })))).toContain(
      'environment cannot set WINEPREFIX: every run owns its prefix',
    );
    expect(
      message(() => resolveConfig(layers({ environment: { DLLPARITY_ENVIRONMENT: 'WineDebug=+all' } }))),
    ).toContain('set the option log.wineDebug');
  });
});

describe('configTable', () => {
  it('shows every option with its value and origin', () => {
    const loaded = resolveConfig(
      layers({ file: file({ dllOverrides: { b: 'native' } }), environment: { DLLPARITY_SERVICES: '1' } }),
    );
    const rows = configRows(loaded);
    expect(rows).toContainEqual({ name: 'services', value: 'true', source: 'DLLPARITY_SERVICES' });
    expect(rows).toContainEqual({
      name: 'dllOverrides.b',
      value: '"native"',
      source: '/project/conf/dllparity.config.ts',
    });
    expect(rows).toContainEqual({ name: 'wine', value: '-', source: 'default' });
    expect(rows).toContainEqual({ name: 'log.file', value: 'null', source: 'default' });
    const lines = configTable(loaded).split('\n');
    expect(lines).toHaveLength(OPTION_NAMES.length);
    expect(
      new Set(lines.filter((line) => line.endsWith('  default')).map((line) => line.lastIndexOf('default'))).size,
    ).toBe(1);
  });
});

describe('defineConfig', () => {
  it('gives back what it is given', () => {
    const config = { callTimeoutMs: 1 };
    expect(defineConfig(config)).toBe(config);
    // @ts-expect-error a misspelt option is seen by the compiler too
    defineConfig({ callTimeout: 1 });
  });
});
