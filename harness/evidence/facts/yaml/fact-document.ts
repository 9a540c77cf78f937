// The text of a file of facts: its entries, and where in it things stand.
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';
import { DllparityError } from '../../../base/errors.ts';
import { pointAt } from '../../../base/point-at.ts';

export type Path = readonly (string | number)[];

/** What is wrong, and where in an entry. */
export interface Place {
  readonly path: Path;
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

export function readEntries(text: string, file: string): Entries {
  const whole = readPart(text, 0, text, file);
  if (whole.problems.length === 0) return whole;
  // The list begins its entries at the margin, where no text of theirs can be: each is read by itself.
  const starts = [...text.matchAll(/^- /gm)].map(({ index }) => index);
  if (starts.length < 2) return whole;
  const parts = starts.map((start, i) => readPart(text.slice(start, starts[i + 1]), start, text, file));
  const problems = parts.flatMap((part) => part.problems);
  return { entries: parts.flatMap((part) => part.entries), problems: problems.slice(0, MAX_PROBLEMS) };
}

/** Reads a part of a file that begins at `start`. */
function readPart(part: string, start: number, text: string, file: string): Entries {
  const errorAt = (offset: number, length: number, what: string, hint: string): DllparityError => {
    const { line, column, excerpt } = pointAt(text, start + offset, Math.max(1, length));
    return new DllparityError('FACT_SYNTAX', { what, where: { file, line, column }, excerpt, hint });
  };
  const lines = new LineCounter();
  const document = parseDocument(part, { ...OPTIONS, lineCounter: lines });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong) return onlyProblem(errorAt(wrong.pos[0], 1, `The file is not valid YAML: ${wrong.message}`, CARET));
  const refused = refusedNode(document);
  if (refused) {
    const [from, to] = refused.node.range ?? [0, 0, 0];
    return onlyProblem(errorAt(from, Math.min(to - from, 20), refused.what, refused.hint));
  }
  const { contents } = document;
  if (contents === null) return { entries: [], problems: [] };
  if (!isSeq(contents)) {
    return onlyProblem(errorAt(contents.range[0], 1, 'The file must be a list', 'Begin each fact with "- id: ...".'));
  }
  const before = text.slice(0, start).split('\n').length - 1;
  // Nodes take much more memory than the facts: they are made again where something is wrong, which is seldom.
  let again: Document | undefined;
  const entries = contents.items.map((item, index): Entry => {
    const node = item as Node;
    const error = ({ path, what, hint, isKey = false }: Place): DllparityError => {
      again ??= parseDocument(part, OPTIONS);
      const [from, to] = rangeOf(again.contents, [index, ...path], isKey);
      return errorAt(from, to - from, what, hint);
    };
    return { value: node.toJS(document), line: before + lines.linePos(node.range?.[0] ?? 0).line, error };
  });
  return { entries, problems: [] };
}

const OPTIONS = { prettyErrors: false, stringKeys: false } as const;

export const CARET = 'Correct the place under the caret; docs/guides/facts.md describes the notation.';

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

/** Of the key at a path where it has one, of the value, or of the nearest thing around it that is there. */
function rangeOf(root: Node | null, path: Path, isKey: boolean): readonly [number, number] {
  let node: unknown = root;
  let range: readonly [number, number] = [0, 1];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      const { key } = pair;
      if (isScalar(key) && key.range) range = [key.range[0], key.range[1]];
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (isNode(node) && node.range) range = [node.range[0], node.range[1]];
    } else break;
  }
  // A value says more than its key.
  if (!isKey && isScalar(node) && node.range) range = [node.range[0], node.range[1]];
  return range;
}
