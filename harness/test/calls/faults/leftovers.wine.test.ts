import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'dllparity';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { processesOf, runningAfter } from '../agent/processes.ts';
import { expectOutcome } from './expect-outcome.ts';
import { faultyFunction } from './faulty-dlls.ts';
import { allKinds } from './kinds.ts';
import { leftBehind } from './kinds/damages.ts';
import { expectHealth, misbehave, WAYS } from './ways.ts';

const kindOf = (name: string) => allKinds.find((kind) => kind.name === name)!;

function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid.toString()}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

test('what a DLL leaves behind ends with its agent, and nobody waits for it', async () => {
  const agent = await bootForWorker({ callTimeoutMs: 5000 });
  const { generation } = agent;
  for (const kind of leftBehind) {
    for (const way of WAYS) {
      expectOutcome(await misbehave(agent, kind, way), kind);
      expectHealth(agent, kind);
    }
  }
  expect(agent.generation).toBe(generation);
  const processes = processesOf(agent.prefix);
  expect(processes.filter((pid) => /ping(\.exe)? -n 30/.test(programOf(pid)))).toHaveLength(WAYS.length);
  await agent.close();
  expect(await runningAfter(2000, processes)).toEqual([]);
});

describe('no debugger is started', () => {
  let number = 0;
  for (const [name, before] of [
    ['crash_on_thread', []],
    ['crash_on_thread', ['remove_exception_filter', 'reset_error_mode']],
    ['fail_assertion', ['reset_error_mode']],
    // Node's own abort() asks Wine for one, some of the times.
    ['close_all_handles', []],
    ['close_all_handles', []],
  ] as const) {
    test(`by ${[...before, name].join(', ')} (${(++number).toString()})`, async () => {
      const agent = await bootForWorker({ callTimeoutMs: 5000 });
      try {
        for (const each of before) faultyFunction(agent, kindOf(each))(-1);
        expectOutcome(faultyFunction(agent, kindOf(name)).outcome(-1), kindOf(name));
        const end = performance.now() + 700;
        while (performance.now() < end) {
          expect(
            processesOf(agent.prefix)
              .map(programOf)
              .filter((program) => program.includes('winedbg')),
          ).toEqual([]);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        // Wine says so before it looks for one; there is none.
        if (name !== 'close_all_handles') expect(agent.logTail(100).join('\n')).not.toMatch(/starting debugger/);
      } finally {
        await agent.close();
      }
    });
  }
});
