import { describe, expect, it } from 'vitest';
import { type SelectableRuntime, selects } from '../../../base/runtime-selector.ts';
import { isCases } from '../../../evidence/known/known-divergence.ts';
import { KnownIndex } from '../../../evidence/known/known-index.ts';
import { parseKnownDivergences, readKnownDivergences } from '../../../evidence/known/read-known-divergences.ts';

const FILE = 'suites/x/known-divergences.yaml';
const entry = (fields: Record<string, string | undefined> = {}): string => {
  const all: Record<string, string | undefined> = {
    suite: 'msvcr120.dll/sin',
    reason: 'last bit',
    bug: 'none',
    wine: "'>=8.0 <9.0'",
    cases: '3f2a9c01',
    ...fields,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== undefined);
  return lines.map(([name, value], index) => `${index === 0 ? '- ' : '  '}${name}: ${value}\n`).join('');
};
const wine = (version: string, distribution?: string): SelectableRuntime => ({
  kind: 'wine',
  version,
  architecture: 'x64',
  distribution,
});
const parse = (text: string) => parseKnownDivergences(text, FILE).filter(isCases);
const refusal = (text: string): { message: string; where: { line: number; column: number } } => {
  try {
    parse(text);
  } catch (error) {
    return error as ReturnType<typeof refusal>;
  }
  throw new Error('was accepted');
};

describe('parseKnownDivergences', () => {
  it('reads every field, with its line', () => {
    const text = `# why\n${entry()}\n${entry({
      suite: 'msvcr120.dll/cos',
      reason: "Wine's cos comes from musl; results differ",
      bug: 'https://bugs.winehq.org/show_bug.cgi?id=1',
      difference: '{ ulp: 2 }',
      cases: '>-\n    3f2a9c02 12345678\n\n    3e201234',
    })}`;
    expect(parse(text)).toEqual([
      {
        suite: 'msvcr120.dll/sin',
        reason: 'last bit',
        bug: 'none',
        wine: '>=8.0 <9.0',
        runtimes: { kind: 'wine', versions: '>=8.0.0-0 <9.0.0-0' },
        difference: undefined,
        cases: ['3f2a9c01'],
        file: FILE,
        line: 2,
        index: 0,
      },
      {
        suite: 'msvcr120.dll/cos',
        reason: "Wine's cos comes from musl; results differ",
        bug: 'https://bugs.winehq.org/show_bug.cgi?id=1',
        wine: '>=8.0 <9.0',
        runtimes: { kind: 'wine', versions: '>=8.0.0-0 <9.0.0-0' },
        difference: { ulp: 2 },
        cases: ['3f2a9c02', '12345678', '3e201234'],
        file: FILE,
        line: 8,
        index: 1,
      },
    ]);
  });

  it('takes an entry that is waiting for its cases', () => {
    for (const cases of ['[]', '', '""', '>-']) expect(parse(entry({ cases }))[0]?.cases).toEqual([]);
  });

  it('takes an empty file for an empty list', () => {
    for (const text of ['', '# nothing yet\n', '[]', '---\n']) expect(parse(text)).toEqual([]);
  });

  it('keeps digits digits: no id becomes a number, and no version loses its zero', () => {
    const [read] = parse(entry({ wine: '10.10', cases: '00000001 1e999999' }));
    expect(read).toMatchObject({ wine: '10.10', cases: ['00000001', '1e999999'] });
    expect(parse(entry({ cases: '12345678' }))[0]?.cases).toEqual(['12345678']);
  });

  it.each([
    ['suite', 'Name the suite'],
    ['reason', 'Say why Wine differs'],
    ['bug', 'the word none'],
    ['wine', '>=8.0 <9.0'],
    ['cases', 'List the case ids'],
  ])('asks for %s when it is missing or empty', (name, hint) => {
    const missing = refusal(`\n\n${entry({ [name]: undefined })}`);
    expect(missing.message).toContain(`"${name}" is missing [KNOWN_SYNTAX]\n  at ${FILE}:3:3`);
    expect(missing.message).toContain(hint);
    if (name !== 'cases') expect(refusal(entry({ [name]: '' })).message).toContain(`"${name}" is empty [KNOWN_SYNTAX]`);
  });

  it('shows the place, the line and the fix', () => {
    expect(refusal(entry({ wine: 'eight' })).message).toBe(
      [
        '"eight" is not a range of versions, or no version lies in it [KNOWN_SYNTAX]',
        `  at ${FILE}:4:9`,
        '    3 |   bug: none',
        '    4 |   wine: eight',
        '      |         ^^^^^',
        "  next: Say which Wine versions it holds for, for example `wine: '>=8.0 <9.0'`.",
      ].join('\n'),
    );
  });

  it.each([
    ['an unknown field', entry({ reson: 'x' }), /"reson" is not a field[^]*:6:3[^]*Did you mean "reason"\?/],
    ['a bug that is no address', entry({ bug: 'http://x.org/1' }), /neither an https address[^]*:3:8/],
    ['a bug that is not given', entry({ bug: 'unknown' }), /neither an https address/],
    ['an id in capitals', entry({ cases: '3f2a9c01 8AB31234' }), /"8AB31234" is not a case id[^]*:5:19/],
    [
      'an id that is too short',
      entry({ cases: '>-\n    3f2a9c01\n    3f2a9c0' }),
      /"3f2a9c0" is not a case id[^]*:7:5/,
    ],
    ['ids with commas', entry({ cases: '3f2a9c01, 8ab31234' }), /"3f2a9c01," is not a case id/],
    ['a list of ids', entry({ cases: '[3f2a9c01]' }), /one text with spaces/],
    ['an id twice', entry({ cases: '3f2a9c01 8ab31234 3f2a9c01' }), /listed twice[^]*:5:28/],
    ['a bound that is none', entry({ difference: '{ ulp: -1 }' }), /one number above 0/],
    ['a bound of another kind', entry({ difference: '{ percent: 1 }' }), /one number above 0/],
    ['a reason that is a list', entry({ reason: '[a, b]' }), /"reason" must be text/],
    ['a field twice', `${entry()}  bug: none\n`, /not valid YAML/],
    ['broken YAML', entry({ reason: '"open' }), /not valid YAML/],
    ['a mapping in place of the list', 'suite: x\n', /must be a list[^]*:1:1/],
    ['text in place of an entry', '- hello\n', /written as fields/],
    ['an entry in braces', "- { suite: a, reason: b, bug: none, wine: '8', cases: [] }\n", /written as fields[^]*:1:3/],
    ['an alias', entry({ cases: '&a 3f2a9c01' }) + entry({ suite: 'y', cases: '*a' }), /one text with spaces/],
  ])('refuses %s', (_, text, message) => {
    expect(refusal(text).message).toMatch(message);
    expect(refusal(text).message).toContain('[KNOWN_SYNTAX]');
  });

  it('refuses one case in two entries that can hold at once', () => {
    const twice = `${entry()}${entry({ wine: "'>=8.5'", cases: '8ab31234 3f2a9c01' })}`;
    expect(refusal(twice).message).toContain(
      'The case 3f2a9c01 of msvcr120.dll/sin is already declared in line 1 [KNOWN_SYNTAX]',
    );
    expect(refusal(twice).where).toMatchObject({ line: 10, column: 19 });
    expect(parse(`${entry()}${entry({ wine: "'>=9.0'" })}`)).toHaveLength(2);
    expect(parse(`${entry()}${entry({ suite: 'other' })}`)).toHaveLength(2);
    expect(parse(`${entry()}${entry({ cases: '8ab31234' })}`)).toHaveLength(2);
  });
});

