import { tableLines } from '../base/text-table.ts';
import { OPTION_NAMES } from './options.ts';
import type { LoadedConfig } from './resolve-config.ts';

/** One line of the table that shows a configuration. */
export interface ConfigRow {
  readonly name: string;
  /** As JSON, and `-` for a value that the set-up finds. */
  readonly value: string;
  readonly source: string;
}

/** Every option with its value and where that came from, in the order of the documentation. */
export function configRows({ config, sources }: LoadedConfig): ConfigRow[] {
  return OPTION_NAMES.flatMap((name) => {
    const [group, key] = name.split('.');
    const top: unknown = Reflect.get(config, group ?? '');
    const value: unknown = key === undefined ? top : Reflect.get(Object(top), key);
    if (name !== 'dllOverrides' && name !== 'environment') return [row(name, value, sources)];
    const entries = Object.entries(config[name]);
    return entries.length === 0
      ? [row(name, {}, sources)]
      : entries.map(([entry, text]) => row(`${name}.${entry}`, text, sources));
  });
}

/** The rows as text in three columns, for a terminal. */
export function configTable(loaded: LoadedConfig): string {
  const rows = configRows(loaded);
  return tableLines(
    rows.map((row) => [row.name, row.value, row.source]),
    [{}, { maxWidth: 48 }],
  ).join('\n');
}

function row(name: string, value: unknown, sources: LoadedConfig['sources']): ConfigRow {
  return { name, value: value === undefined ? '-' : JSON.stringify(value), source: sources.get(name) ?? 'default' };
}
