// Differential runs as a user makes them: Microsoft's DLL and Wine's, in one runtime.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { abandonedMemory, bin, installation, Project, runtimes } from './project.ts';

const genuine = join(installation.oracles, 'edge-5.9.2', 'x64', 'msvcr120.dll');
const [runtime = ''] = runtimes;
const BETWEEN = ['--between', `${runtime}:native`, runtime];

const ORACLE = `oracle: microsoftDll({
  source: 'npm:edge@5.9.2',
  file: 'edge-5.9.2/x64/msvcr120.dll',
  fileVersion: '12.0.21005.1',
  sha256: 'ad32240bb1de55c3f5fcac8789f583a17057f9d14914c538c2a7a5ad346b341c',
})`;

/** Few inputs, so that a run is over when all were tried; of exp's, Wine does one otherwise. */
const SUITES = `
import { conformance, fc, library, microsoftDll } from 'dllparity';
const crt = library('msvcr120.dll', { exp: 'double exp(double x)', abs: 'int abs(int n)' }, { errno: '_errno', ${ORACLE} });
conformance('exp', crt.exp, { args: fc.tuple(fc.constantFrom(0, 1, NaN)) });
conformance('abs', crt.abs, { args: fc.tuple(fc.constantFrom(-1, 0, 1)) });
`;
const LINE = 'suites/corpus/msvcr120.dll/exp.jsonl';

let project: Project;
beforeAll(() => {
  project = new Project();
  rmSync(project.path(project.suite));
  project.write('suites/few.test.ts', SUITES);
});
afterAll(() => project.remove());

interface Line {
  readonly id: string;
  readonly inputs: readonly unknown[];
  readonly expected: { readonly side: string; readonly outcome: unknown };
  readonly seen: Readonly<Record<string, { readonly outcome: unknown }>>;
  readonly c: { readonly shown: boolean; readonly file: string };
}

const lines = (): Line[] =>
  project
    .read(LINE)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

describe.skipIf(!existsSync(genuine))('a differential run', () => {
  it('finds what differs, keeps it, and has a program in C show it', async () => {
    const { code, output } = await project.dllparity(['diff', 'few', ...BETWEEN, '--time', '60s', '--json', 'diff.json']);
    expect(code, output).toBe(1);
    const [line, ...others] = lines();
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      inputs: ['nan'],
      expected: { side: `${runtime}:native`, outcome: { kind: 'returned', fields: { result: 'nan', errno: 33 } } },
      seen: { [runtime]: { outcome: { kind: 'returned', fields: { result: 'nan' } } } },
      c: { shown: true, file: `exp-${line!.id}.c` },
    });
    expect(output).toContain(`cause ${line!.id}  msvcr120.dll/exp`);
    expect(output).toContain('1 new causes, 1 of them shown by a program in C');
    expect(output).toContain("import { bootAgent, library } from 'dllparity/agent';");
    expect(project.read(`suites/corpus/msvcr120.dll/${line!.c.file}`)).toContain('result = function(NAN);');
    expect(JSON.parse(project.read('diff.json'))).toMatchObject({ causes: [{ id: line!.id }], gone: [] });
  }); // prettier-ignore

  it('has nothing new when it is made again', async () => {
    const { code, output } = await project.dllparity(['diff', 'msvcr120.dll/exp', ...BETWEEN, '--time', '30s']);
    expect(code, output).toBe(0);
    expect(output).toContain('0 new causes, 0 of them shown by a program in C; 1 of the corpus are there, 0 gone.');
    expect(lines()).toHaveLength(1);
  });

  it('is listed, and is reported with what each runtime does', async () => {
    const [line] = lines();
    const list = await project.dllparity(['divergences', '--runtime', runtime]);
    expect(list.output).toContain(`suites/corpus/msvcr120.dll/exp-${line!.id}.c`);
    expect(list.output).toContain(`1 causes on ${runtime} in 1 suites`);
    const { code, output } = await project.dllparity(['bug', `msvcr120.dll/exp#${line!.id}`]);
    expect(code, output).toBe(0);
    expect(output).toMatch(/^# msvcr120\.dll: exp differs from Windows/);
    expect(output).toContain('- `x` (`double`) = `nan`');
    expect(output).toContain('version 12.0.21005.1, SHA-256 ad32240b');
    expect(output).toContain('Microsoft\'s DLL in ' + runtime + ':\n\n```text\nresult = nan (0x7ff8000000000000)\nerrno = 33\n```'); // prettier-ignore
  });

  it('that looks for crashes alone finds none here', async () => {
    const { code, output } = await project.dllparity(['diff', 'few', ...BETWEEN, '--time', '30s', '--fuzz']);
    expect(code, output).toBe(0);
    expect(output).toContain('0 new crashes');
  });

  it('that is interrupted leaves no process and no half file', async () => {
    project.write('suites/few.test.ts', SUITES.replace('fc.tuple(fc.constantFrom(0, 1, NaN))', '[fc.double()]'));
    rmSync(project.path('suites/corpus'), { recursive: true });
    const child = spawn(process.execPath, [bin, 'diff', 'few', ...BETWEEN, '--time', '10m'], { cwd: project.folder, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1' } });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    await expect.poll(() => existsSync(project.path(LINE)), { timeout: 60_000 }).toBe(true);
    child.kill('SIGINT');
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(130);
    expect(output).toMatch(/\d+ new causes/);
    expect(lines().length).toBeGreaterThan(0);
    expect(readdirSync(project.path('suites/corpus/msvcr120.dll')).filter((name) => !/\.(jsonl|c)$/.test(name))).toEqual([]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`dllparity-diff-${(child.pid ?? 0).toString()}-`))).toEqual([]);
    expect(await abandonedMemory()).toEqual([]);
  }); // prettier-ignore
});

describe('a differential run is refused', () => {
  it('where the sides are no pair, and where there are no such suites', async () => {
    const same = await project.dllparity(['diff', 'few', '--between', runtime, runtime]);
    expect(same.code).toBe(70);
    expect(same.output).toContain('both sides are the same [ARGUMENT_TYPE]');
    const none = await project.dllparity(['diff', 'msvcr120.dll/none', ...BETWEEN]);
    expect(none.code).toBe(70);
    expect(none.output).toContain('there is no suite msvcr120.dll/none [NO_SUITES]');
  });
});
