import { readFile } from 'node:fs/promises';
import { WHICH_SCHEMA, type WhichRecord } from '../../protocol/records/which-record.ts';
import { ReportError } from '../report-error.ts';

/** Reads what `dllparity which --json` has written. Throws `ReportError` for anything else. */
export async function readWhich(file: string): Promise<WhichRecord> {
  const where = { file, line: null };
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ReportError(where, `cannot be read (${code})`, 'Name a file that `dllparity which --json` has written.');
  });
  let value: { readonly record?: unknown; readonly schema?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    throw new ReportError(where, 'not JSON', 'Name a file that `dllparity which --json` has written.');
  }
  if (value?.record !== 'which')
    throw new ReportError(where, 'not about a program', 'Name a file that `dllparity which --json` has written.');
  if (value.schema !== WHICH_SCHEMA) {
    const found = value.schema === undefined ? 'missing' : JSON.stringify(value.schema);
    throw new ReportError(
      where,
      `schema ${found}; this version reads schema ${String(WHICH_SCHEMA)}`,
      'Run `dllparity which` again.',
    );
  }
  // Documents of earlier versions say nothing of functions, nor how a DLL is loaded.
  return {
    functions: { runtimes: [], entries: [] },
    loadedAs: null,
    ...(value as Omit<WhichRecord, 'functions' | 'loadedAs'>),
  };
}
