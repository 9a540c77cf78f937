import * as layout from './layout.ts';
import * as messages from './messages.ts';

/** `HEADER.MAGIC=0` and so on, sorted: module loaders differ in the order in which they list exports. */
function lines(exports: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(exports).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, number]) => `${name}.${key}=${String(number)}`)
      : [`${name}=${String(value)}`],
  );
}

/**
 * A number that changes with every offset, size and message kind: FNV-1a over all of them. An agent that was built from
 * other numbers is refused even when nobody has raised the protocol version.
 */
export const LAYOUT_FINGERPRINT: number = (() => {
  const text = [...lines(layout), ...lines(messages)]
    .filter((line) => /=\d+$/.test(line))
    .sort()
    .join('\n');
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
})();
