import { CallError, describe, expect, fc, library, ROW_STATUS, struct, test } from 'dllparity';
import type { Baseline } from '../../../evidence/baseline/baseline.ts';
import { exact } from '../../../evidence/compare/comparator.ts';
import { functionBehaviour } from '../../../evidence/suites/behaviour.ts';
import { compareSuite } from '../../../evidence/suites/compare-suite.ts';
import { runtimeRecord } from '../../../evidence/suites/runtime-record.ts';
import type { Suite } from '../../../evidence/suites/suite.ts';
import { KnownIndex } from '../../../evidence/known/known-index.ts';

const types = { _Dcomplex: struct('_Dcomplex', { re: 'double', im: 'double' }) };
const prototypes = {
  csin: '_Dcomplex csin(_Dcomplex z)',
  sine: '_Dcomplex sine(_Dcomplex z)',
  cexp: 'int cexp(int z)',
  ccos: 'int ccos(int z)',
  qsort: 'void qsort(void *base, size_t count, size_t width, void *compare)',
  sin: 'double sin(double x)',
} as const;
/** Wine has these functions of complex numbers by name only. */
const declare = () => library('msvcr120.dll', prototypes, { types, exports: { sine: 'csin' } });
const kernel32 = library(
  'kernel32.dll',
  {
    module: 'void *GetModuleHandleA(const char *name)',
    address: 'void *GetProcAddress(void *module, const char *name)',
  },
  { convention: 'stdcall' },
);
const stubs = declare();

describe('a function that Wine has by name only', () => {
  test('cannot be called, and says so by its name, whatever its key', ({ load, agent }) => {
    const { csin, sine, sin } = load(stubs);
    const { generation } = agent;
    const reason = `msvcr120.dll!csin, which Wine has by name only (${agent.runtime})`;
    for (const fn of [csin, sine, csin])
      expect(fn.outcome({ re: 1, im: 2 })).toMatchObject({ kind: 'not-callable', reason, isStub: true });
    expect(csin.confirmed({ re: 1, im: 2 })).toMatchObject({ kind: 'not-callable', carriedOver: null });
    expect(() => csin({ re: 1, im: 2 })).toThrow(CallError);
    expect(() => csin({ re: 1, im: 2 })).toThrow(/csin, which Wine has by name only.*EXPORT_NOT_FOUND.*Another version of Wine/s);
    expect(sin(0)).toBe(0);
    expect(agent.generation).toBe(generation);
  }); // prettier-ignore

  test('is called once, and not again for every case', async ({ load, agent }) => {
    const { generation } = agent;
    const first = load(declare());
    expect(await first.cexp.asyncOutcome(1)).toMatchObject({ kind: 'not-callable', isStub: true });
    expect(await first.cexp.asyncOutcome(1)).toMatchObject({ kind: 'not-callable', isStub: true });
    const batch = load(declare()).cexp.batch(Array.from({ length: 200 }, (_, z) => [z] as const));
    expect([0, 1, 199].map((index) => batch.outcome(index))).toMatchObject(
      [0, 1, 199].map((z) => ({ kind: 'not-callable', arguments: [z], isStub: true })),
    );
    const rows = load(declare()).cexp.columns(Int32Array.from({ length: 1000 }, (_, z) => z));
    expect(new Set(rows.statuses)).toEqual(new Set([ROW_STATUS.notCallable]));
    expect(rows).toMatchObject({ faults: 0 });
    expect(rows.endAt(999)).toMatchObject({ kind: 'not-callable', arguments: [999], isStub: true });
    expect(agent.generation).toBe(generation);
  });

  test('is unsupported in a suite, which is strict about it or not', ({ agent }) => {
    const suite: Suite = {
      name: 'msvcr120.dll/ccos', title: 'ccos', behaviour: functionBehaviour(stubs.ccos), comparator: exact(),
      generator: { always: () => [], arbitrary: fc.tuple(), runs: 1 }, file: '/p/s.test.ts', line: 1,
    }; // prettier-ignore
    const outcome = { kind: 'returned', fields: { result: 1 } } as const;
    const cases = [1, 2, 3].map((z) => ({ id: `case${z.toString()}`, inputs: [z], outcome, line: z }));
    const baseline = { file: '/p/b.yaml', head: { digest: '', provenance: {} }, cases } as unknown as Baseline;
    const known = new KnownIndex([], runtimeRecord(agent));
    const { generation } = agent;
    const compare = (strict: boolean) =>
      compareSuite({ suite, agent, runtime: runtimeRecord(agent), baseline, others: [], known, strict, root: '/p' });
    expect(compare(true).record.totals).toMatchObject({ unsupported: 3, fault: 0 });
    expect(compare(true).failing).toHaveLength(3);
    expect(compare(true).cases[0]?.detail?.actual?.text).toMatch(/could not be called: msvcr120\.dll!ccos, which Wine has by name only/);
    expect(compare(false)).toMatchObject({ failing: [], record: { totals: { unsupported: 3 } } });
    expect(agent.generation).toBe(generation);
  }); // prettier-ignore

  test('that the called function calls in its turn is a fault of that one, and named', ({ load }) => {
    const { qsort } = load(stubs);
    const { module, address } = load(kernel32);
    const stub = address(module('msvcr120.dll'), 'ccos');
    const outcome = qsort.outcome(new Int32Array([2, 1]), 2, 4, stub);
    expect(outcome).toMatchObject({
      kind: 'faulted',
      fault: { name: 'EXCEPTION_WINE_STUB', stub: { dll: 'msvcr120.dll', name: 'ccos' } },
    });
  });
});
