import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ResultRecord } from '../protocol/records/result-record.ts';
import { Project } from './project.ts';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const { runtimes } = JSON.parse(readFileSync(join(repository, 'build', 'setup.json'), 'utf8')) as {
  readonly runtimes: readonly { readonly referenceDlls: string }[];
};

let project: Project;
beforeEach(() => {
  project = new Project();
  project.write(
    'suites/late.test.ts',
    `import { expect, library, test } from 'dllparity';
     const threads = library(${JSON.stringify(join(runtimes[0]!.referenceDlls, 'threads.dll'))}, {
       crashLater: 'int crash_later(unsigned milliseconds)',
       slow: 'int slow(int value, unsigned milliseconds)',
       startLater: 'int start_later(int (*callback)(int), int rounds, unsigned pause)',
       endLater: 'int end_later(void)',
     });
     const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
     test('leaves a thread behind that crashes after the test', ({ load }) => {
       expect(load(threads).crashLater(1)).toBe(1);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
     });
     test('comes after it', ({ load }) => {
       expect(load(threads).slow(1, 0)).toBe(1);
     });
     test('takes what it expects', async ({ load, agent }) => {
       load(threads).crashLater(1);
       await wait(150);
       expect(agent.takeLateFaults()).toMatchObject([{ suspects: [{ function: 'threads.dll!crash_later' }, {}] }]);
     });
     test('leaves a thread behind that calls what was passed to one call', async ({ load }) => {
       expect(load(threads).startLater((value) => value + 1, 1, 1)).toBe(1);
       await wait(150);
     });
     test('finds that thread done', ({ load }) => {
       expect(load(threads).endLater()).toBe(0);
     });`,
  );
});
afterEach(() => {
  project.remove();
});

it('fails the test at whose end an agent is found dead, or a callback of one call is wanted, and says by which', async () => {
  const { code, output } = await project.dllparity(['run', 'late']);
  expect(code).toBe(1);
  expect(output).toContain('suspect: threads.dll!crash_later(1): crashed again');
  const lines = readFileSync(project.path('out/results.jsonl'), 'utf8').trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as ResultRecord);
  const tests = records.filter((record) => record.record === 'test');
  expect(tests.map(({ name, state }) => [name, state])).toEqual([
    ['leaves a thread behind that crashes after the test', 'failed'],
    ['comes after it', 'passed'],
    ['takes what it expects', 'passed'],
    ['leaves a thread behind that calls what was passed to one call', 'failed'],
    ['finds that thread done', 'passed'],
  ]);
  expect(tests[0]?.errors.join('\n')).toContain('[LATE_FAULT]');
  expect(tests[3]?.errors.join('\n')).toContain('passed to threads.dll!start_later for one call only');
  expect(project.results().end).toMatchObject({ ok: false, tests: { failed: 2 } });
});
