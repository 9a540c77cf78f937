import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { checkConfig } from './check-config.ts';
import type { Config, ResolvedConfig } from './config.ts';
import { OPTION_NAMES, OPTIONS, type OptionName, type OptionValue } from './options.ts';
import { readVariables } from './read-variables.ts';

/** Where a value came from: `default`, the absolute path of the configuration file, `fixture`, or the name of a variable. */
export type ConfigSource = string;

/** What the options are made from; each layer wins over those above it. */
export interface ConfigLayers {
  /** The folder of package.json: paths without a configuration file are relative to it. Absolute. */
  readonly root: string;
  /** The configuration file, when there is one. */
  readonly file?: { readonly path: string; readonly folder: string; readonly config: Config } | undefined;
  /** The options of a fixture; checked here. Their paths are relative to the configuration file, or else to `root`. */
  readonly fixture?: Config | undefined;
  /** @default {} */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * The folder that paths in variables are relative to.
   *
   * @default process.cwd()
   */
  readonly currentFolder?: string | undefined;
}

/** The options of a run with the origin of each. */
export interface LoadedConfig {
  readonly config: ResolvedConfig;
  /** By option name; entries of `dllOverrides` and `environment` are listed one by one, as `dllOverrides.msvcr120`. */
  readonly sources: ReadonlyMap<string, ConfigSource>;
  /** The configuration file, when there is one. */
  readonly file: string | undefined;
  readonly root: string;
}

interface Layer {
  readonly values: ReadonlyMap<OptionName, unknown>;
  readonly folder: string;
  readonly source: (name: OptionName) => ConfigSource;
}

/**
 * Puts the layers together: default, then configuration file, then fixture, then variables; a fixture's `runtime` is over its variable.
 *
 * @throws CONFIG_UNKNOWN_KEY and CONFIG_INVALID
 */
export function resolveConfig({
  root,
  file,
  fixture,
  environment = {},
  currentFolder = process.cwd(),
}: ConfigLayers): LoadedConfig {
  const base = file?.folder ?? root;
  const layers: Layer[] = [
    {
      values: new Map(OPTION_NAMES.map((name) => [name, OPTIONS[name].fallback])),
      folder: base,
      source: () => 'default',
    },
  ];
  if (file !== undefined) layers.push({ values: flat(file.config), folder: base, source: () => file.path });
  if (fixture !== undefined) {
    layers.push({
      values: flat(checkConfig(fixture, 'the options of a fixture')),
      folder: base,
      source: () => 'fixture',
    });
  }
  const variables = new Map(readVariables(environment));
  // Code that names a runtime was written for that one: the variable is for whatever leaves it open.
  if (fixture?.runtime !== undefined) variables.delete('runtime');
  layers.push({ values: variables, folder: currentFolder, source: (name) => OPTIONS[name].variable });

  const values = new Map<OptionName, unknown>();
  const sources = new Map<string, ConfigSource>();
  for (const layer of layers) {
    for (const [name, value] of layer.values) merge(name, value, layer, values, sources);
  }
  return { config: assemble(values, base), sources, file: file?.path, root };
}

function merge(
  name: OptionName,
  value: unknown,
  layer: Layer,
  values: Map<OptionName, unknown>,
  sources: Map<string, ConfigSource>,
): void {
  const { kind } = OPTIONS[name];
  if (kind !== 'pairs') {
    values.set(name, absolute(kind, value, layer.folder));
    sources.set(name, layer.source(name));
    return;
  }
  const entries = Object.entries(value as Record<string, string>).map(
    ([key, text]) => [name === 'dllOverrides' ? dllName(key) : key, text] as const,
  );
  values.set(name, { ...(values.get(name) as Record<string, string> | undefined), ...Object.fromEntries(entries) });
  for (const [key] of entries) sources.set(`${name}.${key}`, layer.source(name));
}

function absolute(kind: string, value: unknown, folder: string): unknown {
  if (kind === 'path-list') return (value as string[] | undefined)?.map((path) => resolve(folder, path));
  const isPath = kind === 'path' || kind === 'path-or-none';
  return isPath && typeof value === 'string' ? resolve(folder, value) : value;
}

// Two spellings of one DLL would otherwise both reach Wine, and Wine would choose.
function dllName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/\.dll$/, '');
}

function flat(config: Config): Map<OptionName, unknown> {
  const values = new Map<OptionName, unknown>();
  for (const name of OPTION_NAMES) {
    const [group, key] = name.split('.') as [keyof Config, string | undefined];
    const value: unknown = key === undefined ? config[group] : Reflect.get(Object(config[group]), key);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

// A script that is run in the home folder has not declared all of it.
function projectFolder(base: string): string[] {
  return base === '/' || base === homedir() ? [] : [base];
}

// Every value has passed the schema of its option, which is what makes these casts true.
function assemble(values: ReadonlyMap<OptionName, unknown>, base: string): ResolvedConfig {
  const get = <N extends OptionName>(name: N): OptionValue<N> => values.get(name) as OptionValue<N>;
  return {
    runtime: get('runtime'),
    runtimes: get('runtimes'),
    wine: get('wine'),
    wineserver: get('wineserver'),
    template: get('template'),
    services: get('services'),
    graphics: get('graphics'),
    dllOverrides: get('dllOverrides'),
    environment: get('environment'),
    searchPaths: get('searchPaths'),
    sandbox: get('sandbox'),
    folders: get('folders') ?? projectFolder(base),
    writableFolders: get('writableFolders'),
    limits: {
      memoryBytes: get('limits.memoryBytes'),
      processes: get('limits.processes'),
      diskBytes: get('limits.diskBytes'),
      readBytes: get('limits.readBytes'),
    },
    spare: get('spare'),
    bootTimeoutMs: get('bootTimeoutMs'),
    callTimeoutMs: get('callTimeoutMs'),
    recycle: { calls: get('recycle.calls'), memoryBytes: get('recycle.memoryBytes') },
    heapBytes: get('heapBytes'),
    spinMicroseconds: get('spinMicroseconds'),
    outDir: get('outDir'),
    strict: get('strict'),
    log: {
      level: get('log.level'),
      agentLevel: get('log.agentLevel'),
      wineDebug: get('log.wineDebug'),
      file: get('log.file'),
    },
  };
}
