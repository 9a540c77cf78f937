import { OPTION_NAMES, OPTIONS, OTHER_VARIABLES } from '../../harness/config/options.ts';
import { markdownTable } from './markdown-table.ts';

/** What holds where an option has no default of its own. */
const WITHOUT_DEFAULT: Readonly<Record<string, string>> = { folders: "the project's", runtimes: '`runtime` alone' };

/** Every option with its variable, value and default. */
export function optionTable(): string {
  return markdownTable(
    ['Option', 'Variable', 'Value', 'Default'],
    OPTION_NAMES.map((name) => {
      const { variable, takes, fallback } = OPTIONS[name];
      const value =
        fallback === undefined ? (WITHOUT_DEFAULT[name] ?? 'found by the set-up') : `\`${JSON.stringify(fallback)}\``;
      return [`\`${name}\``, `\`${variable}\``, takes, value];
    }),
  );
}

export function otherVariableTable(): string {
  return markdownTable(
    ['Variable', 'Meaning'],
    Object.entries(OTHER_VARIABLES).map(([name, meaning]) => [`\`${name}\``, meaning]),
  );
}
