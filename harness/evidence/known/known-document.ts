import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { DllparityError } from '../../base/errors.ts';
import { pointAt } from '../../base/point-at.ts';

/** One entry of the file as YAML, with its fields by name. */
export interface EntryNodes {
  readonly node: YAMLMap;
  readonly fields: ReadonlyMap<string, Field>;
  /** Where the entry begins, in characters from the beginning of the file. */
  readonly offset: number;
  readonly line: number;
}

/** A field of an entry. */
export interface Field {
  readonly key: Scalar<string>;
  readonly keyOffset: number;
  readonly value: Pair['value'];
  /** Where the value begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** Takes a file of known divergences apart; what it says is for others to judge. */
export class KnownDocument {
  readonly text: string;
  readonly file: string;
  readonly #lines = new LineCounter();

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  entries(): EntryNodes[] {
    // "failsafe" reads every scalar as text: a case id such as 12345678 or 3e201234 would otherwise become a number.
    const document = parseDocument(this.text, { schema: 'failsafe', lineCounter: this.#lines, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined)
      throw this.error(
        error.pos[0],
        `The file is not valid YAML: ${error.message}`,
        'Correct the place under the caret.',
      );
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === '')) return [];
    if (!isSeq(contents))
      throw this.error(contents.range[0], 'The file must be a list', 'Begin each entry with "- suite: ...".');
    return contents.items.map((item) => {
      const node: unknown = item;
      if (!isMap(node) || node.flow === true) {
        const [at] = (isNode(node) ? node.range : contents.range) ?? [0];
        throw this.error(at, 'An entry must be written as fields, one on each line', 'Begin it with "- suite: ...".');
      }
      return this.#entry(node);
    });
  }

  #entry(node: YAMLMap): EntryNodes {
    const fields = new Map<string, Field>();
    for (const { key, value } of node.items) {
      if (!isScalar(key) || typeof key.value !== 'string') {
        const at = isNode(key) ? key.range?.[0] : undefined;
        throw this.error(at ?? 0, 'The name of a field must be a word', 'Write "name: value".');
      }
      const [keyOffset, keyEnd] = key.range ?? [0, 0];
      const [start, end] = (isNode(value) ? value.range : undefined) ?? [keyEnd, keyEnd];
      fields.set(key.value, { key: key as Scalar<string>, keyOffset, value, start, end });
    }
    const offset = node.range?.[0] ?? 0;
    return { node, fields, offset, line: this.#lines.linePos(offset).line };
  }

  /** The error for a place in the file. */
  error(offset: number, what: string, hint: string, length = 1): DllparityError {
    const { line, column, excerpt } = pointAt(this.text, offset, length);
    return new DllparityError('KNOWN_SYNTAX', { what, where: { file: this.file, line, column }, excerpt, hint });
  }
}
