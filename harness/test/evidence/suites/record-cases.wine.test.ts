// What Microsoft's code asks the system, Wine answers: such a case is no evidence. Here a DLL of ours stands for Microsoft's.
import { describe, expect, fc, library, test as base } from 'dllparity';
import type { Agent } from '../../../calls/agent/agent.ts';
import { exact } from '../../../evidence/compare/comparator.ts';
import type { Json } from '../../../evidence/compare/json.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';
import { recordCases, type RecordedCases } from '../../../evidence/suites/record-cases.ts';
import type { DeclaredFunction } from '../../../types/declare/library.ts';
import { bootForWorker } from '../../../vitest/fixtures/test.ts';
import { referenceDll } from '../../reference-dlls.ts';

const file = referenceDll('system_calls.dll');
const asking = library(file, {
  twice: 'int twice(int value)',
  twice_or_code_page: 'int twice_or_code_page(int value)',
  own_memory: 'int own_memory(int value)',
  code_page: 'unsigned code_page(void)',
  code_page_found_early: 'unsigned code_page_found_early(void)',
  code_page_found_late: 'unsigned code_page_found_late(void)',
  end_after_code_page: 'void end_after_code_page(void)',
  low_address: 'uint32_t low_address(const int *numbers)',
  count_up: 'int count_up(void)',
});

const test = base.extend('recorder', { scope: 'file' }, async ({ config }, { onCleanup }) => {
  const agent = await bootForWorker(config);
  onCleanup(() => agent.close());
  agent.systemCalls();
  return agent;
});

/** What Microsoft's headers name a DLL by does not matter here. */
const symbols = (names: readonly string[]): string[] => names.map((name) => name.replace(/^.*!/, ''));

function record(agent: Agent, declared: DeclaredFunction, cases: readonly (readonly Json[])[]): RecordedCases {
  const suite = {
    name: `system_calls.dll/${declared.name}`, title: declared.name, behaviour: functionBehaviour(declared), comparator: exact(),
    generator: { always: () => [], arbitrary: fc.tuple(), runs: 1 }, file: '/p/s.test.ts', line: 1,
  }; // prettier-ignore
  return recordCases(suite, agent, file, new Map(cases.map((inputs, index) => [`case${index.toString()}`, inputs])));
}

describe('the functions of the system that a DLL calls', () => {
  const calledIn = (agent: Agent, act: () => unknown): string[] => {
    agent.load(asking);
    const before = agent.systemCalls().counts();
    act();
    return symbols(agent.systemCalls().calledSince(before)).toSorted();
  };

  test('are told by name, whether imported or found by GetProcAddress, before DllMain or after it', ({ recorder }) => {
    const loaded = recorder.load(asking);
    expect(calledIn(recorder, () => loaded.twice(2))).toEqual([]);
    expect(calledIn(recorder, () => loaded.code_page())).toEqual(['GetACP']);
    expect(calledIn(recorder, () => loaded.code_page_found_early())).toEqual(['GetOEMCP']);
    const late = ['GetConsoleCP', 'GetModuleHandleA', 'GetProcAddress'];
    expect(calledIn(recorder, () => loaded.code_page_found_late())).toEqual(late);
    expect(calledIn(recorder, () => loaded.code_page_found_late())).toEqual(late);
  });

  test('are told of a process that has ended, and of the next one', ({ recorder }) => {
    const loaded = recorder.load(asking);
    const { generation } = recorder;
    const end = calledIn(recorder, () => loaded.end_after_code_page.outcome());
    expect(end).toEqual(['GetACP', 'GetCurrentProcess', 'TerminateProcess']);
    expect(calledIn(recorder, () => loaded.code_page_found_early())).toEqual(['GetOEMCP']);
    expect(recorder.generation).toBe(generation + 1);
  });
});

describe('a recording', () => {
  test('keeps cases whose outcome is the own doing of the DLL, and names what they called', ({ recorder }) => {
    const found = record(recorder, asking.own_memory, [[3], [4]]);
    expect(found.cases.map(({ outcome }) => outcome)).toEqual(
      [3, 4].map((result) => ({ kind: 'returned', fields: { result } })),
    );
    expect(symbols(found.called)).toEqual(['GetProcessHeap', 'HeapAlloc', 'HeapFree']);
    expect(found.withheld).toEqual({ cases: 0, asked: [] });
  });

  test('leaves out the cases in which the system was asked, and counts them', ({ recorder }) => {
    const found = record(recorder, asking.twice_or_code_page, [[1], [-1], [2], [-2]]);
    expect(found.cases.map(({ id }) => id)).toEqual(['case0', 'case2']);
    expect(found).toMatchObject({
      called: [],
      withheld: { cases: 2, asked: [expect.stringMatching(/^KERNEL32\.dll!GetACP$/i)] },
    });
  });

  test('names what was asked when the DLL was loaded, whichever process that was, and when it had long been', async () => {
    await using agent = await bootForWorker({});
    agent.systemCalls();
    const [first, second] = [3, 4].map((value) => record(agent, asking.own_memory, [[value]]));
    expect(symbols(first?.askedWhileLoading ?? [])).toEqual(
      expect.arrayContaining(['GetModuleHandleA', 'GetProcAddress']),
    );
    expect(second).toEqual({ ...first, cases: second?.cases });
  });

  test('refuses a suite of which nothing is left, ends of the process among it', ({ recorder }) => {
    expect(() => record(recorder, asking.end_after_code_page, [[]])).toThrow(
      /every case of system_calls\.dll\/end_after_code_page asks the system.*ORACLE_SILENT.*GetACP/s,
    );
  });

  test('refuses what tells where its arguments lie, or how often it was called', ({ recorder }) => {
    expect(() => record(recorder, asking.low_address, [[[1, 2]], [[3, 4]]])).toThrow(/not repeatable: case case0/);
    expect(() => record(recorder, asking.count_up, [[]])).toThrow(/not repeatable/);
  });
});
