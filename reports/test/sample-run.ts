import type { CaseRecord, KnownDivergenceRecord, ResultRecord, RuntimeRecord, ShownField, ShownOutcome, Verdict } from '../../protocol/result-record.ts';
import { bitsOf, doubleField, fromBits, match, runtime, suite, test, textField } from './sample-records.ts';

// A run as the CRT suites write it: last-bit differences in mathematics, formatting that differs, crashes, a missing
// baseline, a failing plain test. The numbers come from a fixed generator, so that every run of the tests sees the same.

const MATH: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin, cos: Math.cos, tan: Math.tan, exp: Math.exp, log: Math.log, cbrt: Math.cbrt, sinh: Math.sinh, cosh: Math.cosh,
  tanh: Math.tanh, asin: Math.asin, acos: Math.acos, atan: Math.atan, expm1: Math.expm1, log1p: Math.log1p, log10: Math.log10, log2: Math.log2,
  sqrt: Math.sqrt, floor: Math.floor, ceil: Math.ceil, fabs: Math.abs, tgamma: (x) => Math.exp(x) * 0.917,
};
const DIFFERING = new Map([['sin', 0.02], ['cos', 0.03], ['tan', 0.11], ['exp', 0.004], ['cbrt', 0.18], ['tgamma', 0.35], ['sinh', 0.05], ['log2', 0.002]]);

export interface SampleOptions {
  readonly runtime?: RuntimeRecord;
  /** Cases of each mathematical function. */
  readonly cases?: number;
  /** Share of differing cases relative to Wine 8's. */
  readonly divergence?: number;
  /** Without what fails a run. */
  readonly clean?: boolean;
}

export function sampleRun(options: SampleOptions = {}): readonly ResultRecord[] {
  const { cases = 200, divergence = 1, clean = false } = options;
  const where = options.runtime ?? runtime();
  const math = Object.keys(MATH).flatMap((name) => mathSuite(name, cases, divergence, where, clean));
  const others = [...printfSuite(where), ...(clean ? [] : [...copySuite(where), ...missingSuite(where)])];
  return [
    ...math,
    ...others,
    test('errno is kept between calls', 'passed'),
    ...(clean ? [] : [test('strtol sets errno on overflow', 'failed', ['\u001b[31mAssertionError: expected 0 to be 34\u001b[39m\n    at suites/msvcr120/errno.test.ts:12:24'])]),
    test('locale dependent conversions', 'skipped'),
  ];
}

export function mathSuite(name: string, cases: number, divergence: number, where: RuntimeRecord, clean: boolean): readonly ResultRecord[] {
  const next = generator(name);
  const share = (DIFFERING.get(name) ?? 0) * divergence;
  const known: KnownDivergenceRecord[] = share > 0
    ? [{ reason: `Wine computes ${name} with musl’s code, Microsoft with its own; the last bit differs`, bug: name === 'tan' ? 'none' : 'https://bugs.winehq.org/show_bug.cgi?id=49310', wine: '>=8.0 <11.0', cases: Math.round(share * cases), file: 'suites/msvcr120/known/math.ts', line: 12 }]
    : [];
  const records: CaseRecord[] = [];
  for (let index = 0; index < cases; index += 1) {
    const x = (next() < 0.5 ? -1 : 1) * 10 ** (next() * 24 - 12);
    const expected = MATH[name]?.(x) ?? 0;
    const id = `${name}-${bitsOf(x).toString(16).padStart(16, '0')}`;
    const differs = next() < share && Number.isFinite(expected) && expected !== 0;
    if (!differs) {
      records.push(match(id));
      continue;
    }
    const ulp = BigInt(Math.ceil(next() ** 4 * (name === 'tgamma' ? 900 : 3)));
    const actual = fromBits(bitsOf(expected) + ulp);
    const verdict: Verdict = !clean && name === 'log2' ? 'divergence' : name === 'sinh' ? 'tolerated' : 'known-divergence';
    records.push(differing(id, verdict, [doubleField('x', x)], returned([doubleField('result', expected)]), returned([doubleField('result', actual)]), {
      summary: `result differs by ${String(ulp)} ulp`, fields: ['result'], ulp: String(ulp) }, verdict === 'known-divergence' ? 0 : undefined));
  }
  return suite(name, records, { known, runtime: where, comparator: name === 'sinh' ? 'ulp(4)' : 'exact (-0 differs from 0)' });
}

