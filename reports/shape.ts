/** Returns what is wrong with a value, with the path to it, or null. */
export type Shape = (value: unknown, path: string) => string | null;

export const text: Shape = (value, path) => (typeof value === 'string' ? null : expected('a string', value, path));
export const flag: Shape = (value, path) =>
  typeof value === 'boolean' ? null : expected('true or false', value, path);
export const amount: Shape = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? null
    : expected('a number that is not negative', value, path);

export function oneOf(...allowed: readonly (string | number)[]): Shape {
  const set = new Set<unknown>(allowed);
  return (value, path) => (set.has(value) ? null : expected(`one of ${allowed.join(', ')}`, value, path));
}

export function nullable(shape: Shape): Shape {
  return (value, path) => (value === null ? null : shape(value, path));
}

export function optional(shape: Shape): Shape {
  return (value, path) => (value === undefined ? null : shape(value, path));
}

export function listOf(shape: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return expected('a list', value, path);
    for (const [index, item] of value.entries()) {
      const problem = shape(item, `${path}[${String(index)}]`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

/** Fields that are not named here are allowed: a later writer may add some without raising the schema number. */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(shapes);
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return expected('an object', value, path);
    for (const [name, shape] of entries) {
      const problem = shape((value as Readonly<Record<string, unknown>>)[name], path === '' ? name : `${path}.${name}`);
      if (problem !== null) return problem;
    }
    return null;
  };
}

function expected(what: string, value: unknown, path: string): string {
  const got = value === undefined ? 'nothing' : JSON.stringify(value);
  return `${path === '' ? 'the line' : path} must be ${what}, got ${got.length > 60 ? `${got.slice(0, 60)}…` : got}`;
}
