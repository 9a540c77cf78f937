import type { CaseRecord, ResultRecord, RuntimeRecord, ShownOutcome } from '../../protocol/records/result-record.ts';
import { differing, doubleField, match, returned, suite, textField } from './sample-records.ts';

// Suites of one kind each: text that differs, crashes, a baseline that is missing.

export function printfSuite(where: RuntimeRecord): readonly ResultRecord[] {
  const known = [
    {
      reason: '%a prints digits Microsoft’s runtime pads to 13; Wine prints as few as it can',
      bug: 'none',
      wine: '>=8.0',
      cases: 40,
      file: 'suites/msvcr120/known/printf.ts',
      line: 31,
    },
  ];
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
    records.push(
      differing(
        id,
        'known-divergence',
        [textField('format', 'const char *', '"%.13a|%d"'), doubleField('value', value)],
        returned([
          textField('result', 'int', String(long.length)),
          textField('buffer', 'char[64]', `"${long}|${String(index)}\\0"`),
          textField('errno', 'int', '0'),
        ]),
        returned([
          textField('result', 'int', String(short.length)),
          textField('buffer', 'char[64]', `"${short}|${String(index)}\\0"`),
          textField('errno', 'int', '0'),
        ]),
        {
          summary: `buffer differs at character ${String(short.indexOf('p'))}`,
          fields: ['result', 'buffer'],
          offset: short.indexOf('p'),
        },
        0,
      ),
    );
  }
  return suite('_snprintf', records, {
    known,
    runtime: where,
    prototype: 'int __cdecl _snprintf(_Out_ char *buffer, size_t count, const char *format, ...)',
    file: 'suites/msvcr120/printf.test.ts',
  });
}

export function copySuite(where: RuntimeRecord): readonly ResultRecord[] {
  const inputs = [
    textField('destination', 'char *', 'null'),
    textField('source', 'const char *', '"abc"'),
    textField('count', 'size_t', '3'),
  ];
  const expected: ShownOutcome = {
    kind: 'exited',
    text: 'exited: 0xC0000409 (STATUS_STACK_BUFFER_OVERRUN)',
    fields: [],
  };
  const fault: ShownOutcome = {
    kind: 'faulted',
    text: 'faulted: STATUS_ACCESS_VIOLATION (0xC0000005) writing 0x0 in msvcr120.dll+0x1f3a0',
    fields: [],
  };
  const late: ShownOutcome = { kind: 'timed-out', text: 'timed out after 500 ms', fields: [] };
  return suite(
    'memcpy_s',
    [
      match('plain'),
      match('empty'),
      differing(
        'null-destination',
        'fault',
        inputs,
        expected,
        fault,
        { summary: 'faulted instead of exiting', fields: [] },
        undefined,
        ['err:seh:NtRaiseException Unhandled exception code c0000005 flags 0 addr 0x7b012fe3'],
      ),
      differing('overlap', 'timeout', inputs, expected, late, { summary: 'timed out instead of exiting', fields: [] }),
      differing('gone', 'unexpected-match', inputs, expected, expected, null),
    ],
    {
      runtime: where,
      prototype: 'errno_t __cdecl memcpy_s(void *destination, size_t size, const void *source, size_t count)',
      file: 'suites/msvcr120/memory.test.ts',
    },
  );
}

export function missingSuite(where: RuntimeRecord): readonly ResultRecord[] {
  const records = ['a', 'b', 'c'].map((id) =>
    differing(id, 'baseline-missing', [doubleField('x', 2)], null, returned([doubleField('result', 4)]), null),
  );
  return suite('erfc', records, {
    runtime: where,
    baseline: null,
    problem: {
      verdict: 'baseline-missing',
      message: 'suites/msvcr120/baselines/erfc.yaml does not exist. Record it: npm run record -- msvcr120.dll/erfc',
    },
  });
}
