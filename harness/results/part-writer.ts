import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ResultRecord } from '../../protocol/result-record.ts';

const FLUSH_CHARACTERS = 1 << 16;

/**
 * Writes the records of one suite to a file of their own, which the main process appends to results.jsonl: they would not
 * fit through the channel between vitest's processes. The file gets its name when it is complete.
 */
export function writePart(folder: string, name: string, records: Iterable<ResultRecord>): string {
  mkdirSync(folder, { recursive: true });
  const final = join(folder, `${name.replaceAll(/[^\w.-]/g, '_')}.${process.pid.toString()}.jsonl`);
  const temporary = `${final}.tmp`;
  const fd = openSync(temporary, 'w');
  let text = '';
  for (const record of records) {
    text += `${JSON.stringify(record)}\n`;
    if (text.length > FLUSH_CHARACTERS) {
      writeSync(fd, text);
      text = '';
    }
  }
  writeSync(fd, text);
  closeSync(fd);
  renameSync(temporary, final);
  return final;
}
