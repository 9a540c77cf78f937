import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ResultRecord, noTotals, type SubjectRecord, VERDICTS } from '../../../protocol/records/result-record.ts';
import { fileLinesSync } from '../../base/file-lines.ts';
import { GrowingFile } from '../../base/growing-file.ts';
import { makeFolders } from '../../base/make-folders.ts';
import { writeError } from './write-error.ts';

/** Puts results.jsonl together. */
export class ResultsFile {
  readonly path: string;
  private readonly file: GrowingFile;
  private readonly totals = noTotals();
  private cases = 0;

  constructor(path: string) {
    this.path = path;
    try {
      makeFolders(dirname(path));
      this.file = new GrowingFile(path);
    } catch (cause) {
      throw writeError('the results', path, cause);
    }
  }

  write(record: ResultRecord): void {
    this.add(`${JSON.stringify(record)}\n`);
  }

  private add(data: string | Uint8Array): void {
    try {
      this.file.write(data);
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
    this.file.commit();
  }

  /** Leaves no file behind. */
  abandon(): void {
    this.file.abandon();
  }
}
