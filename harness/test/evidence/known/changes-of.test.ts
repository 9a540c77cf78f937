import { describe, expect, it } from 'vitest';
import { changesOf, type FoundOnRuntime } from '../../../evidence/known/changes-of.ts';
import { isCases } from '../../../evidence/known/known-divergence.ts';
import { parseKnownDivergences } from '../../../evidence/known/read-known-divergences.ts';

const SUITE = 'a.dll/sin';
const entry = (wine: string, cases: string, difference = ''): string =>
  `- suite: ${SUITE}\n  reason: rounds otherwise\n  bug: none\n  wine: '${wine}'\n${difference}  cases: ${cases}\n`;
const declared = (...entries: string[]) =>
  parseKnownDivergences(entries.join('\n'), 'known-divergences.yaml').filter(isCases);

function on(version: string, newIds: readonly string[], goneIds: readonly string[] = []): FoundOnRuntime {
  const newCases = newIds.map((id) => ({ id, difference: { summary: '', fields: ['result'], ulp: '2' } }));
  return { runtime: { id: `wine-${version}-x64`, kind: 'wine', version, architecture: 'x64' }, newCases, goneIds };
}

describe('changes of declarations', () => {
  it('come from the one declaration that holds for the runtime', () => {
    const entries = declared(entry('>=8.0 <9.0', '11111111'), entry('>=10.0 <11.0', '22222222'));
    const { changes, open } = changesOf(SUITE, [on('10.0', ['33333333'], ['22222222'])], entries);
    expect(changes).toEqual([{ entry: entries[1], newIds: ['33333333'], goneIds: ['22222222'] }]);
    expect(open).toEqual([]);
  });

  it('need every runtime that the declaration holds for', () => {
    const entries = declared(entry('>=8.0', '11111111 22222222'));
    const found = [
      on('8.0', ['33333333', '44444444'], ['11111111', '22222222']),
      on('10.0', ['33333333'], ['11111111']),
    ];
    const { changes, open } = changesOf(SUITE, found, entries);
    expect(changes).toEqual([{ entry: entries[0], newIds: ['33333333'], goneIds: ['11111111'] }]);
    expect(open).toEqual([
      'a.dll/sin, declared in line 1: 1 cases are gone on wine-8.0-x64, and on other runtimes they are not: 22222222. Narrow its versions, or split it',
      'a.dll/sin, declared in line 1: 1 new divergences on wine-8.0-x64, and on other runtimes they are none: 44444444. Narrow its versions, or split it',
    ]);
  });

  it('are left to a person where no declaration holds, or several do', () => {
    const entries = declared(entry('>=8.0 <9.0', '11111111'), entry('>=8.0 <9.0', '22222222'));
    expect(changesOf(SUITE, [on('8.0', ['33333333']), on('10.0', ['33333333'])], entries)).toEqual({
      changes: [],
      open: [
        'a.dll/sin on wine-8.0-x64: 1 new divergences, and not exactly one declaration covers them: 33333333',
        'a.dll/sin on wine-10.0-x64: 1 new divergences, and no declaration holds for this runtime: 33333333',
      ],
    });
  });

  it('heed the bound of a declaration', () => {
    const entries = declared(
      entry('>=8.0', '[]', '  difference: { ulp: 1 }\n'),
      entry('>=8.0', '[]', '  difference: { ulp: 2 }\n'),
    );
    expect(changesOf(SUITE, [on('8.0', ['33333333'])], entries).changes).toEqual([
      { entry: entries[1], newIds: ['33333333'], goneIds: [] },
    ]);
  });

  it('are none for the declarations of other suites', () => {
    const entries = declared(entry('>=8.0', '11111111').replace(SUITE, 'a.dll/cos'));
    expect(changesOf(SUITE, [on('8.0', [], ['11111111'])], entries)).toEqual({ changes: [], open: [] });
  });
});
