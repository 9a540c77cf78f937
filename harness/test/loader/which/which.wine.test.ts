import { existsSync, mkdirSync, unlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WhichModule, WhichRecord } from '../../../../protocol/records/which-record.ts';
import { examine, type Question } from '../../../loader/which/examine.ts';
import { installation } from '../../reference-dlls.ts';
import { Programs } from './programs.ts';

const other = installation.architecture === 'x64' ? 'ia32' : 'x64';
const TRIPLET = { x64: 'x86_64', ia32: 'i686' }[installation.architecture];

let programs: Programs;
beforeAll(() => {
  programs = new Programs(installation.architecture);
});
afterAll(() => programs[Symbol.dispose]());

function ask(program: string, more: Partial<Question> = {}): Promise<WhichRecord> {
  return examine({ program, runtime: installation.id, ...more });
}

function moduleOf(record: WhichRecord, name: string): WhichModule {
  const found = record.modules.find((module) => module.name.toLowerCase() === name);
  if (found === undefined) throw new Error(`${name} is not among ${record.modules.map((each) => each.name).join(' ')}`);
  return found;
}

function kinds({ problems }: WhichRecord): string[] {
  return problems.map(({ kind }) => kind).filter((kind) => kind !== 'planting');
}

const at = (path: string): string => `Z:${programs.path(path).replaceAll('/', '\\')}`;

describe('a DLL beside the program', () => {
  test('is taken by both, and needs DLLs of Windows', async () => {
    programs.user('plain/app.exe', programs.dll('plain/sotwo.dll', ['two.c']));
    const record = await ask(programs.path('plain/app.exe'));
    expect(record.run).toMatchObject({ state: 'started', status: null });
    expect(moduleOf(record, 'sotwo.dll')).toMatchObject({
      when: 'start',
      windows: { state: 'file', path: at('plain/sotwo.dll'), because: 'Folder of the program' },
      wine: { state: 'loaded', path: at('plain/sotwo.dll'), code: 'native' },
      verdict: 'same',
    });
    expect(moduleOf(record, 'kernel32.dll')).toMatchObject({
      windows: { state: 'windows', because: 'Always loaded' },
      wine: { code: 'builtin' },
      verdict: 'same',
    });
    expect(kinds(record)).toEqual([]);
    expect(record.retry).toBeNull();
  });

  test('with the name of one of Wine is replaced by it, until the load order that is proposed', async () => {
    programs.user('version/app.exe', programs.dll('version/version.dll', ['two.c']));
    const record = await ask(programs.path('version/app.exe'));
    const module = moduleOf(record, 'version.dll');
    expect(module).toMatchObject({
      windows: { state: 'file' },
      wine: { code: 'builtin', path: at('version/version.dll') },
      verdict: 'differs',
    });
    expect(record.problems[0]).toMatchObject({
      kind: 'builtin-overrides',
      override: 'version=n,b',
      modules: [module.id],
    });
    expect(record.retry).toMatchObject({ overrides: 'version=n,b', state: 'started' });
    expect(record.retry?.changes.find((change) => change.module === module.id)?.wine).toMatchObject({ code: 'native' });
  });

  test.skipIf(!existsSync(`/usr/${TRIPLET}-w64-mingw32/lib/zlib1.dll`))('is a real one: zlib of Debian', async () => {
    programs.copy(`/usr/${TRIPLET}-w64-mingw32/lib/zlib1.dll`, 'zlib/zlib1.dll');
    programs.user('zlib/app.exe', programs.dll('zlib/sotwo.dll', ['two.c']));
    const record = await ask(programs.path('zlib/app.exe'), { asked: 'zlib1' });
    expect(moduleOf(record, 'zlib1.dll')).toMatchObject({
      when: 'asked',
      windows: { state: 'file', path: at('zlib/zlib1.dll') },
    });
    // Wine has a zlib1.dll of its own where Debian has built it.
    expect(moduleOf(record, 'zlib1.dll').wine).toMatchObject({ state: 'loaded', path: at('zlib/zlib1.dll') });
  });
});

