import { readFileSync } from 'node:fs';
import { LineCounter, isMap, isNode, isScalar, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import { nearestName } from '../base/nearest-name.ts';
import { DllparityError } from '../base/errors.ts';
import { pointAt } from '../base/point-at.ts';
import type { Scenario } from './scenario.ts';
import { checkScenario, type Complaint } from './yaml/check.ts';
import { missingField } from './yaml/required-fields.ts';
import { FIELDS, scenarioFile, type WrittenScenario } from './yaml/schema.ts';

type Path = readonly (string | number)[];

/**
 * Reads a file of scenarios. Its form is described in docs/guides/search-order.md.
 *
 * @throws SCENARIO_SYNTAX with file, line and the next step, for the first thing that is wrong
 */
export function readScenarios(file: string): Scenario[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DllparityError('SCENARIO_SYNTAX', {
      what: 'The file of scenarios could not be read',
      where: { file },
      hint: 'Check the path.',
      cause,
    });
  }
  return parseScenarios(text, file);
}

/** As `readScenarios`, from text; `file` is for messages. */
export function parseScenarios(text: string, file: string): Scenario[] {
  const source = new Source(text, file);
  const parsed = scenarioFile.safeParse(source.document.toJS());
  if (!parsed.success) throw source.issue(parsed.error.issues);

  const { rule, scenarios } = parsed.data;
  const seen = new Map<string, number>();
  return scenarios.map((written, index) => {
    const at: Path = ['scenarios', index];
    const line = source.line([...at, 'id']);
    const before = seen.get(written.id);
    if (before !== undefined)
      throw source.error([...at, 'id'], `line ${String(before)} has a scenario ${written.id} already`);
    seen.set(written.id, line);
    const scenario = toScenario(written, rule, file, line);
    const complaint: Complaint | undefined = checkScenario(scenario);
    if (complaint !== undefined) throw source.error([...at, ...complaint.path], complaint.message);
    return scenario;
  });
}

function toScenario(written: WrittenScenario, rule: string, file: string, line: number): Scenario {
  return {
    id: written.id,
    rule,
    title: written.title,
    files: written.files,
    ...(written.shared === undefined ? {} : { shared: written.shared }),
    program: written.program,
    calls: written.calls,
    registry: Object.entries(written.registry).map(([path, value]) => ({ path, value })),
    expect: { outcome: written.expect, evidence: written.evidence, source: written.source },
    wine:
      written.wine === undefined
        ? undefined
        : { outcome: written.wine.outcome, versions: written.wine.versions, because: written.wine.because },
    twin: written.twin,
    file,
    line,
  };
}

/** What the schema's types are called. */
const KINDS: Readonly<Record<string, string>> = {
  object: 'fields, each a name and a value',
  record: 'fields, each a name and a value',
  array: 'a list',
  tuple: 'a list',
  string: 'a text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
};

/** The text of a file, and where in it what it says stands. */
class Source {
  readonly document: Document;
  readonly #lines = new LineCounter();
  readonly #text: string;
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
    this.document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const [error] = this.document.errors;
    if (error !== undefined) throw this.#at(error.pos[0], 1, `the file is not valid YAML: ${error.message}`);
  }

  line(path: Path): number {
    return this.#lines.linePos(this.#range(path)[0]).line;
  }

  /** The first thing that a schema says is wrong. */
  issue(issues: readonly z.core.$ZodIssue[]): DllparityError {
    const [issue] = issues;
    if (issue === undefined) throw new Error('internal: a schema failed without saying why');
    const path = issue.path as Path;
    const written: unknown = this.document.getIn(path) ?? undefined;
    const isMissing = written === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
    const missing = isMissing ? missingField(path) : undefined;
    if (missing !== undefined) return this.error(path, missing.message, missing.hint);
    if (issue.code === 'invalid_type') return this.error(path, `must be ${KINDS[issue.expected] ?? issue.expected}`);
    if (issue.code === 'invalid_value' && issue.values.length > 1) {
      const near = nearestName(String(written), issue.values.map(String));
      const proposal = near === undefined ? '' : `: did you mean ${near}?`;
      return this.error(path, `must be one of ${issue.values.map(String).join(', ')}${proposal}`);
    }
    if (issue.code === 'unrecognized_keys') {
      const [key = ''] = issue.keys;
      const near = nearestName(key, FIELDS);
      const proposal = near === undefined || near === key ? '' : `: did you mean ${near}?`;
      return this.error([...path, key], `there is no field "${key}" here${proposal}`);
    }
    // Of several forms, the one with a message of ours tells most, then the one that came furthest.
    if (issue.code === 'invalid_union') {
      const rank = (one: z.core.$ZodIssue): number => one.path.length + (one.code === 'custom' ? 100 : 0);
      const [best] = issue.errors.flat().sort((one, other) => rank(other) - rank(one));
      if (best !== undefined && rank(best) > 0) return this.issue([{ ...best, path: [...issue.path, ...best.path] }]);
    }
    return this.error(path, issue.message);
  }

  error(path: Path, message: string, hint?: string): DllparityError {
    const [start, end] = this.#range(path);
    return this.#at(start, end - start, message, hint);
  }

  #at(
    offset: number,
    length: number,
    message: string,
    hint = 'Correct the place under the caret; docs/guides/search-order.md describes every field.',
  ): DllparityError {
    const { line, column, excerpt } = pointAt(this.#text, offset, Math.max(1, length));
    return new DllparityError('SCENARIO_SYNTAX', {
      what: message,
      where: { file: this.#file, line, column },
      excerpt,
      hint,
    });
  }

  /** Of the value at a path, of its key where it has one, or of the nearest thing around it that is there. */
  #range(path: Path): [number, number] {
    for (let length = path.length; length > 0; length--) {
      const around = this.document.getIn(path.slice(0, length - 1), true);
      const name = path[length - 1];
      if (isMap(around)) {
        const pair = around.items.find((item) => isScalar(item.key) && item.key.value === name);
        const key: unknown = pair?.key;
        if (isNode(key) && key.range) return [key.range[0], key.range[1]];
      }
      const node: unknown = this.document.getIn(path.slice(0, length), true);
      if (isNode(node) && (node as Node).range) {
        const [start, end] = (node as Node).range ?? [0, 0];
        return [start, end];
      }
    }
    return [0, 1];
  }
}
