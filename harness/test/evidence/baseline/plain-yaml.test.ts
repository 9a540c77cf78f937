import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readPlainYaml } from '../../../evidence/baseline/plain-yaml.ts';

const BASELINES = join(import.meta.dirname, '../../../../suites/msvcr120/baselines');

/** What YAML's own parser says, or undefined where it refuses. */
function parsed(text: string): unknown {
  try {
    return parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Texts that mean something else in YAML, or did in an older version. */
const traps = fc.constantFrom(
  '1e5', '0x1f', '0o17', '012', '1_000', '.5', '12.0', '12.0.1', '-1', '+1', '~', 'null', 'NULL', 'true', 'No', 'on',
  'a: b', 'a #b', 'a#b', 'a:', ':a', '- a', '-', '? a', '*a', '&a', '!a', '%a', '@a', '`a', '|', '>', "'a'", '"a"', '[a]',
  '{a}', 'a, b', 'a ', ' a', 'a\tb', '2026-11-29T16:19:36.216Z', '190:20:30', '.inf', '.nan', '86e39', '00000000', '=', '<<',
  'char *f(const char *a, ...)',
); // prettier-ignore
const scalar = fc.oneof(traps, fc.string(), fc.integer(), fc.constant(null));

describe('a plain head', () => {
  it('reads the heads of our baselines as the parser does', () => {
    const files = readdirSync(BASELINES, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.yaml'),
    );
    expect(files.length).toBeGreaterThan(300);
    let left = 0;
    for (const name of files) {
      const [head = ''] = readFileSync(join(BASELINES, name), 'utf8').split('\ncases:\n', 1);
      const plain = readPlainYaml(head.split('\n'));
      if (plain === undefined) left++;
      else expect(plain, name).toEqual(parse(head));
    }
    // Case ids in quotes, since they look like numbers, are the parser's.
    expect(left).toBeLessThan(10);
  });

  it('says what the parser says, or nothing', () => {
    const value = fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.constantFrom('a', 'B1', 'c'), scalar));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('suite', 'seed', 'x1'), value, { minKeys: 1 }), (head) => {
        const text = stringify(head, { lineWidth: 0 }).trimEnd();
        const plain = readPlainYaml(text.split('\n'));
        if (plain !== undefined) expect(plain).toEqual(head);
      }),
      { numRuns: 2000 },
    );
  });

  it('leaves to the parser what somebody has written by hand', () => {
    const word = fc.oneof(traps, fc.constantFrom('a', 'b1', '7', 'x y', '# c', ''));
    const line = fc
      .tuple(fc.constantFrom('', '  ', '    ', ' '), fc.constantFrom('', '- ', 'k: ', 'm:', 'k:  ', '-'), word)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const plain = readPlainYaml(lines);
        if (plain !== undefined) expect(plain).toEqual(parsed(lines.join('\n')));
      }),
      { numRuns: 20_000 },
    );
  });
});
