import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { abandonedMemory, Project, repository, runtimes } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
});
afterEach(async () => {
  project.remove();
  expect(await abandonedMemory()).toEqual([]);
});

const TOUPPER = 'suites/baselines/example-toupper.yaml';

describe('dllparity run', () => {
  it('passes where Wine does as Microsoft does, known divergences aside, and leaves results and report', async () => {
    const { code, output } = await project.dllparity(['run']);
    expect(code, output).toBe(0);
    expect(output).toMatch(/known.divergence/i);
    const results = project.results();
    expect(results.end).toMatchObject({ ok: true, tests: { failed: 0 } });
    expect(results.suite('example-toupper')).toMatchObject({ cases: 257, totals: { match: 257 }, problem: null });
    expect(results.cases('example-toupper')).toHaveLength(257);
    expect(results.suite('example-sin')?.totals['known-divergence']).toBeGreaterThan(0);
    expect(project.read('out/report.html')).toContain('example-toupper');
  });

  it('fails on a divergence that nobody declared, shows it, and prints the command that replays it', async () => {
    rmSync(project.path('suites/known-divergences.yaml'));
    const { code, output } = await project.dllparity(['run', 'letters']);
    expect(code).toBe(1);
    expect(output).toContain('divergence 0a4ed476');
    expect(output).toContain('result differs by 1 ulp');
    expect(output).toContain('npx dllparity replay msvcr120.dll/example-sin#0a4ed476 --runtime wine-8.0-x64');
    expect(project.results().end).toMatchObject({ ok: false, totals: { divergence: expect.any(Number) } });

    const replayed = await project.dllparity([
      'replay',
      'msvcr120.dll/example-sin#0a4ed476',
      '--runtime',
      'wine-8.0-x64',
    ]);
    expect(replayed.code).toBe(1);
    expect(replayed.output).toContain('result differs by 1 ulp');
    expect(replayed.output).not.toContain('example-toupper:');
  });

  it('fails on a known divergence that is gone, and says how to accept that', async () => {
    const id = /"id":"([0-9a-f]{8})","in":\[65\]/.exec(project.read(TOUPPER))?.[1] ?? '';
    const known = project.read('suites/known-divergences.yaml');
    project.write('suites/known-divergences.yaml', `${known}- suite: msvcr120.dll/example-toupper\n  reason: none really\n  bug: none\n  wine: '>=1.0'\n  difference: anything\n  cases: ${id}\n`); // prettier-ignore
    const { code, output } = await project.dllparity(['run']);
    expect(code).toBe(1);
    expect(output).toContain(`unexpected-match ${id}`);
    expect(output).toContain('npx dllparity known --accept');
  });
});

describe('dllparity run --runtimes', () => {
  it.skipIf(runtimes.length < 2)('runs on each, and writes one results file and one report', async () => {
    const [one = '', two = ''] = runtimes;
    const { output } = await project.dllparity(['run', '--runtimes', `${two},${one}`], { DLLPARITY_RUNTIME: one });
    const results = project.results();
    const suites = results.suites('example-toupper');
    expect(suites.map(({ runtime }) => runtime.id).sort(), output).toEqual([one, two].sort());
    for (const suite of suites) expect(suite).toMatchObject({ cases: 257, totals: { match: 257 }, problem: null });
    expect(results.cases('example-toupper').filter(({ runtime }) => runtime === two)).toHaveLength(257);
    const report = project.read('out/report.html');
    for (const id of [one, two]) {
      expect(output).toContain(` under ${id} `);
      expect(report).toContain(id);
    }
  });

  it('refuses one that is not installed before anything runs', async () => {
    const { code, output } = await project.dllparity(['run', '--runtimes', 'wine-1.0-x64']);
    expect(code).not.toBe(0);
    expect(output).toContain('the runtime wine-1.0-x64 is not installed [RUNTIME_NOT_INSTALLED]');
    expect(project.hasResults()).toBe(false);
  });
});

describe('runtimeProjects', () => {
  it('makes a project of vitest for each runtime, and all results stand in one file', async () => {
    const from = (path: string): string => JSON.stringify(join(repository, path));
    project.write(
      'vitest.config.ts',
      `import { defineConfig } from 'vitest/config';
       import { dllparity, runtimeProjects } from ${from('harness/config.ts')};
       const resolve = { alias: { dllparity: ${from('harness/index.ts')} } };
       export default defineConfig({
         test: {
           maxWorkers: 1,
           projects: runtimeProjects(({ id }) => ({
             resolve,
             plugins: [dllparity()],
             test: { include: ['suites/*.test.ts', \`only/\${id}/*.test.ts\`] },
           })),
         },
       });`,
    );
    const last = runtimes.at(-1) ?? '';
    mkdirSync(project.path(`only/${last}`), { recursive: true });
    project.write(
      `only/${last}/one.test.ts`,
      `import { expect, test } from 'dllparity';
       test('is run on one runtime', ({ agent }) => expect(agent.runtime).toBe(${JSON.stringify(last)}));`,
    );
    const { output } = await project.dllparity(['run']);
    const results = project.results();
    expect(results.suites('example-toupper').map(({ runtime }) => runtime.id).sort(), output).toEqual([...runtimes].sort()); // prettier-ignore
    const tests = project
      .read('out/results.jsonl')
      .split('\n')
      .filter((line) => line.includes('is run on one runtime'));
    expect(tests.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ state: 'passed' }]);
  });
});

