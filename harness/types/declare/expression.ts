// Lengths in annotations: `n`, `*n`, `width * height`, `info->count + 1`.

/** A whole number that depends on arguments. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** `path` begins with a parameter's name; the rest are members. `dereferenced` counts leading stars. */
  | { readonly kind: 'name'; readonly path: readonly string[]; readonly dereferenced: number; readonly at: number }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression };

export type Operator = '+' | '-' | '*' | '/' | '%' | '<<' | '>>';

const PRECEDENCE: Readonly<Record<Operator, number>> = { '<<': 1, '>>': 1, '+': 2, '-': 2, '*': 3, '/': 3, '%': 3 };

const MAX_TOKENS = 200;

const isOperator = (text: string | undefined): text is Operator =>
  text !== undefined && Object.hasOwn(PRECEDENCE, text);

/**
 * Parses an expression, or returns undefined where it is more than arithmetic on names: an annotation may call macros,
 * and then its length is documentation.
 * @param offset added to the places of names, which errors point at
 */
export function parseExpression(source: string, offset = 0): Expression | undefined {
  const tokens = [...source.matchAll(/->|<<|>>|0[xX][\da-fA-F]+|\d+|[A-Za-z_]\w*|\S/g)];
  // Nobody writes such a length, and it could nest deeper than the stack allows.
  if (tokens.length > MAX_TOKENS) return undefined;
  let next = 0;
  const peek = (): string | undefined => tokens[next]?.[0];

  const primary = (): Expression | undefined => {
    const token = tokens[next++];
    if (!token) return undefined;
    const [text] = token;
    if (/^\d/.test(text)) return { kind: 'number', value: Number(text) };
    if (text === '(') {
      const inner = binary(0);
      return tokens[next++]?.[0] === ')' ? inner : undefined;
    }
    if (text === '*') {
      const inner = primary();
      return inner?.kind === 'name' ? { ...inner, dereferenced: inner.dereferenced + 1 } : undefined;
    }
    if (!/^[A-Za-z_]/.test(text)) return undefined;
    const path = [text];
    while (peek() === '->' || peek() === '.') {
      next++;
      const member = tokens[next++]?.[0];
      if (member === undefined || !/^[A-Za-z_]/.test(member)) return undefined;
      path.push(member);
    }
    return { kind: 'name', path, dereferenced: 0, at: offset + token.index };
  };

  const binary = (lowest: number): Expression | undefined => {
    let left = primary();
    for (let operator = peek(); left && isOperator(operator) && PRECEDENCE[operator] > lowest; operator = peek()) {
      next++;
      const right = binary(PRECEDENCE[operator]);
      if (!right) return undefined;
      left = { kind: 'binary', operator, left, right };
    }
    return left;
  };

  const expression = binary(0);
  return next === tokens.length ? expression : undefined;
}

const expressions = new Map<string, Expression | undefined>();

/** As `parseExpression`, for texts that are asked for with each value. */
export function expressionOf(source: string): Expression | undefined {
  if (!expressions.has(source)) expressions.set(source, parseExpression(source));
  return expressions.get(source);
}

/** The names that an expression uses, with the members that lead on from them. */
export function pathsIn(expression: Expression): (readonly string[])[] {
  if (expression.kind === 'number') return [];
  if (expression.kind === 'name') return [expression.path];
  return [...pathsIn(expression.left), ...pathsIn(expression.right)];
}

/** All names an expression uses. */
export function namesIn(expression: Expression): { readonly name: string; readonly at: number }[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [{ name: expression.path[0] ?? '', at: expression.at }];
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
  }
}

/** The number that an expression stands for; `valueOf` looks a name up, undefined when it has no value. */
export function evaluate(
  expression: Expression,
  valueOf: (path: readonly string[], dereferenced: number) => number | undefined,
): number | undefined {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return valueOf(expression.path, expression.dereferenced);
  const left = evaluate(expression.left, valueOf);
  const right = evaluate(expression.right, valueOf);
  if (left === undefined || right === undefined) return undefined;
  switch (expression.operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right);
    case '%':
      return right === 0 ? undefined : left % right;
    case '<<':
      return left * 2 ** right;
    case '>>':
      return Math.floor(left / 2 ** right);
  }
}