describe('a program that does not start', () => {
  test('for a DLL that is missing says which', async () => {
    programs.user('missing/app.exe', programs.dll('missing/sogone.dll', ['two.c']));
    unlinkSync(programs.path('missing/sogone.dll'));
    const record = await ask(programs.path('missing/app.exe'));
    expect(record.run).toMatchObject({ state: 'failed', status: 'STATUS_DLL_NOT_FOUND' });
    expect(record.run.said.join('\n')).toMatch(/sogone\.dll .*not found/);
    expect(moduleOf(record, 'sogone.dll')).toMatchObject({
      windows: { state: 'missing' },
      wine: { state: 'missing' },
      verdict: 'same',
    });
    expect(kinds(record)).toEqual(['does-not-start', 'missing']);
    const [start, missing] = record.problems;
    expect(start?.text).toBe('On Windows and under Wine alike the program does not start: STATUS_DLL_NOT_FOUND.');
    expect(missing?.text).toMatch(/^sogone\.dll is missing: .* It is missing under Wine too\.$/);
  });

  test('for a DLL of another architecture says so', async () => {
    programs.user('wrong/app.exe', programs.dll('wrong/sotwo.dll', ['two.c']));
    programs.dll('wrong/sotwo.dll', ['two.c'], other);
    const record = await ask(programs.path('wrong/app.exe'));
    expect(record.run.state).toBe('failed');
    expect(moduleOf(record, 'sotwo.dll')).toMatchObject({
      windows: { state: 'refused', path: at('wrong/sotwo.dll'), because: `it is for ${other}` },
      wine: { state: 'failed', error: 'STATUS_INVALID_IMAGE_FORMAT' },
    });
    expect(kinds(record)).toEqual(['does-not-start', 'wrong-architecture']);
    expect(record.problems[1]?.text).toContain('Wine does not load it either (STATUS_INVALID_IMAGE_FORMAT).');
  });
});

test('a function that the DLL lacks is named, and Wine starts the program all the same', async () => {
  programs.user('symbol/app.exe', programs.dll('symbol/sotwo.dll', ['two.c']));
  programs.dll('symbol/sotwo.dll', ['one.c']);
  const record = await ask(programs.path('symbol/app.exe'));
  expect(record.run.state).toBe('started');
  expect(kinds(record)).toEqual(['missing-symbol']);
  expect(record.problems[0]?.text).toContain('app.exe needs two from sotwo.dll');
});

test('a forwarder is followed where its function is wanted', async () => {
  programs.dll('forward/target.dll', ['two.c']);
  programs.user('forward/app.exe', programs.dll('forward/soplug.dll', ['forward.c', 'forward.def']));
  const record = await ask(programs.path('forward/app.exe'));
  const target = moduleOf(record, 'target.dll');
  expect(target).toMatchObject({
    windows: { path: at('forward/target.dll') },
    wine: { code: 'native' },
    verdict: 'same',
  });
  expect(moduleOf(record, 'soplug.dll').needs).toContainEqual({
    module: target.id,
    how: 'forwarder',
    symbols: 2,
    missingSymbols: [],
  });
});