describe('a baseline', () => {
  it('that is missing fails nothing when the run is not strict, and is listed', async () => {
    rmSync(project.path(TOUPPER));
    const { code, output } = await project.dllparity(['run', '--no-strict']);
    expect(code, output).toBe(0);
    expect(output).toMatch(
      /note: msvcr120\.dll\/example-toupper in wine-8\.0-x64: there is no baseline to compare with \[BASELINE_MISSING\]$/m,
    );
    const results = project.results();
    expect(results.end).toMatchObject({ ok: true, tests: { failed: 0 } });
    expect(results.suite('example-toupper')?.problem).toMatchObject({ verdict: 'baseline-missing' });
  });

  it('that is changed, missing or of another declaration fails the run with file and line, and the others are compared', async () => {
    const line = project.edit(TOUPPER, '"in":[10],"out":{"result":10}', '"in":[10],"out":{"result":11}');
    project.edit('suites/baselines/example-strupr.yaml', 'host: wine-8.0-x64', 'host: wine-9.0-x64');
    rmSync(project.path('suites/baselines/example-strspn.yaml'));
    project.edit(project.suite, "'double sin(double x)'", "'double sin(double angle)'");
    const { code, output } = await project.dllparity(['run']);
    expect(code).toBe(1);

    expect(output).toContain(`example-toupper.yaml:${line.toString()}`);
    expect(output).toMatch(/case [0-9a-f]{8} was changed after the recording: its checksum does not fit \[BASELINE_ALTERED\]/);
    expect(output).toMatch(/example-strupr\.yaml:\d+/);
    expect(output).toContain('the head was changed after the recording: its digest does not fit [BASELINE_ALTERED]');
    expect(output).toContain('there is no baseline to compare with [BASELINE_MISSING]');
    expect(output).toContain('npm run record');
    expect(output).toMatch(/example-sin\.yaml:5\b/);
    expect(output).toContain('the suite: double sin(double angle)');

    const results = project.results();
    const verdicts = ['toupper', 'strupr', 'strspn', 'sin'].map((name) => results.suite(`example-${name}`)?.problem?.verdict);
    expect(verdicts).toEqual(['harness-error', 'harness-error', 'baseline-missing', 'baseline-stale']);
    expect(results.suite('example-strtok')).toMatchObject({ totals: { match: 50 }, problem: null });
    expect(results.end?.ok).toBe(false);
  }); // prettier-ignore

  it('of another version of the DLL is stale, with file and line', async () => {
    const line = project.read(TOUPPER).split('\n').indexOf('  fileVersion: 12.0.21005.1') + 1;
    project.edit(project.suite, "fileVersion: '12.0.21005.1'", "fileVersion: '12.0.40664.0'");
    const { code, output } = await project.dllparity(['run']);
    expect(code).toBe(1);
    expect(output).toContain('BASELINE_STALE');
    expect(output).toContain(`example-toupper.yaml:${line.toString()}`);
    expect(output).toContain('recorded: 12.0.21005.1');
    expect(project.results().suite('example-toupper')?.problem?.verdict).toBe('baseline-stale');
  });
});

describe('trouble', () => {
  it('without Wine is an error that names the path', async () => {
    const { code, output } = await project.dllparity(['run'], { DLLPARITY_WINE: '/no/wine/here' });
    expect(code).not.toBe(0);
    expect(output).toContain('WINE_NOT_FOUND');
    expect(output).toContain('/no/wine/here');
  });

  it('of a worker that crashes fails the run, and its results say so', async () => {
    project.write(
      'suites/crash.test.ts',
      `import { test } from 'dllparity';
       test('crashes', ({ agent }) => { process.kill(process.pid, 'SIGSEGV'); });`,
    );
    const { code } = await project.dllparity(['run', 'crash']);
    expect(code).not.toBe(0);
    expect(project.results().end?.ok).toBe(false);
  });

  it('with a command that does not exist is said with the usage', async () => {
    const { code, output } = await project.dllparity(['rnu']);
    expect(code).toBe(64);
    expect(output).toContain('there is no command "rnu"');
    expect(existsSync(project.path('out'))).toBe(false);
  });
});
