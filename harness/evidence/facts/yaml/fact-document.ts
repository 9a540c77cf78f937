// The text of a file of facts: its entries, and where in it things stand.
import { isAlias, isNode, isScalar, isSeq, visit, type Document, type Node } from 'yaml';
import type { DllparityError } from '../../../base/errors.ts';
import { type YamlFormat, type YamlPart, type YamlPath, YamlSource } from '../../../base/yaml-source.ts';

/** What is wrong, and where in an entry. */
export interface Place {
  readonly path: YamlPath;
  readonly what: string;
  readonly hint: string;
  /** The key at the end of the path is wrong, and not its value. */
  readonly isKey?: boolean;
}

/** An entry of the list. */
export interface Entry {
  /** Plain data. */
  readonly value: unknown;
  readonly line: number;
  /** The error for a place in it. */
  error(place: Place): DllparityError;
}

/** What is in the file, and what could not be read; one bad entry leaves the others as they are. */
export interface Entries {
  readonly entries: readonly Entry[];
  readonly problems: readonly DllparityError[];
}

const MAX_PROBLEMS = 20;

export const FACT_FORMAT: YamlFormat = {
  name: 'The file of facts',
  code: 'FACT_SYNTAX',
  hint: 'Correct the place under the caret; docs/guides/facts.md describes the notation.',
};

export function readEntries(text: string, file: string): Entries {
  const whole = readPart(text, file, { start: 0, end: text.length });
  if (whole.problems.length === 0) return whole;
  // The list begins its entries at the margin, where no text of theirs can be: each is read by itself.
  const starts = [...text.matchAll(/^- /gm)].map(({ index }) => index);
  if (starts.length < 2) return whole;
  const parts = starts.map((start, i) => readPart(text, file, { start, end: starts[i + 1] ?? text.length }));
  const problems = parts.flatMap((part) => part.problems);
  return { entries: parts.flatMap((part) => part.entries), problems: problems.slice(0, MAX_PROBLEMS) };
}

function readPart(text: string, file: string, part: YamlPart): Entries {
  const source = new YamlSource(text, file, FACT_FORMAT, part);
  if (source.problem) return onlyProblem(source.problem);
  const refused = refusedNode(source.document);
  if (refused) {
    const { start, end } = source.range(refused.node);
    return onlyProblem(source.errorAt(start, Math.min(end - start, 20), refused.what, refused.hint));
  }
  const { contents } = source.document;
  if (contents === null) return { entries: [], problems: [] };
  if (!isSeq(contents)) {
    const { start } = source.range(contents);
    return onlyProblem(source.errorAt(start, 1, 'The file must be a list', 'Begin each fact with "- id: ...".'));
  }
  // Nodes take much more memory than the facts: they are made again where something is wrong, which is seldom.
  let again: YamlSource | undefined;
  const entries = contents.items.map((item, index): Entry => {
    const node = item as Node;
    const error = ({ path, what, hint, isKey = false }: Place): DllparityError => {
      again ??= new YamlSource(text, file, FACT_FORMAT, part);
      return again.error([index, ...path], isKey ? 'key' : 'value', what, hint);
    };
    return { value: node.toJS(source.document), line: source.line(node), error };
  });
  return { entries, problems: [] };
}

function onlyProblem(problem: DllparityError): Entries {
  return { entries: [], problems: [problem] };
}

/** Those that plain YAML has may be written, and say nothing. */
const FOREIGN_TAG = /^!|:(?:binary|set|omap|pairs|timestamp)$/;

/** What facts are not written with: a reader sees each fact whole, and no file grows when it is read. */
function refusedNode(
  document: Document,
): { readonly node: Node; readonly what: string; readonly hint: string } | undefined {
  let found: { node: Node; what: string; hint: string } | undefined;
  const refuse = (node: Node, what: string, hint: string): symbol => {
    found = { node, what, hint };
    return visit.BREAK;
  };
  visit(document, {
    Node: (_, node) => {
      const anchored = isAlias(node) || (node as { readonly anchor?: string }).anchor !== undefined;
      if (anchored) return refuse(node, 'Anchors and aliases (&name, *name) are not read', 'Write the value out.');
      if (node.tag !== undefined && FOREIGN_TAG.test(node.tag))
        return refuse(
          node,
          `The tag ${node.tag} is not read`,
          'Write plain values; bytes are written as `bytes: "0aff"`.',
        );
      return undefined;
    },
    Pair: (_, { key }) => {
      if (!isScalar(key)) return isNode(key) ? refuse(key, 'A key must be a word', 'Write "name: value".') : undefined;
      if (key.value === '<<') return refuse(key, 'Merge keys (<<) are not read', 'Write the fields out.');
      // YAML reads the key of `{null: true}` as nothing.
      if (key.value === null) key.value = 'null';
      return undefined;
    },
  });
  return found;
}
