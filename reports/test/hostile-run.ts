import { differing, suite, test, textField, wholeRun } from './sample-records.ts';

const SCRIPT = '<script>alert(1)</script>\u202e\u0000';
const LONG = 'y'.repeat(10_000);

/** A run in which every text tries to be something else. */
export function hostileRun(): string {
  const outcome = (text: string) =>
    ({ kind: 'returned', text: 'returned', fields: [textField('result', '<b>bold</b>', text)] }) as const;
  const records = suite(
    SCRIPT,
    [
      differing(
        `${SCRIPT}${LONG}`,
        'divergence',
        [textField('<img src=x onerror=alert(1)>', 'char *', LONG)],
        outcome(`${LONG}\u200b1`),
        outcome(`${LONG}2`),
        { summary: '"><script>alert(1)</script>', fields: ['result'] },
        undefined,
        ['\u001b[31m</pre><script>'],
      ),
      differing(
        'declared',
        'known-divergence',
        [textField('x', 'int', '</script><script>alert(1)</script>')],
        outcome('1'),
        outcome('2'),
        { summary: "' onmouseover='alert(1)", fields: ['result'] },
        0,
      ),
    ],
    {
      group: '</title><script>alert(1)</script>.dll',
      prototype: '</pre><script>alert(1)</script>',
      known: [
        {
          reason: `<img src=x onerror=alert(1)>${LONG}`,
          bug: 'javascript:alert(1)',
          wine: '<svg onload=alert(1)>',
          cases: 1,
          file: '"><script>',
          line: 1,
        },
      ],
    },
  );
  return wholeRun([...records, test(`${SCRIPT}${LONG}`, 'failed', ['</pre><script>alert(1)</script>'])], false);
}
