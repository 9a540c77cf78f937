import type { ShownOutcome, ShownValue } from '../../../protocol/records/result-record.ts';
import type { Json } from '../compare/json.ts';
import type { SeenOutcome } from '../known/when.ts';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0' };

/** The value that results show, as a baseline holds it; structs and lists stay the text that they are shown as. */
export function jsonOf({ text }: ShownValue): Json {
  if (/^-?\d{16,}$/.test(text)) return text;
  if (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(text)) return text === '-0' ? text : Number(text);
  if (text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  // Memory behind "..." that only one side has changed: what a field is that is not there.
  if (text === 'unchanged') return 0;
  const pointer = /^(\w+) \+ (\d+)$/.exec(text);
  if (pointer) return { in: pointer[1] ?? '', offset: Number(pointer[2]) };
  const [, room, content] = /^buffer of (\d+)(?: with (".*"))?$/s.exec(text) ?? [];
  if (room !== undefined) return { room: Number(room), ...(content === undefined ? {} : { text: unquoted(content) }) };
  return text.startsWith('"') && text.endsWith('"') && text.length > 1 ? unquoted(text) : text;
}

/** The characters of a C literal as results write it. */
function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|.)/gs, (escape) => {
    const letter = escape.charAt(1);
    return escape.length > 2 ? String.fromCharCode(parseInt(escape.slice(2), 16)) : (ESCAPES[letter] ?? letter);
  });
}

/** An outcome as declarations look at it. */
export function outcomeOf({ kind, text, fields }: ShownOutcome): SeenOutcome {
  if (kind === 'returned')
    return { kind, fields: Object.fromEntries(fields.map(({ name, value }) => [name, jsonOf(value)])) };
  const code = codeIn(text);
  return code === undefined ? { kind } : { kind, code };
}

function codeIn(text: string): number | undefined {
  const digits = /0x[0-9a-f]{8}\b/i.exec(text)?.[0] ?? /\bcode (\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
