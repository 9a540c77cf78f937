import type { Json } from '../compare/json.ts';
import type { SeenCase, SeenOutcome } from '../known/when.ts';

/** A part of "when", as it is written in a file. */
export type WrittenWhen = Readonly<Record<string, unknown>>;

/** How a case differs: in a few words for a name, and as predicates. */
export interface Kind {
  readonly words: string;
  readonly when: WrittenWhen;
}

/** A distance within one of these is said as a bound; beyond them it is none of last bits. */
const ULP_BOUNDS = [1n, 2n, 4n, 16n, 256n, 65_536n];

/** The kind of a difference: a fault, or which fields differ, how far, and from which special value to which. */
export function kindOf({ expected, actual, difference }: SeenCase): Kind {
  if (expected.kind !== 'returned' || actual.kind !== 'returned') return kindOfEnd(expected, actual);
  const fields = difference?.fields ?? [];
  const bound = fields.length === 1 ? boundOf(difference?.ulp) : undefined;
  if (bound !== undefined) return { words: `${fields.join('-')}-${bound.toString()}-ulp`, when: { ulp: bound } };
  const values = fields.map((field) => ({
    field,
    from: classOf(field, valueIn(expected, field)),
    to: classOf(field, valueIn(actual, field)),
  }));
  // Where both are ordinary values of one sign there is nothing to say of them.
  const told = values.filter(({ from, to }) => from.words !== to.words);
  const words = values.map(({ field, from, to }) =>
    from.words === to.words ? field : `${field}-${from.words}-for-${to.words}`,
  );
  const predicates = (side: 'from' | 'to'): Record<string, unknown> =>
    Object.fromEntries(
      told.flatMap((each) => (each[side].asked === undefined ? [] : [[each.field, each[side].asked]])),
    );
  return {
    words: words.join('-'),
    when: { fields, ...given('expected', predicates('from')), ...given('actual', predicates('to')) },
  };
}

/** The same with less: no values, no codes. It holds of any case that it is of. */
export function plainKindOf({ expected, actual, difference }: SeenCase): Kind {
  if (expected.kind === 'returned' && actual.kind === 'returned') {
    const fields = difference?.fields ?? [];
    return { words: fields.join('-'), when: { fields } };
  }
  return kindOfEnd({ kind: expected.kind }, { kind: actual.kind });
}

function kindOfEnd(expected: SeenOutcome, actual: SeenOutcome): Kind {
  const words = actual.kind === 'returned' ? `does-not-end-${endOf(expected)}` : endOf(actual);
  return {
    words: words.replaceAll(' ', '-').toLowerCase(),
    when: {
      expected: endOf(expected),
      // A damaged answer has no kind that a declaration can name.
      ...(actual.kind === 'wire-damaged' ? {} : { actual: endOf(actual) }),
    },
  };
}

function endOf({ kind, code }: SeenOutcome): string {
  if (typeof code !== 'number') return kind;
  return `${kind} ${code < 0x1000 ? code.toString() : `0x${code.toString(16).toUpperCase().padStart(8, '0')}`}`;
}

function boundOf(ulp: string | undefined): number | undefined {
  if (ulp === undefined) return undefined;
  const bound = ULP_BOUNDS.find((each) => BigInt(ulp) <= each);
  return bound === undefined ? undefined : Number(bound);
}

function valueIn({ fields }: SeenOutcome, field: string): Json {
  const json = fields?.[field];
  return json === undefined ? 0 : json;
}

/** What is special about a value, for a name and as a predicate. */
function classOf(field: string, json: Json): { readonly words: string; readonly asked?: unknown } {
  if (field === 'errno') return { words: JSON.stringify(json), asked: json };
  if (json === 'inf' || json === '-inf') return { words: json.replace('-', 'minus-'), asked: { equals: json } };
  if (json === '-0') return { words: 'minus-0', asked: { 'negative-zero': true } };
  if (typeof json === 'string' && /^-?nan\b/.test(json)) return { words: 'nan', asked: { nan: true } };
  if (json === null) return { words: 'null', asked: 'null' };
  if (json === 0) return { words: '0', asked: 0 };
  if (typeof json === 'number' && Number.isInteger(json))
    return json < 0 ? { words: 'negative', asked: { 'at-most': -1 } } : { words: 'positive', asked: { 'at-least': 1 } };
  return { words: 'other' };
}

function given(name: string, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}
