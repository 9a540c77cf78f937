import { join } from 'node:path';
import type { ResultRecord } from '../../../protocol/records/result-record.ts';
import { GrowingFile } from '../../base/growing-file.ts';
import { writeError } from './write-error.ts';

const FLUSH_CHARACTERS = 1 << 16;

/** A suite may be run on several runtimes, by one process. */
let written = 0;

/**
 * Writes the records of one suite to a file of their own, which the main process appends to results.jsonl: they would not
 * fit through the channel between vitest's processes. The file gets its name when it is complete. Whoever asked for results has made
 * the folder, and removes it.
 */
export function writePart(folder: string, name: string, records: Iterable<ResultRecord>): string {
  const final = join(
    folder,
    `${name.replaceAll(/[^\w.-]/g, '_')}.${process.pid.toString()}-${(written++).toString()}.jsonl`,
  );
  let file: GrowingFile | undefined;
  try {
    file = new GrowingFile(final);
    writeAll(file, records);
    file.commit();
    return final;
  } catch (cause) {
    file?.abandon();
    throw writeError('the results', final, cause);
  }
}

function writeAll(file: GrowingFile, records: Iterable<ResultRecord>): void {
  let text = '';
  for (const record of records) {
    text += `${JSON.stringify(record)}\n`;
    if (text.length > FLUSH_CHARACTERS) {
      file.write(text);
      text = '';
    }
  }
  file.write(text);
}
