/** An element of a manifest, with its prefix of a name space left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

const NAME = String.raw`[\w:.-]+`;
const ATTRIBUTE = new RegExp(String.raw`\s+(${NAME})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`, 'gy');
const TOKEN = new RegExp(
  [
    String.raw`<!--[^]*?-->`,
    String.raw`<!\[CDATA\[[^]*?\]\]>`,
    String.raw`<\?[^]*?\?>`,
    String.raw`<!DOCTYPE[^>\[]*>`,
    String.raw`</(?<closed>${NAME})\s*>`,
    String.raw`<(?<opened>${NAME})(?<attributes>(?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>/?)>`,
    String.raw`[^<]+`,
  ].join('|'),
  'gy',
);
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MOST_DEPTH = 64;

/** The root element of a manifest; undefined where it is not well-formed. Texts between elements say nothing in manifests. */
export function readXml(text: string): XmlElement | undefined {
  const top: XmlElement[] = [];
  const open: { readonly written: string; readonly children: XmlElement[] }[] = [{ written: '', children: top }];
  let end = 0;
  for (const { index, 0: token, groups = {} } of text.matchAll(TOKEN)) {
    end = index + token.length;
    const around = open.at(-1);
    if (around === undefined) return undefined;
    if (groups['closed'] !== undefined) {
      if (open.length === 1 || around.written !== groups['closed']) return undefined;
      open.pop();
    } else if (groups['opened'] !== undefined) {
      const children: XmlElement[] = [];
      const attributes = readAttributes(groups['attributes'] ?? '');
      if (attributes === undefined || open.length > MOST_DEPTH) return undefined;
      around.children.push({ name: localName(groups['opened']), attributes, children });
      if (groups['empty'] === '') open.push({ written: groups['opened'], children });
    } else if (open.length === 1 && !token.startsWith('<') && token.trim() !== '') return undefined;
  }
  return end === text.length && open.length === 1 && top.length === 1 ? top[0] : undefined;
}

function readAttributes(text: string): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    if (found.has(name)) return undefined;
    found.set(name, decode(double ?? single ?? ''));
  }
  return found;
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal?: string, hexadecimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
