import { SaxesParser } from 'saxes';

/** An element of a manifest. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  /** Its name space; empty where it has none. */
  readonly space: string;
  /** Those without a prefix, in their order. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

export type XmlDocument =
  | { readonly kind: 'read'; readonly root: XmlElement }
  /** `because`: with line and column. */
  | { readonly kind: 'not well-formed'; readonly because: string }
  /** It could be well-formed, which only another parser could tell. */
  | { readonly kind: 'not read'; readonly because: string };

const MAX_DEPTH = 64;

class Stopped extends Error {
  readonly kind: 'not well-formed' | 'not read';

  constructor(kind: Stopped['kind'], because: string) {
    super(because);
    this.kind = kind;
  }
}

/** The elements of a document with one root. Texts between elements say nothing of DLLs, and are left out. */
export function readXml(text: string): XmlDocument {
  try {
    return { kind: 'read', root: rootOf(text) };
  } catch (error) {
    if (error instanceof Stopped) return { kind: error.kind, because: error.message };
    throw error;
  }
}

function rootOf(text: string): XmlElement {
  const top: XmlElement[] = [];
  const open: XmlElement[][] = [top];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', ({ message }) => {
    const [, place = '', words = message] = /^(\d+:\d+): (.*)$/s.exec(message) ?? [];
    throw new Stopped('not well-formed', place === '' ? words : `${place}: ${words.replace(/\.$/, '')}`);
  });
  parser.on('doctype', () => {
    throw new Stopped('not read', 'it has a document type');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length > MAX_DEPTH) throw new Stopped('not read', 'its elements are nested too deep');
    const plain = Object.values(attributes).filter(({ prefix, name }) => prefix === '' && name !== 'xmlns');
    const children: XmlElement[] = [];
    open
      .at(-1)
      ?.push({ name: local, space: uri, attributes: new Map(plain.map(({ name, value }) => [name, value])), children });
    open.push(children);
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  const [root] = top;
  if (root === undefined) throw new Stopped('not well-formed', 'document must contain a root element');
  return root;
}
