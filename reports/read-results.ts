import type { z } from 'zod';
import { type FileLine, fileLines } from '../harness/base/file-lines.ts';
import { LineTooLong } from '../harness/base/line-splitter.ts';
import { RECORD_SCHEMAS, RESULT_SCHEMA, type ResultRecord } from '../protocol/records/result-record.ts';
import { ReportError } from './report-error.ts';
import { fromSchema1 } from './schema-1.ts';

/** A record and the line it stands in. */
export interface LocatedRecord {
  readonly record: ResultRecord;
  readonly line: number;
}

/**
 * The records of one results file in order, read line by line. Throws `ReportError` for anything that is not such a file.
 * A last line cut off in the middle is left out: together with the missing `end` record it means that the run was interrupted.
 */
export async function* readResults(file: string): AsyncGenerator<LocatedRecord> {
  const subjects = new Set<string>();
  let isOld = false;
  let expectRun = true;
  let ended = false;
  for await (const line of linesOf(file)) {
    if (line.text.trim() === '') continue;
    const where = { file, line: line.number };
    const value = parse(line.text);
    if (value === undefined) {
      if (!line.isComplete && !expectRun) return;
      throw new ReportError(where, `not JSON: ${start(line.text)}`, BROKEN);
    }
    if (expectRun) isOld = isSchema1(value);
    const record = checked(isOld ? fromSchema1(value as Readonly<Record<string, unknown>>) : value, where);
    if (expectRun !== (record.record === 'run')) {
      throw expectRun
        ? new ReportError(where, `begins with a "${record.record}" record, not with "run"`, BROKEN)
        : new ReportError(
            where,
            'a second "run" record',
            'Files of two runs were joined. Pass them to the report one by one.',
          );
    }
    if (ended) throw new ReportError(where, 'a record after "end"', BROKEN);
    if (record.record === 'subject') subjects.add(`${record.subject}\n${record.runtime.id}`);
    if (record.record === 'case' && !subjects.has(`${record.subject}\n${record.runtime}`)) {
      throw new ReportError(
        where,
        `case of ${record.subject} in ${record.runtime}, which no line before it describes`,
        BROKEN,
      );
    }
    expectRun = false;
    ended = record.record === 'end';
    yield { record, line: line.number };
  }
  if (expectRun)
    throw new ReportError(
      { file, line: null },
      'is empty: no run wrote to it',
      'Run the suites again: npm run conformance',
    );
}

const BROKEN = 'Run the suites again to write the file anew. If this happens twice, report it with this line.';

async function* linesOf(file: string): AsyncGenerator<FileLine> {
  let last = 0;
  try {
    for await (const line of fileLines(file)) {
      last = line.number;
      yield line;
    }
  } catch (error) {
    if (error instanceof LineTooLong)
      throw new ReportError({ file, line: last + 1 }, error.message, 'Pass a results.jsonl file.');
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const problem = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    throw new ReportError(
      { file, line: null },
      problem,
      'Run the suites first (npm run conformance), or pass another results file.',
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function checked(value: unknown, where: { file: string; line: number }): ResultRecord {
  const kind = (value as { record?: unknown } | null)?.record;
  if (!isKind(kind)) {
    throw new ReportError(where, `unknown kind of record: ${start(JSON.stringify(kind ?? value))}`, BROKEN);
  }
  const { schema, dllparity } = value as { schema?: unknown; dllparity?: unknown };
  if (kind === 'run' && schema !== RESULT_SCHEMA) {
    throw new ReportError(
      where,
      `schema ${schema === undefined ? 'missing' : start(JSON.stringify(schema))}; this version reads schema 1 and ${String(RESULT_SCHEMA)}`,
      `Write the report with the dllparity that ran the suites (${typeof dllparity === 'string' ? dllparity : 'unknown version'}), or run them again.`,
    );
  }
  // HOT: every line of a run is checked.
  const { error } = RECORD_SCHEMAS[kind].safeParse(value);
  if (error !== undefined) throw new ReportError(where, `"${kind}" record: ${firstIssue(error, value)}`, BROKEN);
  // As it stands: fields that this version does not know stay.
  return value as ResultRecord;
}

function isKind(kind: unknown): kind is keyof typeof RECORD_SCHEMAS {
  return typeof kind === 'string' && Object.hasOwn(RECORD_SCHEMAS, kind);
}

function isSchema1(value: unknown): boolean {
  const line = value as { record?: unknown; schema?: unknown } | null;
  return line?.record === 'run' && line.schema === 1;
}

/** Where the first thing is wrong, what was expected there, and what stands there. */
function firstIssue({ issues: [issue] }: z.ZodError, line: unknown): string {
  let found: unknown = line;
  for (const part of issue?.path ?? []) found = (found as Readonly<Record<PropertyKey, unknown>> | undefined)?.[part];
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`));
  const wanted = (issue?.message ?? 'it has another shape').replace(/^Invalid (?:input|option): /u, '');
  return `${path.join('').replace(/^\./u, '')}: ${wanted}; got ${found === undefined ? 'nothing' : start(JSON.stringify(found))}`;
}

function start(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
