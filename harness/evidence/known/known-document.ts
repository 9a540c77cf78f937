import { isMap, isNode, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';
import type { DllparityError, ErrorPlace } from '../../base/errors.ts';
import { type YamlFormat, type YamlPart, type YamlPath, YamlSource } from '../../base/yaml-source.ts';

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

export const KNOWN_FORMAT: YamlFormat = {
  name: 'The file of known divergences',
  code: 'KNOWN_SYNTAX',
  hint: 'Correct the place under the caret.',
  // A case id such as 12345678 or 3e201234 would otherwise become a number.
  schema: 'failsafe',
};

/** Takes a file of known divergences apart; what it says is for others to judge. */
export class KnownDocument {
  readonly text: string;
  readonly file: string;
  readonly #source: YamlSource;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
    this.#source = new YamlSource(text, file, KNOWN_FORMAT);
  }

  entries(): EntryNodes[] {
    if (this.#source.problem !== undefined) throw this.#source.problem;
    const { contents } = this.#source.document;
    if (contents === null || (isScalar(contents) && contents.value === '')) return [];
    if (!isSeq(contents))
      throw this.error(contents.range?.[0] ?? 0, 'The file must be a list', 'Begin each entry with "- suite: ...".');
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
    return { node, fields, offset, line: this.#source.line(offset) };
  }

  /** What a field says, as plain data in which every scalar is text. */
  plain(node: unknown): unknown {
    if (!isNode(node)) return '';
    try {
      return node.toJS(this.#source.document);
    } catch (cause) {
      throw this.error(node.range?.[0] ?? 0, (cause as Error).message, 'Write out what its aliases (*name) stand for.');
    }
  }

  /** Where the value at a path is written. */
  part(path: YamlPath): YamlPart {
    return this.#source.find(path, 'value');
  }

  where(path: YamlPath): ErrorPlace {
    return { file: this.file, line: this.#source.line(this.part(path).start) };
  }

  /** The error for what stands at a path. */
  fail(path: YamlPath, what: string, hint: string, which: 'key' | 'value' = 'value'): DllparityError {
    return this.#source.error(path, which, what, hint);
  }

  /** The error for a place in the file. */
  error(offset: number, what: string, hint: string, length = 1): DllparityError {
    return this.#source.errorAt(offset, length, what, hint);
  }
}
