import { describe, expect, it } from 'vitest';
import { chooseByIds } from './choose-by-ids.ts';
import { commands } from './commands.ts';
import { usageProblem } from './usage.ts';

function problemOf(...words: string[]): string | undefined {
  const cli = commands();
  cli.help();
  cli.parse(['node', 'dllparity', ...words], { run: false });
  return usageProblem(cli);
}

describe('usageProblem', () => {
  it.each([
    [['run', 'math', '--no-strict']],
    [['record', 'math', '--', '--bail', '1']],
    [['check', 'a.yaml', '--only', 'a', '--only', 'b', '--known', 'c', '--known', 'd', '--no-strict']],
    [['report', '--which', 'a.json', '--which', 'b.json']],
    [['setup', '--wine', '10']],
    [['run', '--help']],
    [['nothing']],
  ])('finds nothing wrong with %j', (words) => {
    expect(problemOf(...words)).toBeUndefined();
  });

  it.each([
    [['run', '--runtime', 'x'], 'there is no option --runtime\n  next: Did you mean --runtimes?'],
    [['run', '-q'], 'there is no option -q\n  next: `dllparity run --help` lists them.'],
    [['check', 'a.yaml', '--json', 'a', '--json', 'b'], '--json was given 2 times, and takes one value'],
    [['scenario', 'run', '--runtime', 'a', '--runtime', 'b'], '--runtime was given 2 times'],
  ])('says what is wrong with %j', (words, said) => {
    expect(problemOf(...words)).toContain(said);
  });
});

describe('chooseByIds', () => {
  const all = [{ id: 'first' }, { id: 'second' }, { id: 'third' }, { id: undefined }];
  const say = ({ id, near }: { id: string; near: string | undefined }) => ({
    what: `no ${id}`,
    hint: `${near ?? 'none'} is`,
  });

  it('takes all without ids, and those of one or several', () => {
    expect(chooseByIds(all, undefined, say)).toEqual(all);
    expect(chooseByIds(all, 'second', say)).toEqual([{ id: 'second' }]);
    expect(chooseByIds(all, ['third', 'first'], say)).toEqual([{ id: 'first' }, { id: 'third' }]);
  });

  it('refuses one that nothing has, and names the nearest', () => {
    expect(() => chooseByIds(all, ['first', 'secnd'], say)).toThrow(/no secnd \[ARGUMENT_TYPE\][^]*second is/);
  });
});
