import { describe, expect, it } from 'vitest';
import { masked } from '../../../evidence/regressions/mask.ts';
import { outcomeDigest } from '../../../evidence/regressions/outcome-digest.ts';

const STARTED = Date.parse('2026-11-20T23:25:00.000Z');

describe('masked', () => {
  it.each([
    [
      'faulted: STATUS_ACCESS_VIOLATION (0xc0000005) reading 0x7f3a00001000 at msvcr120.dll+0x1a2b',
      'faulted: STATUS_ACCESS_VIOLATION (0xc0000005) reading <address> at msvcr120.dll+<offset>',
    ],
    ['writing 0x12ff34 at 0x401000', 'writing <address> at <address>'],
    ['"00: 0x00000001400010f0"', '"00: <address>"'],
    ['process id 4711, tid=0x1a4, thread 12', 'process id <number>, tid=<number>, thread <number>'],
    ['"/tmp/dllparity-Xq3f/a.txt"', '"/tmp/<name>/a.txt"'],
    [String.raw`"C:\\users\\ann\\Temp\\wi3f.tmp"`, String.raw`"C:\\users\\<user>\\Temp\\<name>"`],
    ['started 2026-11-20 23:25:04.120', 'started <time>'],
    ['2026-11-21T01:00:00Z', '<time>'],
    ['1795217100 and 1795217100123', '<time> and <time>'],
    ['134396907000000000', '<time>'],
  ])('%s', (text, expected) => {
    expect(masked(text, STARTED)).toBe(expected);
  });

  it.each([
    'faulted: STATUS_ACCESS_VIOLATION (0xc0000005) reading 0x0 at 0x8',
    'result 0x80070057',
    '"0x1.5555555555555p-2"',
    '1970-01-01 00:00:00',
    '"Thu Jan  1 23:59:59 1970"',
    '1234567890',
    'the process ended with code 3',
    '279965307174912',
  ])('leaves what is a result: %s', (text) => {
    expect(masked(text, STARTED)).toBe(text);
  });

  it('masks no time where nobody knows when the run was', () => {
    expect(masked('2026-11-20T23:25:00Z 1795217100', NaN)).toBe('2026-11-20T23:25:00Z 1795217100');
  });
});

describe('outcomeDigest', () => {
  const digest = (type: string, text: string, bits?: string): number =>
    outcomeDigest(
      {
        kind: 'returned',
        text: 'returned',
        fields: [{ name: 'result', value: { type, text, ...(bits === undefined ? {} : { bits }) } }],
      },
      STARTED,
    );

  it('is one for pointers that lie elsewhere, and another for other numbers', () => {
    expect(digest('void *', '0x12ff34')).toBe(digest('void *', '0x12ff38'));
    expect(digest('void *', '0x12ff34')).not.toBe(digest('void *', 'null'));
    expect(digest('int', '0x12ff34')).not.toBe(digest('int', '0x12ff38'));
  });

  it('tells NaNs of other payloads apart, and takes no bits of a time', () => {
    expect(digest('double', 'nan', '7ff8000000000000')).not.toBe(digest('double', 'nan', '7ff8000000000001'));
    expect(digest('__time64_t', '1795217100', '01')).toBe(digest('__time64_t', '1795217101', '02'));
  });

  it('tells no outcome from one', () => {
    expect(outcomeDigest(null, STARTED)).not.toBe(digest('int', '0'));
  });
});
