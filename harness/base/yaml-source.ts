import { readFileSync } from 'node:fs';
import {
  type Alias,
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { DllparityError, type ErrorCode } from './errors.ts';
import { pointAt } from './point-at.ts';

/** Where something stands in a document: names of fields, and places in lists from 0. What a schema's issue calls its path. */
export type YamlPath = readonly (string | number)[];

/** What all errors of one kind of file have in common. */
export interface YamlFormat {
  /** For example "The file of facts". */
  readonly name: string;
  readonly code: ErrorCode;
  /** The next step where nothing better is known. */
  readonly hint: string;
  /** "failsafe" reads every scalar as text. @default 'core' */
  readonly schema?: 'core' | 'failsafe';
}

/** A part of a text in characters, from its beginning. */
export interface YamlPart {
  readonly start: number;
  readonly end: number;
}

/** The text of a YAML file, and where in it what it says stands. */
export class YamlSource {
  readonly text: string;
  readonly file: string;
  readonly document: Document;
  /** The text is no YAML: where and why, and nothing else of it counts. */
  readonly problem: DllparityError | undefined;
  readonly #format: YamlFormat;
  readonly #part: YamlPart;
  /** Of the part. */
  readonly #lines = new LineCounter();
  #linesBefore: number | undefined;

  /**
   * @param file for messages
   * @param part of the text that is read; places are those in the whole text
   * @default part the whole text
   */
  constructor(text: string, file: string, format: YamlFormat, part: YamlPart = { start: 0, end: text.length }) {
    this.text = text;
    this.file = file;
    this.#format = format;
    this.#part = part;
    this.document = parseDocument(text.slice(part.start, part.end), {
      ...(format.schema === undefined ? {} : { schema: format.schema }),
      lineCounter: this.#lines,
      prettyErrors: false,
    });
    const [wrong] = [...this.document.errors, ...this.document.warnings];
    if (wrong !== undefined) {
      const hint = 'Correct the place under the caret.';
      this.problem = this.errorAt(wrong.pos[0] + part.start, 1, `The file is not valid YAML: ${wrong.message}`, hint);
    }
  }

  /**
   * What the document says, as plain data.
   * @throws the error of the format where an alias has no anchor, or aliases would make it far larger than the text is
   */
  data(): unknown {
    try {
      return this.document.toJS();
    } catch (cause) {
      const alias = this.#wrongAlias();
      const { start, end } = alias ? this.range(alias) : { start: this.#part.start, end: this.#part.start + 1 };
      const { line, column, excerpt } = pointAt(this.text, start, end - start);
      throw new DllparityError(this.#format.code, {
        what: `${this.#format.name} cannot be read`,
        where: { file: this.file, line, column },
        excerpt,
        hint: 'Write out what its aliases (*name) stand for.',
        cause,
      });
    }
  }

  /** The first alias without an anchor, or else the first of all. */
  #wrongAlias(): Alias | undefined {
    let first: Alias | undefined;
    let unresolved: Alias | undefined;
    visit(this.document, {
      Alias: (_key, alias) => {
        first ??= alias;
        if (alias.resolve(this.document) !== undefined) return;
        unresolved = alias;
        return visit.BREAK;
      },
    });
    return unresolved ?? first;
  }

  /** The line of a node, or of what begins at this offset in the text; counts from 1. */
  line(of: Node | number): number {
    const offset = typeof of === 'number' ? of : this.range(of).start;
    this.#linesBefore ??= this.text.slice(0, this.#part.start).split('\n').length - 1;
    return this.#linesBefore + this.#lines.linePos(offset - this.#part.start).line;
  }

  /** Where a node lies in the text. */
  range(node: Node): YamlPart {
    const [start, end] = node.range ?? [0, 0];
    return { start: start + this.#part.start, end: end + this.#part.start };
  }

  /**
   * Where the thing at a path lies in the text. What is not there is shown by the nearest thing around it that is.
   * @param which of a field that has a plain value: a list or fields are always shown by their key
   */
  find(path: YamlPath, which: 'key' | 'value'): YamlPart {
    let node: unknown = this.document.contents;
    let found: Node | undefined;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (!pair) break;
        if (isScalar(pair.key) && pair.key.range) found = pair.key;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        if (isNode(node) && node.range) found = node;
      } else break;
    }
    // A value says more than its key.
    if (which === 'value' && isScalar(node) && node.range) found = node;
    return found === undefined ? { start: this.#part.start, end: this.#part.start + 1 } : this.range(found);
  }

  /** The error for the thing at a path: file, line and column, with the line that shows it. */
  error(path: YamlPath, which: 'key' | 'value', what: string, hint?: string): DllparityError {
    const { start, end } = this.find(path, which);
    return this.errorAt(start, end - start, what, hint);
  }

  /** The error for a place in the text. */
  errorAt(offset: number, length: number, what: string, hint = this.#format.hint): DllparityError {
    const { line, column, excerpt } = pointAt(this.text, offset, Math.max(1, length));
    return new DllparityError(this.#format.code, { what, where: { file: this.file, line, column }, excerpt, hint });
  }
}

/** The text of a file in UTF-8. @throws the error of the format */
export function readYamlText(file: string, { name, code }: YamlFormat): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const hint = 'Check its path, and that you may read it.';
    throw new DllparityError(code, { what: `${name} could not be read`, where: { file }, hint, cause });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Said below.
  }
  throw new DllparityError(code, {
    what: `${name} is not text in UTF-8`,
    where: { file },
    hint: 'Name a YAML file in UTF-8.',
  });
}

/** What the kinds of values that a schema asks for are called. */
export const VALUE_KINDS: Readonly<Record<string, string>> = {
  object: 'fields, each a name and a value',
  record: 'fields, each a name and a value',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};
