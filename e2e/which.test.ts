import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WhichRecord } from '../protocol/records/which-record.ts';
import { abandonedMemory, Project } from './project.ts';

const MINGW = 'x86_64-w64-mingw32';

let project: Project;
beforeEach(() => {
  project = new Project();
  writeFileSync(project.path('two.c'), 'int one(void) { return 1; }');
  writeFileSync(project.path('app.c'), 'int one(void); int main(void) { return one() - 1; }');
  build('version.dll', '-shared', 'two.c');
  build('app.exe', 'app.c', 'version.dll');
});
afterEach(async () => {
  project.remove();
  expect(await abandonedMemory()).toEqual([]);
});

function build(output: string, ...args: readonly string[]): void {
  execFileSync(`${MINGW}-gcc`, ['-s', '-o', output, ...args], { cwd: project.folder });
}

describe('dllparity which', () => {
  it('explains a program whose DLL Wine replaces by its own, and writes document and page', async () => {
    const { code, output } = await project.dllparity([
      'which',
      'app.exe',
      '--json',
      'which.json',
      '--html',
      'which.html',
    ]);
    expect(code, output).toBe(0);
    expect(output).toMatch(
      /! version\.dll: Wine takes its own builtin in place of Z:\\.*\\version\.dll\. Needed by app\.exe\./,
    );
    expect(output).toContain('WINEDLLOVERRIDES=version=n,b changes that.');
    expect(output).toContain(
      'Tried with WINEDLLOVERRIDES=version=n,b: the program starts; version: native, that file.',
    );
    expect(output).toMatch(
      /^≠ └─ version\.dll +Z:\\.*version\.dll · Folder of the program +builtin, under the path of that file$/m,
    );
    expect(output).toMatch(
      /^\d+ functions of Wine's own DLLs imported: \d+ are implemented in wine-.*\.\n {2}version\.dll\n {4}one: missing in wine-/m,
    );
    expect(output).not.toMatch(/ERROR|WARN/);
    const record = JSON.parse(project.read('which.json')) as WhichRecord;
    expect(record).toMatchObject({
      record: 'which',
      schema: 1,
      run: { state: 'started' },
      retry: { overrides: 'version=n,b' },
    });
    const page = project.read('which.html');
    expect(page).toContain('<svg role="img"');
    expect(page).toContain('version.dll: Wine takes its own builtin');
  });

  it('fails where a DLL is missing, and names it', async () => {
    const { code, output } = await project.dllparity(['which', 'app.exe', 'plugin.dll']);
    expect(code).toBe(1);
    expect(output).toContain('✕ plugin.dll is missing: no folder that Windows searches has it.');
  });

  it.each([
    [['which', 'none.exe'], 'it does not exist [PROGRAM_UNREADABLE]'],
    [['which', 'version.dll'], 'it is a DLL [PROGRAM_UNREADABLE]'],
    [['which', 'app.exe', '--cwd', 'none'], '[PATH_NOT_VISIBLE]'],
    [['which', 'app.exe', '--runtime', 'wine-1.0-x64'], '[RUNTIME_NOT_INSTALLED]'],
    [['which', 'app.exe', '--json', '/proc/which.json'], '[RESULTS_WRITE]'],
  ])('refuses %j in words', async (args, words) => {
    const { code, output } = await project.dllparity(args);
    expect(code).toBe(70);
    expect(output).toContain(words);
    expect(output).not.toMatch(/^ {4}at .*\.ts/m);
  });
});