function printfSuite(where: RuntimeRecord): readonly ResultRecord[] {
  const known = [{ reason: '%a prints digits Microsoft’s runtime pads to 13; Wine prints as few as it can', bug: 'none', wine: '>=8.0', cases: 40, file: 'suites/msvcr120/known/printf.ts', line: 31 }];
  const records: CaseRecord[] = [];
  for (let index = 0; index < 300; index += 1) {
    const value = (index + 1) * 0.375;
    const id = `printf-a-${String(index)}`;
    if (index % 7 !== 0) {
      records.push(match(id));
      continue;
    }
    const short = `0x1.${(value % 1).toString(16).slice(2, 5)}p+${String(index % 9)}`;
    const long = short.replace('p', '0000000000p');
    records.push(differing(id, 'known-divergence', [textField('format', 'const char *', '"%.13a|%d"'), doubleField('value', value)],
      returned([textField('result', 'int', String(long.length)), textField('buffer', 'char[64]', `"${long}|${String(index)}\\0"`), textField('errno', 'int', '0')]),
      returned([textField('result', 'int', String(short.length)), textField('buffer', 'char[64]', `"${short}|${String(index)}\\0"`), textField('errno', 'int', '0')]),
      { summary: `buffer differs at character ${String(short.indexOf('p'))}`, fields: ['result', 'buffer'], offset: short.indexOf('p') }, 0));
  }
  return suite('_snprintf', records, { known, runtime: where, prototype: 'int __cdecl _snprintf(_Out_ char *buffer, size_t count, const char *format, ...)', file: 'suites/msvcr120/printf.test.ts' });
}

function copySuite(where: RuntimeRecord): readonly ResultRecord[] {
  const inputs = [textField('destination', 'char *', 'null'), textField('source', 'const char *', '"abc"'), textField('count', 'size_t', '3')];
  const expected: ShownOutcome = { kind: 'exited', text: 'exited: 0xC0000417 (STATUS_INVALID_CRUNTIME_PARAMETER)', fields: [] };
  const fault: ShownOutcome = { kind: 'faulted', text: 'faulted: STATUS_ACCESS_VIOLATION (0xC0000005) writing 0x0 in msvcr120.dll+0x1f3a0', fields: [] };
  const late: ShownOutcome = { kind: 'timed-out', text: 'timed out after 500 ms', fields: [] };
  return suite('memcpy_s', [
    match('plain'), match('empty'),
    differing('null-destination', 'fault', inputs, expected, fault, { summary: 'faulted instead of exiting', fields: [] }, undefined, ['err:seh:NtRaiseException Unhandled exception code c0000005 flags 0 addr 0x7b012fe3']),
    differing('overlap', 'timeout', inputs, expected, late, { summary: 'timed out instead of exiting', fields: [] }),
    differing('gone', 'unexpected-match', inputs, expected, expected, null),
  ], { runtime: where, prototype: 'errno_t __cdecl memcpy_s(void *destination, size_t size, const void *source, size_t count)', file: 'suites/msvcr120/memory.test.ts' });
}

function missingSuite(where: RuntimeRecord): readonly ResultRecord[] {
  const records = ['a', 'b', 'c'].map((id) => differing(id, 'baseline-missing', [doubleField('x', 2)], null, returned([doubleField('result', 4)]), null));
  return suite('erfc', records, { runtime: where, baseline: null, problem: { verdict: 'baseline-missing', message: 'suites/msvcr120/baselines/erfc.yaml does not exist. Record it: npm run record -- msvcr120.dll/erfc' } });
}

function returned(fields: readonly ShownField[]): ShownOutcome {
  return { kind: 'returned', text: 'returned', fields };
}

export function differing(
  id: string, verdict: Verdict, inputs: readonly ShownField[], expected: ShownOutcome | null, actual: ShownOutcome | null,
  difference: NonNullable<CaseRecord['detail']>['difference'], known?: number, log?: readonly string[],
): CaseRecord {
  return {
    record: 'case', suite: '', runtime: '', id, verdict,
    detail: { inputs, expected, actual, difference, baselineLine: expected === null ? null : 40 + id.length, replay: `npm run replay -- --case '${id}'`, ...(known === undefined ? {} : { known }), ...(log === undefined ? {} : { log }) },
  };
}

/** A small congruential generator: the same numbers for the same name. */
function generator(name: string): () => number {
  let state = [...name].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
