import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type FileLine, fileLines, fileLinesSync } from '../../base/file-lines.ts';
import { LineTooLong } from '../../base/line-splitter.ts';

const folder = mkdtempSync(join(tmpdir(), 'dllparity-lines-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const file = join(folder, 'lines');

async function both(text: string | Buffer, maxBytes?: number): Promise<readonly FileLine[]> {
  writeFileSync(file, text);
  const lines: FileLine[] = [];
  for await (const line of fileLines(file, maxBytes)) lines.push(line);
  expect([...fileLinesSync(file, maxBytes)]).toEqual(lines);
  return lines;
}

describe('lines of a file', () => {
  it('are numbered, and the last one may be unfinished', async () => {
    expect(await both('{"a":"\u2028"}\r\n\nend')).toEqual([
      { number: 1, text: '{"a":"\u2028"}', isComplete: true },
      { number: 2, text: '', isComplete: true },
      { number: 3, text: 'end', isComplete: false },
    ]);
    expect(await both('')).toEqual([]);
  });

  it('come out as they went in, however long', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat(400_000).map((n) => 'ä'.repeat(n)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          line.map((text) => text.replace(/[\r\n\ud800-\udfff]/g, '')),
          { maxLength: 5 },
        ),
        async (lines) => {
          expect((await both(lines.map((text) => `${text}\n`).join(''))).map(({ text }) => text)).toEqual(lines);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('have a limit, which is not kept in memory beyond', async () => {
    await expect(both('12345678\n', 8)).resolves.toHaveLength(1);
    for (const text of ['123456789\n', '123456789', `ok\n${'x'.repeat(1 << 20)}`]) {
      await expect(both(text, 8)).rejects.toThrow(LineTooLong);
      expect(() => [...fileLinesSync(file, 8)]).toThrow('a line is longer than 8 bytes');
    }
  });
});
