import type {
  CaseRecord,
  KnownDivergenceRecord,
  ResultRecord,
  RuntimeRecord,
  Verdict,
} from '../../protocol/records/result-record.ts';
import { bitsOf, differing, doubleField, fromBits, match, returned, runtime, suite, test } from './sample-records.ts';
import { copySuite, missingSuite, printfSuite } from './sample-suites.ts';

// A run as the CRT suites write it: last-bit differences in mathematics, formatting that differs, crashes, a missing
// baseline, a failing plain test. The numbers come from a fixed generator, so that every run of the tests sees the same.

const MATH: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  exp: Math.exp,
  log: Math.log,
  cbrt: Math.cbrt,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  expm1: Math.expm1,
  log1p: Math.log1p,
  log10: Math.log10,
  log2: Math.log2,
  sqrt: Math.sqrt,
  floor: Math.floor,
  ceil: Math.ceil,
  fabs: Math.abs,
  tgamma: (x) => Math.exp(x) * 0.917,
};
const DIFFERING = new Map([
  ['sin', 0.02],
  ['cos', 0.03],
  ['tan', 0.11],
  ['exp', 0.004],
  ['cbrt', 0.18],
  ['tgamma', 0.35],
  ['sinh', 0.05],
  ['log2', 0.002],
]);

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
    ...(clean
      ? []
      : [
          test('strtol sets errno on overflow', 'failed', [
            '\u001b[31mAssertionError: expected 0 to be 34\u001b[39m\n    at suites/msvcr120/errno.test.ts:12:24',
          ]),
        ]),
    test('locale dependent conversions', 'skipped'),
  ];
}

function mathSuite(
  name: string,
  cases: number,
  divergence: number,
  where: RuntimeRecord,
  clean: boolean,
): readonly ResultRecord[] {
  const next = generator(name);
  const share = (DIFFERING.get(name) ?? 0) * divergence;
  const known: KnownDivergenceRecord[] =
    share > 0
      ? [
          {
            cause: 'last-bit',
            reason: `Wine computes ${name} with musl’s code, Microsoft with its own; the last bit differs`,
            bug: name === 'tan' ? 'none' : 'https://bugs.winehq.org/show_bug.cgi?id=49310',
            wine: '>=8.0 <11.0',
            cases: Math.round(share * cases),
            file: 'suites/msvcr120/known/math.ts',
            line: 12,
          },
        ]
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
    const verdict: Verdict =
      !clean && name === 'log2' ? 'divergence' : name === 'sinh' ? 'tolerated' : 'known-divergence';
    records.push(
      differing(
        id,
        verdict,
        [doubleField('x', x)],
        returned([doubleField('result', expected)]),
        returned([doubleField('result', actual)]),
        {
          summary: `result differs by ${String(ulp)} ulp`,
          fields: ['result'],
          ulp: String(ulp),
        },
        verdict === 'known-divergence' ? 0 : undefined,
      ),
    );
  }
  return suite(name, records, {
    known,
    runtime: where,
    comparator: name === 'sinh' ? 'ulp(4)' : 'exact (-0 differs from 0)',
  });
}

/** A small congruential generator: the same numbers for the same name. */
function generator(name: string): () => number {
  let state = [...name].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7);
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
