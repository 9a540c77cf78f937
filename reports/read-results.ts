import { RESULT_SCHEMA, type ResultRecord } from '../protocol/records/result-record.ts';
import { readLines } from './read-lines.ts';
import { RECORD_SHAPES } from './record-shape.ts';
import { ReportError } from './report-error.ts';

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
  const suites = new Set<string>();
  const rules = new Set<string>();
  let expectRun = true;
  let ended = false;
  for await (const line of linesOf(file)) {
    if (line.text.trim() === '') continue;
    const where = { file, line: line.number };
    const value = parse(line.text);
    if (value === undefined) {
      if (!line.complete && !expectRun) return;
      throw new ReportError(where, `not JSON: ${start(line.text)}`, BROKEN);
    }
    const record = checked(value, where);
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
    if (record.record === 'scenarios') rules.add(`${record.rule}\n${record.runtime.id}`);
    if (record.record === 'scenario' && !rules.has(`${record.rule}\n${record.runtime}`)) {
      throw new ReportError(
        where,
        `scenario ${record.id} of ${record.rule} in ${record.runtime}, a rule that no line before it describes`,
        BROKEN,
      );
    }
    if (record.record === 'suite') suites.add(`${record.suite}\n${record.runtime.id}`);
    if (record.record === 'case' && !suites.has(`${record.suite}\n${record.runtime}`)) {
      throw new ReportError(
        where,
        `case of suite ${record.suite} in ${record.runtime}, which no line before it describes`,
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

async function* linesOf(file: string): AsyncGenerator<{ number: number; text: string; complete: boolean }> {
  try {
    yield* readLines(file);
  } catch (error) {
    if (error instanceof ReportError) throw error;
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
  const shape = typeof kind === 'string' && Object.hasOwn(RECORD_SHAPES, kind) ? RECORD_SHAPES[kind] : undefined;
  if (shape === undefined) {
    throw new ReportError(where, `unknown kind of record: ${start(JSON.stringify(kind ?? value))}`, BROKEN);
  }
  const { schema, dllparity } = value as { schema?: unknown; dllparity?: unknown };
  if (kind === 'run' && schema !== RESULT_SCHEMA) {
    throw new ReportError(
      where,
      `schema ${schema === undefined ? 'missing' : start(JSON.stringify(schema))}; this version reads schema ${String(RESULT_SCHEMA)}`,
      `Write the report with the dllparity that ran the suites (${typeof dllparity === 'string' ? dllparity : 'unknown version'}), or run them again.`,
    );
  }
  const problem = shape(value, '');
  if (problem !== null) throw new ReportError(where, `"${String(kind)}" record: ${problem}`, BROKEN);
  return value as ResultRecord;
}

function start(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
