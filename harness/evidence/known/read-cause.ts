import { text, wrong } from './entry-fields.ts';
import type { DeclaredCause } from './known-divergence.ts';
import type { EntryNodes, KnownDocument } from './known-document.ts';
import { readCounts } from './read-counts.ts';
import { readWhen } from './read-when.ts';

/** What only an entry with predicates has. @throws KNOWN_SYNTAX */
export function readCause(
  document: KnownDocument,
  entry: EntryNodes,
  index: number,
): Pick<DeclaredCause, 'suites' | 'when' | 'always' | 'counts'> {
  const plain = (name: string): unknown => document.plain(entry.fields.get(name)?.value);
  const suites = readSuites(document, entry, plain('suites'));
  const counts = readCounts(document, plain('cases'), suites, [index, 'cases']);
  const when = readWhen(document, plain('when'), [index, 'when']);
  const always = entry.fields.has('always') && text(document, entry, 'always') === 'true';
  if (entry.fields.has('always') && !always) throw wrong(document, entry, 'always', '"always" can only be true');
  if (always && when.inputs.length === 0)
    throw wrong(
      document,
      entry,
      'always',
      '"always" needs inputs in "when"',
      'Say which inputs diverge, or leave it out.',
    );
  return { suites: suites ?? counts.map(({ suite }) => suite), when, always, counts };
}

function readSuites(document: KnownDocument, entry: EntryNodes, list: unknown): string[] | undefined {
  const hasList = entry.fields.has('suites');
  if (entry.fields.has('suite')) {
    if (hasList) throw wrong(document, entry, 'suites', 'There are both "suite" and "suites"');
    return [text(document, entry, 'suite')];
  }
  if (!hasList) return undefined;
  const names: readonly unknown[] = Array.isArray(list) ? list : [list];
  return names.map((name) => {
    if (typeof name !== 'string' || name === '')
      throw wrong(document, entry, 'suites', '"suites" must be a list of names');
    return name;
  });
}

/** The name of a cause. @throws KNOWN_SYNTAX */
export function readName(document: KnownDocument, entry: EntryNodes): string {
  const name = text(document, entry, 'cause');
  if (/^[\w.-]{1,80}$/.test(name)) return name;
  throw wrong(
    document,
    entry,
    'cause',
    `"${name}" is no name: it has letters, digits, "-", "_" and "." only, 80 at most`,
  );
}
