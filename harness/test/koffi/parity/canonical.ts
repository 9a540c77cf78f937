/**
 * A value as text that tells apart what code can tell apart: number from bigint, -0 from 0, null from undefined, one class
 * of typed array from another, an own class from a plain object. Names that koffi numbers are shown without their number.
 */
export function canonical(value: unknown, seen: readonly unknown[] = []): string {
  switch (typeof value) {
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value.toString()}n`;
    case 'string':
      return value.length > 200
        ? `text of ${value.length.toString()} ${JSON.stringify(value.slice(0, 40))}`
        : text(value);
    case 'function':
      return `function ${text(value.name)}`;
    case 'object':
      return value === null ? 'null' : object(value, seen);
    default:
      return String(value);
  }
}

function text(value: string): string {
  return JSON.stringify(value.replace(/<anonymous_\d+>/g, '<anonymous_N>'));
}

function object(value: object, seen: readonly unknown[]): string {
  if (seen.includes(value)) return '<circular>';
  const inside = [...seen, value];
  if (value instanceof Error) return `${value.name} ${text(value.message)}`;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, inside)).join(', ')}]`;
  if (ArrayBuffer.isView(value)) {
    const items = value instanceof DataView ? [] : Array.from(value as unknown as ArrayLike<number | bigint>);
    const shown = items
      .slice(0, 40)
      .map((item) => canonical(item))
      .join(', ');
    return `${value.constructor.name}(${items.length.toString()})[${shown}]`;
  }
  if (value instanceof ArrayBuffer) return `ArrayBuffer ${canonical(new Uint8Array(value))}`;
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name: string } } | null;
  const name =
    prototype === Object.prototype ? '' : prototype === null ? 'null ' : `${text(prototype.constructor?.name ?? '?')} `;
  const members = Object.keys(value).map((key) => {
    // A union's members are read one by one: an unset one throws.
    let member: string;
    try {
      member = canonical((value as Record<string, unknown>)[key], inside);
    } catch (error) {
      member = `throws ${canonical(error)}`;
    }
    return `${key}: ${member}`;
  });
  return `${name}{ ${members.join(', ')} }${Object.isFrozen(value) ? ' frozen' : ''}`;
}
