// Lengths that annotations give, checked against the parameters they name.
import type { Annotations, RawExtent } from './annotations.ts';
import { namesIn, parseExpression } from './expression.ts';
import type { Tokens } from './tokens.ts';
import type { CType, Direction, Extent, Parameter } from './types.ts';

/** A parameter whose annotations may name parameters that follow it. */
export interface RawParameter {
  readonly name: string;
  readonly type: CType;
  readonly direction: Direction;
  readonly annotations: Annotations;
  /** The type as it stands there: an array, say, where `type` is a pointer. */
  readonly declared: CType;
}

export function resolveExtents(raw: readonly RawParameter[], tokens: Tokens): Parameter[] {
  return raw.map(({ name, type, direction, annotations, declared }) => ({
    name,
    type,
    direction,
    extent: annotations.extent && extentFrom(annotations.extent, raw, tokens),
    stored: annotations.stored && extentFrom(annotations.stored, raw, tokens),
    least: annotations.extent ? null : leastOf(declared, raw),
  }));
}

/** `int8_t a[3]`, `int a[n]`, `char (*out)[11]`: what has to lie there at least. */
function leastOf(declared: CType, raw: readonly RawParameter[]): Extent | null {
  const elements = (value: number): Extent => ({ unit: 'elements', count: { kind: 'number', value } });
  if (declared.kind === 'pointer') {
    return declared.target.kind === 'array' && declared.target.length !== null ? elements(1) : null;
  }
  if (declared.kind !== 'array') return null;
  if (declared.length !== null) return elements(declared.length);
  const count = declared.countedBy === null ? undefined : parseExpression(declared.countedBy);
  // A macro is documentation.
  if (!count || !namesIn(count).every((used) => raw.some(({ name }) => name === used.name))) return null;
  return { unit: 'elements', count };
}

/** The extent, or null where its text is more than arithmetic: a macro, say. Fails on a name that is no parameter. */
export function extentFrom(
  { unit, text, at }: RawExtent,
  parameters: readonly { readonly name: string }[],
  tokens: Tokens,
): Extent | null {
  if (text === null) return { unit, count: 'terminated' };
  if (text === '')
    tokens.fail(
      'the parentheses hold no length',
      at,
      'PROTOTYPE_SYNTAX',
      'Name the parameter that counts the elements, or a number.',
    );
  const count = parseExpression(text, at);
  if (!count) return null;
  for (const used of namesIn(count)) {
    if (parameters.some(({ name }) => name === used.name)) continue;
    // `return` and the macros of limits are documentation.
    if (used.name === 'return' || /^[A-Z][A-Z0-9_]*$/.test(used.name)) return null;
    tokens.fail(
      `the length "${text}" names "${used.name}", which is no parameter`,
      used.at,
      'PROTOTYPE_SYNTAX',
      `Parameters are ${parameters.map(({ name }) => name).join(', ')}.`,
    );
  }
  return { unit, count };
}
