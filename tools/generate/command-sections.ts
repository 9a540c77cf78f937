import { commands } from '../../harness/cli/commands.ts';
import { markdownTable } from './markdown-table.ts';

/** A section for each command: what it does, its options, examples. */
export function commandSections(): string {
  return commands()
    .commands.map(({ name, rawName, description, options, examples }) =>
      [
        `## ${name}`,
        `\`dllparity ${rawName}\``,
        `${description}.`,
        ...(options.length === 0
          ? []
          : [
              markdownTable(
                ['Option', 'Meaning'],
                options.map((option) => [`\`${option.rawName}\``, option.description]),
              ),
            ]),
        ...(examples.length === 0 ? [] : [['```sh', ...examples.map(String), '```'].join('\n')]),
      ].join('\n\n'),
    )
    .join('\n\n');
}
