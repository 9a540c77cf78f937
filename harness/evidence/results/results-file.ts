import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ResultRecord, noTotals, type SubjectRecord, VERDICTS } from '../../../protocol/records/result-record.ts';
import { fileLinesSync } from '../../base/file-lines.ts';
import { writeError } from './write-error.ts';

/** The name of a results file of this process before it is complete. */
export function unfinishedResults(path: string): string {
  return `${path}.${process.pid.toString()}.tmp`;
}

/** Puts results.jsonl together under a temporary name; `commit` gives it its own. */
export class ResultsFile {
  readonly path: string;
  private readonly temporary: string;
  private readonly fd: number;
  private readonly totals = noTotals();
  private cases = 0;

  constructor(path: string) {
    this.path = path;
    this.temporary = unfinishedResults(path);
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.fd = openSync(this.temporary, 'w');
    } catch (cause) {
      throw writeError('the results', path, cause);
    }
  }

  write(record: ResultRecord): void {
    this.add(`${JSON.stringify(record)}\n`);
  }

  private add(data: string | Uint8Array): void {
    try {
      // All of it or an error: a full disk may take a part.
      writeFileSync(this.fd, data);
    } catch (cause) {
      throw writeError('the results', this.path, cause);
    }
  }

  /** Appends a part as it is, and counts what its first line, the subject, says. */
  append(part: string): SubjectRecord {
    const [head] = fileLinesSync(part);
    const subject = JSON.parse(head?.text ?? '') as SubjectRecord;
    const fd = openSync(part, 'r');
    const chunk = Buffer.alloc(1 << 16);
    for (let count = readSync(fd, chunk); count > 0; count = readSync(fd, chunk)) this.add(chunk.subarray(0, count));
    closeSync(fd);
    rmSync(part);
    this.cases += subject.cases;
    for (const verdict of VERDICTS) this.totals[verdict] += subject.totals[verdict];
    if (subject.problem) this.totals[subject.problem.verdict]++;
    return subject;
  }

  /** Writes the last line and gives the file its name. */
  commit(end: {
    readonly startedAt: number;
    readonly tests: { passed: number; failed: number; skipped: number };
    readonly ok: boolean;
  }): void {
    this.write({
      record: 'end',
      finishedAt: new Date().toISOString(),
      durationMs: Date.now() - end.startedAt,
      cases: this.cases,
      totals: this.totals,
      tests: end.tests,
      ok: end.ok,
    });
    closeSync(this.fd);
    renameSync(this.temporary, this.path);
  }

  /** Leaves no file behind. */
  abandon(): void {
    closeSync(this.fd);
    rmSync(this.temporary, { force: true });
  }
}
