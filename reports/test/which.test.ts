import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeReport } from '../write-report.ts';
import { layOut } from '../which/layout.ts';
import { whichPage, whichText } from '../index.ts';
import { sampleWhich } from './sample-which.ts';
import { scratch } from './write-sample.ts';

describe('the text', () => {
  test('has the problems first, then a line for each DLL, marked where Wine and Windows differ', () => {
    const lines = whichText(sampleWhich()).split('\n');
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(start));
    expect(at('✕ gone.dll')).toBeGreaterThan(0);
    expect(at('! version.dll')).toBeGreaterThan(at('✕ gone.dll'));
    expect(lines).toContain(
      '    Tried with WINEDLLOVERRIDES=version=n,b: the program starts; version: native, that file.',
    );
    const tree = lines.slice(at('  app.exe'));
    expect(tree[2]).toMatch(
      /^≠ ├─ version\.dll +Z:\\home\\me\\app\\version\.dll · Folder of the program +builtin, under the path of that file$/,
    );
    expect(tree[3]).toMatch(/^ {2}│ {2}├─ KERNEL32\.dll +\(above\)$/);
    expect(tree[4]).toMatch(/^\? │ {2}└─ <img .*\(by a forwarder\) +unknown +not loaded$/);
    expect(tree.join('\n')).toMatch(/^ {2}├─ late\.dll \(when first called\) +Z:.*native, that file$/m);
    expect(tree.join('\n')).toMatch(/^ {2}└─ gone\.dll \(asked for\) +missing +missing$/m);
    expect(lines).toContain(
      String.raw`Loaded by code of a DLL, when it was loaded (DllMain): Z:\home\me\app\inner.dll`,
    );
  });

  test('shows control characters in names as escapes', () => {
    const record = sampleWhich();
    const text = whichText({ ...record, program: { ...record.program, path: 'C:\\a\u001b[2J\u202e.exe' } });
    expect(text).toContain(String.raw`C:\a\u{1b}[2J\u{202e}.exe`);
  });

  test('says so where there is no problem', () => {
    expect(whichText({ ...sampleWhich(), problems: [] })).toContain('\nNo problem found.\n');
  });
});

describe('the page', () => {
  test('takes no name for markup, and allows its own style alone', () => {
    const page = whichPage(sampleWhich());
    expect(page).not.toContain('<img');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;.dll');
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.replaceAll('&#39;', "'")).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(page).not.toContain('<script');
  });
});

describe('the report of a run', () => {
  test('has a section for programs, and refuses what is none', async () => {
    const folder = await scratch();
    const [file, other] = [join(folder, 'which.json'), join(folder, 'other.json')];
    await writeFile(file, JSON.stringify(sampleWhich()));
    await writeFile(other, '{"record":"which","schema":99}');
    const html = join(folder, 'report.html');
    await writeReport({ results: [], which: [file, file], html });
    const page = await readFile(html, 'utf8');
    expect(page.match(/<details class="program"/g)).toHaveLength(2);
    expect(page).toContain('<a href="#programs">');
    expect(page).not.toMatch(/<img/u);
    await expect(writeReport({ results: [], which: [other], html })).rejects.toThrow(/schema 99; this version reads/);
    await expect(writeReport({ results: [], which: [html], html })).rejects.toThrow(/not JSON/);
  });
});

describe('the diagram', () => {
  test('lays every module out once, without overlaps, and what is as it should be in one box', () => {
    const { boxes, lines, width, height } = layOut(sampleWhich());
    expect(boxes.map(({ module, names }) => module?.name ?? names.join())).toEqual([
      'app.exe',
      'version.dll',
      '<img src=x onerror=alert(1)>.dll',
      'late.dll',
      'gone.dll',
      'KERNEL32.dll',
    ]);
    for (const [index, one] of boxes.entries()) {
      expect(one.x + 232).toBeLessThan(width);
      expect(one.y + one.height).toBeLessThan(height);
      for (const other of boxes.slice(index + 1))
        if (other.x === one.x) expect(other.y).toBeGreaterThanOrEqual(one.y + one.height);
    }
    expect(lines.map(({ how }) => how).sort()).toEqual([
      'delay-import',
      'forwarder',
      'import',
      'import',
      'import',
      'import',
      'load',
    ]);
  });

  test('shortens the list of DLLs of Windows, and says how many there are', () => {
    const record = sampleWhich();
    const [program, kernel] = record.modules;
    if (program === undefined || kernel === undefined) throw new Error('the sample is empty');
    const many = Array.from({ length: 60 }, (_, index) => ({
      ...kernel,
      id: index + 1,
      name: `w${String(index)}.dll`,
    }));
    const needs = many.map(({ id }) => ({ module: id, how: 'import' as const, symbols: 1, missingSymbols: [] }));
    const { boxes, lines } = layOut({ ...record, modules: [{ ...program, needs }, ...many] });
    expect(boxes.at(-1)?.names.at(-1)).toBe('and 37 more');
    expect(lines).toHaveLength(1);
  });
});
