// Agents in threads of one program: each thread boots its own.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'dllparity';
import { isRunning, processesOf, runningAfter, tracesOf } from './processes.ts';
import type { ThreadReport } from './thread-program.ts';

const program = new URL('thread-program.ts', import.meta.url).href;
// A worker of Node 20 does not read TypeScript by the loader of the thread that has started it.
const START = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(program)}); });`;

async function reportOf(worker: Worker): Promise<ThreadReport> {
  const [report] = (await once(worker, 'message')) as [ThreadReport];
  return report;
}

async function run(number: number): Promise<ThreadReport & { readonly code: number; readonly said: string }> {
  const worker = new Worker(START, { eval: true, workerData: { number, close: true }, stderr: true });
  let said = '';
  worker.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [report, [code]] = (await Promise.all([reportOf(worker), once(worker, 'exit')])) as [ThreadReport, [number]];
  return { ...report, code, said };
}

describe('worker threads', () => {
  test('four of them make a thousand calls each, and end with nothing left', async () => {
    const before = tracesOf(process.pid);
    const numbers = [0, 1, 2, 3];
    const reports = await Promise.all(numbers.map(run));
    expect(reports).toMatchObject(
      numbers.map((number) => ({
        code: 0,
        sum: 499_500 + 1000 * number,
        counted: reports[0]!.counted,
        later: number + 1,
        generation: 1,
      })),
    );
    expect(reports[0]!.counted).toBeGreaterThan(0);
    // Node warns of a descriptor that a thread closes and has not opened.
    for (const { said } of reports) expect(said).not.toContain('Warning');
    expect(new Set(reports.map(({ pid }) => pid)).size).toBe(4);
    expect(new Set(reports.map(({ prefix }) => prefix)).size).toBe(4);
    for (const { prefix } of reports) expect(await runningAfter(1000, processesOf(prefix))).toEqual([]);
    expect(tracesOf(process.pid)).toEqual(before);
  });

  test('one that is ended before it has closed its agent takes the agent with it', async () => {
    const worker = new Worker(START, { eval: true, workerData: { number: 7, close: false } });
    const { pid: own, prefix } = await reportOf(worker);
    const pid = own ?? 0;
    const processes = [pid, ...processesOf(prefix)];
    expect(isRunning(pid)).toBe(true);
    await worker.terminate();
    expect(await runningAfter(5000, processes)).toEqual([]);
  });
});
