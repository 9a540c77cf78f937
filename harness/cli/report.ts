import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { summarise, writeReport } from '../../reports/index.ts';
import { loadConfig } from '../config/load-config.ts';

export interface ReportOptions {
  readonly html?: string;
  readonly markdown?: string;
  readonly junit?: string;
  /** Files of `dllparity which --json`. */
  readonly which?: string | string[];
}

/** Writes the views of results that exist already. */
export async function report(
  results: readonly string[],
  { html, markdown, junit, which }: ReportOptions,
): Promise<number> {
  const { config } = await loadConfig();
  const page = html ?? join(config.outDir, 'report.html');
  const own = relative(process.cwd(), join(config.outDir, 'results.jsonl'));
  const programs = which === undefined ? [] : [which].flat();
  // A page about programs needs no run beside it.
  const files = results.length > 0 ? results : programs.length > 0 && !existsSync(own) ? [] : [own];
  const { compatibility } = await writeReport({
    results: files,
    html: page,
    which: programs,
    ...(markdown === undefined ? {} : { markdown }),
    ...(junit === undefined ? {} : { junit }),
  });
  process.stdout.write(summarise(compatibility, { report: relative(process.cwd(), page), stream: process.stdout }));
  return 0;
}
