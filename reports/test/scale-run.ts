import type { CaseRecord } from '../../protocol/records/result-record.ts';
import { differing, bitsOf, doubleField, end, fromBits, jsonLines, match, RUN, suite } from './sample-records.ts';

/** Lines of a run of 100,000 cases in 100 functions, every tenth divergent. The random digits keep gzip from cheating. */
export function* scaleLines(): Generator<string> {
  yield jsonLines([RUN]);
  const all: CaseRecord[] = [];
  for (let index = 0; index < 100; index += 1) {
    const cases = Array.from({ length: 1000 }, (_, at) => (at % 10 === 0 ? divergent() : match(id(Math.random()))));
    all.push(...cases);
    const known = [
      {
        reason: `function ${String(index)} rounds otherwise`,
        bug: 'none',
        wine: '>=8.0',
        cases: 100,
        file: 'suites/scale/known.ts',
        line: index + 1,
      },
    ];
    yield jsonLines(suite(`function${String(index)}`, cases, { known }));
  }
  yield jsonLines([end(all, true)]);
}

function divergent(): CaseRecord {
  const [x, y, result] = [Math.random() * 1e6, Math.random(), Math.random() * 1e3];
  const other = fromBits(bitsOf(result) + 1n);
  return differing(
    id(x),
    'known-divergence',
    [doubleField('x', x), doubleField('y', y)],
    { kind: 'returned', text: 'returned', fields: [doubleField('result', result)] },
    { kind: 'returned', text: 'returned', fields: [doubleField('result', other)] },
    { summary: 'result differs by 1 ulp', fields: ['result'], ulp: '1' },
    0,
  );
}

function id(value: number): string {
  return bitsOf(value).toString(16).padStart(16, '0');
}