describe('what is loaded later', () => {
  test('is loaded in the process of the program: delayed imports, and the DLL that is asked for', async () => {
    programs.delaying('later/app.exe');
    programs.dll('later/late.dll', ['one.c']);
    programs.dll('plugins/soplug.dll', ['two.c']);
    const record = await ask(programs.path('later/app.exe'), { asked: 'soplug.dll', path: [programs.path('plugins')] });
    expect(moduleOf(record, 'late.dll')).toMatchObject({
      when: 'delay',
      windows: { path: at('later/late.dll') },
      wine: { code: 'native' },
      verdict: 'same',
    });
    expect(moduleOf(record, 'soplug.dll')).toMatchObject({
      when: 'asked',
      windows: { state: 'file', path: at('plugins/soplug.dll'), because: 'PATH' },
      wine: { code: 'native', path: at('plugins/soplug.dll') },
      verdict: 'same',
    });
  });

  test('and is nowhere, has the error of LoadLibrary, and every folder where somebody could put it', async () => {
    programs.delaying('nowhere/app.exe');
    programs.dll('nowhere/late.dll', ['one.c']);
    mkdirSync(programs.path('work'));
    const path = [programs.path('not-there')];
    const record = await ask(programs.path('nowhere/app.exe'), {
      asked: 'sonone.dll',
      cwd: programs.path('work'),
      path,
    });
    expect(moduleOf(record, 'sonone.dll')).toMatchObject({
      windows: { state: 'missing' },
      wine: { state: 'missing', error: 'ERROR_MOD_NOT_FOUND' },
    });
    const risks = record.problems.filter(({ kind }) => kind === 'planting').map(({ text }) => text);
    expect(risks).toHaveLength(3);
    expect(risks[1]).toMatch(/work \(the current folder\) can be written to by you.*sonone\.dll/);
    expect(risks[2]).toMatch(/not-there \(a folder of PATH\) does not exist and can be made by you/);
  });
});

describe('a module that is loaded in a way of its own', () => {
  test.each([
    ['addon.node', undefined, true],
    ['addon.pyd', undefined, true],
    ['addon.node', 'load-library', false],
    ['addon.dll', undefined, false],
  ])('%s as %s has imports beside it: %s', async (name, as, isFound) => {
    programs.user('host/app.exe', programs.dll('host/sotwo.dll', ['two.c']));
    programs.dll('addon/sohelper.dll', ['two.c']);
    const asked = programs.plugin(`addon/${name}`, 'addon/sohelper.dll');
    const record = await ask(programs.path('host/app.exe'), { asked, as });
    const beside = at('addon/sohelper.dll');
    expect(moduleOf(record, 'sohelper.dll')).toMatchObject(
      isFound
        ? { windows: { state: 'file', path: beside }, wine: { code: 'native', path: beside }, verdict: 'same' }
        : { windows: { state: 'missing' }, wine: { state: 'missing' } },
    );
    // The DLL lies in none of the folders of the program, and Wine has found it.
    expect(moduleOf(record, at(`addon/${name}`).toLowerCase()).wine.state).toBe(isFound ? 'loaded' : 'missing');
  });
});

test('a DLL that imports from the program gets it, and not from a program of another name', async () => {
  const host = programs.host('renamed/host.exe');
  const asked = programs.plugin('renamed/plugin.dll', host);
  const record = await ask(host, { asked });
  expect(record.modules.filter(({ name }) => name.endsWith('.exe'))).toHaveLength(1);
  expect(moduleOf(record, at('renamed/plugin.dll').toLowerCase())).toMatchObject({ verdict: 'same' });
  expect(kinds(record)).toEqual([]);
  programs.copy(host, 'renamed-2/other.exe');
  programs.copy(asked, 'renamed-2/plugin.dll');
  const renamed = await ask(programs.path('renamed-2/other.exe'), { asked: programs.path('renamed-2/plugin.dll') });
  expect(moduleOf(renamed, 'host.exe')).toMatchObject({ windows: { state: 'missing' }, wine: { state: 'missing' } });
  const advice = renamed.problems.find(({ kind }) => kind === 'missing')?.advice;
  expect(advice).toMatch(/built for a program named host\.exe, and this one is named other\.exe/);
});

test('modules that DllMain loads are seen, although nothing imports them', async () => {
  programs.user('inner/app.exe', programs.dll('inner/soloads.dll', ['loads.c']));
  programs.dll('inner/late.dll', ['one.c']);
  const record = await ask(programs.path('inner/app.exe'));
  expect(record.run.others).toContainEqual({ path: at('inner/late.dll'), code: 'native' });
});
