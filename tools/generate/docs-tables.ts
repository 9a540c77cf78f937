// Writes the tables of the documentation that the code knows best: `npm run generate`. With `--check` it only says which are not current.
//
// A table stands between `<!-- generated: name -->` and `<!-- end -->`; the rest of its page is written by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { commandSections } from './command-sections.ts';
import { errorTable } from './error-table.ts';
import { optionTable, otherVariableTable } from './option-tables.ts';
import { wireTable, wireVersion } from './wire-tables.ts';

type Content = (name: string) => string;

const PAGES: Readonly<Record<string, Readonly<Record<string, Content>>>> = {
  'docs/reference/commands.md': { commands: commandSections },
  'docs/reference/configuration.md': { options: optionTable, variables: otherVariableTable },
  'docs/reference/errors.md': { codes: errorTable },
  'docs/internals/protocol.md': {
    version: wireVersion,
    HEADER: wireTable,
    INSPECTION: wireTable,
    FAULT: wireTable,
    PLAN: wireTable,
    FRAME: wireTable,
    CALLBACK: wireTable,
    STUB_RECORD: wireTable,
    WATCHED: wireTable,
    COLUMNS: wireTable,
    COLUMN: wireTable,
    TO_AGENT: wireTable,
    TO_HOST: wireTable,
  },
};

/** The page with each of its tables made anew. */
function withTables(page: string, text: string, tables: Readonly<Record<string, Content>>): string {
  let result = text;
  for (const [name, content] of Object.entries(tables)) {
    const place = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(result)) throw new Error(`${page} has no place for the table "${name}".`);
    result = result.replace(place, (_, start: string, end: string) => `${start}\n${content(name)}\n\n${end}`);
  }
  return result;
}

for (const [page, tables] of Object.entries(PAGES)) {
  const target = new URL(`../../${page}`, import.meta.url);
  const options = (await resolveConfig(target)) ?? {};
  const old = readFileSync(target, 'utf8');
  const text = await format(withTables(page, old, tables), { ...options, parser: 'markdown' });
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (old !== text) {
    console.error(`${page} is not what the code says; run \`npm run generate\`.`);
    process.exitCode = 1;
  }
}
