import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { writeReport } from '../write-report.ts';
import { scaleLines } from './scale-run.ts';
import { scratch } from './write-sample.ts';

test('100,000 cases, 10,000 of them divergent, make a page below 5 MB', { timeout: 60_000 }, async () => {
  const folder = await scratch();
  const results = join(folder, 'results.jsonl');
  await pipeline(Readable.from(scaleLines()), createWriteStream(results));
  const started = performance.now();
  const { bytes, compatibility } = await writeReport({ results: [results], html: join(folder, 'report.html') });
  expect(compatibility.totals.match + compatibility.totals['known-divergence']).toBe(100_000);
  expect(compatibility.totals['known-divergence']).toBe(10_000);
  expect(bytes).toBeLessThan(5_000_000);
  expect(performance.now() - started).toBeLessThan(30_000);
});
