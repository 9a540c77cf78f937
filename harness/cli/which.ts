import { delimiter } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { DllparityError } from '../base/errors.ts';
import { examine } from '../loader/which/examine.ts';
import { whichPage, whichText } from '../../reports/index.ts';

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
  if (json !== undefined) write('the document', json, `${JSON.stringify(record, null, 2)}\n`);
  if (html !== undefined) write('the page', html, whichPage(record));
  return record.problems.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function write(what: string, file: string, text: string): void {
  try {
    writeFileAtomic.sync(file, text);
  } catch (cause) {
    throw new DllparityError('RESULTS_WRITE', {
      what: `${what} cannot be written`,
      where: { file },
      hint: 'Choose a file in a folder that can be written.',
      cause,
    });
  }
}
