import { delimiter } from 'node:path';
import { examine } from '../loader/which/examine.ts';
import { whichPage, whichText } from '../../reports/index.ts';
import { writeDocument, writeJson } from './write-document.ts';

export interface WhichOptions {
  readonly as?: string;
  readonly cwd?: string;
  readonly path?: string;
  readonly runtime?: string;
  readonly json?: string;
  readonly html?: string;
}

/** Explains where a program gets its DLLs from. Fails when it would not start, here or on Windows. */
export async function which(program: string, asked: string | undefined, options: WhichOptions): Promise<number> {
  const { as, cwd, path, runtime, json, html } = options;
  const folders = path?.split(delimiter).filter((folder) => folder !== '');
  const record = await examine({ program, asked, as, cwd, path: folders, runtime });
  process.stdout.write(whichText(record));
  if (json !== undefined) writeJson('the document', json, record);
  if (html !== undefined) writeDocument('the page', html, whichPage(record));
  return record.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}
