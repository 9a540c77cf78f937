import { join, relative } from 'node:path';
import { summarise, writeReport } from '../../reports/index.ts';
import { loadConfig } from '../config/load-config.ts';

/** Writes the views of results that exist already. */
export async function report(
  results: readonly string[],
  { html, markdown, junit }: { html?: string; markdown?: string; junit?: string },
): Promise<number> {
  const { config } = await loadConfig();
  const page = html ?? join(config.outDir, 'report.html');
  const files = results.length > 0 ? results : [relative(process.cwd(), join(config.outDir, 'results.jsonl'))];
  const { compatibility } = await writeReport({
    results: files,
    html: page,
    ...(markdown === undefined ? {} : { markdown }),
    ...(junit === undefined ? {} : { junit }),
  });
  process.stdout.write(summarise(compatibility, { report: relative(process.cwd(), page), stream: process.stdout }));
  return 0;
}
