import { expect, test } from 'vitest';
import type { ResultRecord, SandboxRecord } from '../../protocol/records/result-record.ts';
import { confinementOf } from '../confinement.ts';
import { readCompatibility } from '../compatibility.ts';
import { summarise } from '../text/summary.ts';
import { writeReport } from '../write-report.ts';
import { match, suite, wholeRun } from './sample-records.ts';
import { scratch, written } from './write-sample.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const NONE: SandboxRecord = { state: 'off', reason: 'bubblewrap (bwrap) is not installed', clone: 'copy', limits: {} };

/** Records of a function that ran with this around it; `undefined` says nothing, as earlier versions did. */
function ran(name: string, sandbox?: SandboxRecord | null): ResultRecord[] {
  return suite(name, [match('a')]).map((record) => {
    if (record.record !== 'subject' || sandbox === undefined) return record;
    if (sandbox !== null) return { ...record, runtime: { ...record.runtime, sandbox } };
    const silent = JSON.parse(JSON.stringify({ ...record.runtime, sandbox: undefined })) as typeof record.runtime;
    return { ...record, runtime: silent };
  });
}

async function results(...records: ResultRecord[][]): Promise<string> {
  return written(wholeRun(records.flat(), true));
}

test('says what was in force, and which limits', async () => {
  const model = await readCompatibility([await results(ran('sin'))]);
  const text = 'no network, at most 4 GiB of memory, 500 processes and 512 MiB of files';
  expect(confinementOf(model, 'wine-8.0-x64')).toEqual({ text, confined: true });
  expect(summarise(model)).toContain(`sandbox of wine-8.0-x64: ${text}`);
});

test('says why there was none, and for how many functions', async () => {
  const model = await readCompatibility([await results(ran('sin'), ran('cos', NONE))]);
  const text = 'none for 1 of 2 functions: bubblewrap (bwrap) is not installed';
  expect(confinementOf(model, 'wine-8.0-x64')).toEqual({ text, confined: false });
});

test('does not guess where a file of an earlier version says nothing', async () => {
  const model = await readCompatibility([await results(ran('sin', null))]);
  expect(confinementOf(model, 'wine-8.0-x64')).toBeNull();
  expect(summarise(model)).not.toContain('sandbox');
});

test('is shown in the report', async () => {
  const html = join(await scratch(), 'report.html');
  await writeReport({ results: [await results(ran('sin', NONE))], html });
  expect(await readFile(html, 'utf8')).toContain('none: bubblewrap (bwrap) is not installed');
});
