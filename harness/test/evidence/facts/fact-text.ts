import { type FactSet, parseFacts } from '../../../evidence/facts/read-facts.ts';

/** A fact about abs with some fields replaced: `undefined` leaves one out. */
export function factText(fields: Readonly<Record<string, string | undefined>> = {}): string {
  const all: Readonly<Record<string, string | undefined>> = {
    id: 'mine-1',
    dll: 'msvcrt.dll',
    function: 'abs',
    prototype: '"int __cdecl abs(int n)"',
    args: '[{type: int32, value: -7}]',
    expect: '{return: 7}',
    source: 'a test',
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  return `- ${lines.join('\n  ')}\n`;
}

export function read(text: string): FactSet {
  return parseFacts([{ file: 'mine.yaml', read: () => text }]);
}

/** The message of the only problem. */
export function problemOf(text: string): string {
  const { problems } = read(text);
  if (problems.length !== 1)
    throw new Error(`${String(problems.length)} problems: ${problems.map(({ error }) => error.message).join('\n')}`);
  return problems[0]?.error.message ?? '';
}
