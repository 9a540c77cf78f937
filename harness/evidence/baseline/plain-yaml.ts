// HOT: the head of a baseline is YAML of the plainest kind, and a run reads hundreds. Benchmark: none; a YAML parser takes
// twenty times as long.

/** Versions have more dots than any number. */
const VERSION = /^[0-9]+(?:\.[0-9]+){2,}$/;

/** What a head consists of. */
export type PlainYaml = string | number | null | readonly PlainYaml[] | { readonly [key: string]: PlainYaml };

const MEMBER = /^([A-Za-z][A-Za-z0-9]*):(?: (.*))?$/;
/** Words that mean themselves in YAML; what a quote, an indicator or a sign begins is left to a parser. */
const WORD = /^[A-Za-z0-9_][^#\t]*[^#\t :]$|^[A-Za-z0-9_]$/;
const INTEGER = /^(?:0|-?[1-9][0-9]{0,14})$/;
/** Not only numbers: whatever might be one in some version of YAML, or true, or nothing. */
const DOUBTFUL = /^(?:[0-9][0-9_,.:eExXoObB+-]*|0x[0-9a-f_]+|0b[01_]+|null|true|false|yes|no|on|off|y|n)$/i;

/**
 * Mappings and lists in block style, of plain words, integers, null and empty lists: the same that a YAML parser reads.
 *
 * @returns undefined for anything else, which may be YAML or not
 */
export function readPlainYaml(lines: readonly string[]): PlainYaml | undefined {
  const all = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const reader = { lines: all, next: 0 };
  const value = readBlock(reader, 0);
  return reader.next === all.length ? value : undefined;
}

interface Reader {
  readonly lines: readonly string[];
  next: number;
}

/** The mapping or list whose lines are indented by so many spaces. */
function readBlock(reader: Reader, indent: number): PlainYaml | undefined {
  return reader.lines[reader.next]?.startsWith('- ', indent) ? readList(reader, indent) : readMapping(reader, indent);
}

function readList(reader: Reader, indent: number): PlainYaml | undefined {
  const items: PlainYaml[] = [];
  for (let line = lineAt(reader, indent); line !== undefined; line = lineAt(reader, indent)) {
    if (!line.startsWith('- ')) return undefined;
    const item = readScalar(line.slice(2));
    // A word before a colon would be a mapping.
    if (item === undefined || line.includes(': ')) return undefined;
    items.push(item);
    reader.next++;
  }
  return items;
}

function readMapping(reader: Reader, indent: number): PlainYaml | undefined {
  const members = new Map<string, PlainYaml>();
  for (let line = lineAt(reader, indent); line !== undefined; line = lineAt(reader, indent)) {
    const [, key, text] = MEMBER.exec(line) ?? [];
    if (key === undefined || members.has(key)) return undefined;
    reader.next++;
    const value = text === undefined ? readInner(reader, indent) : readScalar(text);
    if (value === undefined) return undefined;
    members.set(key, value);
  }
  return members.size === 0 ? undefined : Object.fromEntries(members);
}

/** A block that belongs to the key before it. */
function readInner(reader: Reader, indent: number): PlainYaml | undefined {
  return reader.lines[reader.next]?.startsWith('  ', indent) ? readBlock(reader, indent + 2) : undefined;
}

/** The next line without its indentation, if that is the one asked for. */
function lineAt({ lines, next }: Reader, indent: number): string | undefined {
  const line = lines[next];
  return line?.search(/[^ ]/) === indent ? line.slice(indent) : undefined;
}

function readScalar(text: string): string | number | null | readonly never[] | undefined {
  if (INTEGER.test(text)) return Number(text);
  if (text === 'null') return null;
  if (text === '[]') return [];
  if (VERSION.test(text)) return text;
  return WORD.test(text) && !text.includes(': ') && !DOUBTFUL.test(text) ? text : undefined;
}
