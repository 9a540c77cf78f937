import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { webAddress } from '../html/function-cases.ts';
import type { FunctionCases } from '../html/payload.ts';
import { writeReport } from '../write-report.ts';
import { match, suite, wholeRun } from './sample-records.ts';
import { sampleRun } from './sample-run.ts';
import { scratch, written } from './write-sample.ts';
import { hostileRun } from './hostile-run.ts';

async function page(text: string): Promise<string> {
  const html = join(await scratch(), 'out', 'report.html');
  await writeReport({ results: [await written(text)], html });
  expect(await readdir(join(html, '..'))).toEqual(['report.html']);
  return readFile(html, 'utf8');
}

test('the policy allows the inline style and script by their hashes, and nothing else', async () => {
  const html = await page(wholeRun(sampleRun(), false));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1]?.replaceAll('&#39;', "'");
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const style = /<style>(.*?)<\/style>/su.exec(html)?.[1] ?? '';
  const script = /<script>(.*?)<\/script>/su.exec(html)?.[1] ?? '';
  expect(script.length).toBeGreaterThan(10_000);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`style-src ${hash(style)};`);
  expect(policy).toContain(`script-src ${hash(script)};`);
  expect(html).not.toMatch(/ (?:style|on[a-z]+)=/u);
  expect(html).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/u);
  expect(html).not.toMatch(/<(?:script|link|img|iframe)[^>]* (?:src|href)="(?!data:,")/u);
});

test('hostile names are text, with every invisible character shown', async () => {
  const html = await page(hostileRun());
  expect(html.match(/<script/gu)).toHaveLength(3);
  expect(html).not.toMatch(/<img|<b>bold|\u202e|\u0000|javascript:alert\(1\)"/u);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\\u{202e}\\u{0}');
  const packed = /id="cases-0">([^<]*)</u.exec(html)?.[1] ?? '';
  const cases = JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()) as FunctionCases;
  const text = JSON.stringify(cases);
  expect(text).not.toMatch(/\u202e|\\u0000|\u200b/u);
  expect(text).toMatch(/y{10000}/u);
});

test('a declared cause is named, with the numbers of all its functions', async () => {
  const known = { cause: 'rounds-up', reason: 'why', bug: 'none', wine: '8', file: 'known.yaml', line: 3 };
  const records = [
    ...suite('sin', [match('1')], { known: [{ ...known, cases: 30 }] }),
    ...suite('cos', [match('1')], { known: [{ ...known, cases: 12, found: 9 }] }),
    ...suite('tan', [match('1')], { known: [{ ...known, cases: 0 }] }),
  ];
  const html = await page(wholeRun(records, false));
  expect(html).toContain('<code>rounds-up</code> why</th>');
  expect(html).toContain('data-label="Declared"><div>42</div></td>');
  expect(/data-label="Functions">(.*?)<\/td>/su.exec(html)?.[1]).not.toContain('tan');
  expect(html).toContain('the declared cause rounds-up (known.yaml:3) says 12 cases and covers 9');
});

test('only web addresses become links', () => {
  expect(webAddress('https://bugs.winehq.org/show_bug.cgi?id=1')).toBe('https://bugs.winehq.org/show_bug.cgi?id=1');
  for (const text of ['javascript:alert(1)', 'none', ' https://x', 'data:text/html,x', 'https://['])
    expect(webAddress(text)).toBeNull();
});

test('what was not recorded is said to be unknown', async () => {
  const base = suite('sin', [match('a')]);
  const records = base.map((record) =>
    record.record === 'subject' && record.baseline !== null
      ? {
          ...record,
          runtime: { ...record.runtime, reportsWindows: '' },
          baseline: {
            ...record.baseline,
            provenance: { ...record.baseline.provenance, sha256: '', cpu: { model: '', features: [] } },
          },
        }
      : record,
  );
  const html = await page(wholeRun(records, true));
  expect(html).toContain('<dt>Reports Windows</dt><dd>unknown</dd>');
  expect(html).toContain('<code class="hash">unknown</code>');
  expect(html).toContain('Whether this run had the same instruction sets is unknown.');
});

test('what the DLL asked the system, and what is left out for it, stands with the provenance', async () => {
  const told = (more: object) =>
    page(
      wholeRun(
        suite('sin', [match('a')]).map((record) =>
          record.record === 'subject' && record.baseline !== null
            ? { ...record, baseline: { ...record.baseline, provenance: { ...record.baseline.provenance, ...more } } }
            : record,
        ),
        true,
      ),
    );
  expect(await told({})).toContain('unknown: nobody has looked when this was recorded');
  expect(await told({ systemCalls: [] })).toContain('<dt>Asked the system</dt><dd>nothing</dd>');
  const html = await told({
    systemCalls: ['KERNEL32.dll!HeapAlloc'],
    askedWhileLoading: ['KERNEL32.dll!IsProcessorFeaturePresent'],
    withheld: { cases: 3, asked: ['KERNEL32.dll!GetACP'] },
  });
  expect(html).toContain('only for what decides no outcome: <span class="features">KERNEL32.dll!HeapAlloc</span>');
  expect(html).toContain('3 cases of 1 function are left out, in which Wine would have answered');
  expect(html).toMatch(/While it was loaded.*KERNEL32\.dll!IsProcessorFeaturePresent/u);
});

test('another processor than that of the recording is pointed out', async () => {
  const records = suite('sin', [match('a')]).map((record) =>
    record.record === 'subject' && record.baseline !== null
      ? {
          ...record,
          baseline: {
            ...record.baseline,
            provenance: { ...record.baseline.provenance, cpu: { model: 'Old CPU', features: ['sse2'] } },
          },
        }
      : record,
  );
  expect(await page(wholeRun(records, true))).toMatch(/only in this run: sse4_2 avx avx2 fma/u);
});