describe('readKnownDivergences', () => {
  it('says when there is no file', () => {
    expect(() => readKnownDivergences('/nowhere/known.yaml')).toThrow(
      /could not be read \[KNOWN_SYNTAX\]\n {2}at \/nowhere\/known.yaml\n {2}because: ENOENT/,
    );
  });
});

describe('KnownIndex', () => {
  const entries = parse(
    `${entry()}${entry({ wine: "'>=9.0'", reason: 'still', cases: '3f2a9c01 8ab31234' })}${entry({ suite: 'z', wine: '10', cases: '[]' })}`,
  );

  it('holds what applies to the version', () => {
    const eight = new KnownIndex(entries, wine('wine-8.0'));
    expect(eight.find('msvcr120.dll/sin', '3f2a9c01')?.reason).toBe('last bit');
    expect(eight.find('msvcr120.dll/sin', '8ab31234')).toBeUndefined();
    expect(eight.find('msvcr120.dll/cos', '3f2a9c01')).toBeUndefined();
    expect(eight.suites()).toEqual(['msvcr120.dll/sin']);
    const ten = new KnownIndex(entries, wine('10.0'));
    expect(ten.find('msvcr120.dll/sin', '3f2a9c01')?.reason).toBe('still');
    expect(ten.entriesOf('z')).toHaveLength(1);
    expect(ten.entriesOf('nothing')).toEqual([]);
  });

  it('tells distributions apart', () => {
    const some = parse(
      `${entry({ distribution: 'debian 12', reason: 'bookworm' })}${entry({ distribution: "'debian >=13'", reason: 'trixie' })}${entry({ distribution: 'ubuntu', reason: 'ubuntu' })}`,
    );
    const reasonOn = (distribution?: string): string | undefined =>
      new KnownIndex(some, wine('8.0', distribution)).find('msvcr120.dll/sin', '3f2a9c01')?.reason;
    expect(['debian 12', 'debian 13', 'ubuntu 24.04', 'arch', undefined].map(reasonOn)).toEqual([
      'bookworm',
      'trixie',
      'ubuntu',
      undefined,
      undefined,
    ]);
    expect(refusal(entry({ distribution: 'debian 12' }) + entry()).message).toContain('already declared in line 1');
    expect(refusal(entry({ distribution: "'>=12'" })).message).toContain('">=12" is no distribution');
    expect(refusal(entry({ distribution: "'debian >=13 <12'" })).message).toContain('no version of it lies');
    expect(refusal(entry({ wine: "'>=9.0 <8.0'" })).message).toContain('no version lies in it');
  });

  it('knows nothing about real Windows', () => {
    const windows: SelectableRuntime = { kind: 'windows', version: '8.0', architecture: 'x64' };
    expect(new KnownIndex(entries, windows).suites()).toEqual([]);
    expect(selects(entries[0]!.runtimes, windows)).toBe(false);
  });

  it('finds among 10,000 ids without a search', () => {
    const ids = Array.from({ length: 10_000 }, (_, n) => ((n * 2654435761) % 2 ** 32).toString(16).padStart(8, '0'));
    const index = new KnownIndex(parse(entry({ cases: ids.join(' ') })), wine('8.0'));
    const start = performance.now();
    let found = 0;
    for (let round = 0; round < 10; round++)
      for (const id of ids) if (index.find('msvcr120.dll/sin', id) !== undefined) found++;
    expect(found).toBe(100_000);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
