import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGraph, type Graph } from '../../../loader/which/graph.ts';
import { askedDll } from '../../../loader/which/load-mode.ts';
import { managedCode } from '../../../loader/which/managed-code.ts';
import { openProgram } from '../../../loader/which/open-program.ts';
import { onWindows } from '../../../loader/which/predict.ts';
import { foldersOf, freshProcess, hasFile } from '../../../loader/which/process-start.ts';
import { throughZ } from '../../../loader/which/real-folders.ts';
import { RealWorld } from '../../../loader/which/real-world.ts';
import { Programs } from './programs.ts';

let programs: Programs;
beforeAll(() => {
  programs = new Programs('x64');
});
afterAll(() => programs[Symbol.dispose]());

interface More {
  readonly path?: string[];
  readonly asked?: string;
  readonly as?: string;
  readonly wineHas?: string[];
}

function graphOf(program: string, { path = [], asked, as }: More): Graph {
  const state = freshProcess({ program: programs.path(program), architecture: 'x64', cwd: programs.folder, path });
  return buildGraph(new RealWorld('x64'), state, asked === undefined ? undefined : askedDll(asked, as));
}

/** What the model says of each DLL by name; nothing is started. */
function predict(program: string, more: More = {}) {
  const world = new RealWorld('x64');
  const path = programs.path(program);
  const state = freshProcess({ program: path, architecture: 'x64', cwd: programs.folder, path: more.path ?? [] });
  const folders = foldersOf(state);
  const graph = buildGraph(world, state, more.asked === undefined ? undefined : askedDll(more.asked, more.as));
  const hints = {
    world,
    isElsewhere: (name: string) => hasFile(folders, name),
    wineHas: (name: string) => more.wineHas?.includes(name) === true,
  };
  return new Map(graph.modules.map((module) => [module.name.toLowerCase(), onWindows(module, hints)]));
}

describe('what Windows would take', () => {
  it('is the file beside the program before one in PATH, and Windows has its own', () => {
    programs.user('plain/app.exe', programs.dll('plain/sotwo.dll', ['two.c']));
    programs.dll('path/sotwo.dll', ['two.c']);
    const found = predict('plain/app.exe', { path: [programs.path('path')] });
    expect(found.get('sotwo.dll')).toMatchObject({ state: 'file', path: throughZ(programs.path('plain/sotwo.dll')) });
    expect(found.get('kernel32.dll')).toMatchObject({ state: 'windows', because: 'Always loaded' });
    expect(found.get('msvcrt.dll')).toMatchObject({ state: 'windows', because: 'KnownDLLs' });
  });

  it('is not known where Windows may have the name itself, before the folder that has it', () => {
    const path = [programs.path('path')];
    expect(predict('plain/app.exe', { path, asked: 'sothree.dll' }).get('sothree.dll')).toMatchObject({
      state: 'missing',
    });
    programs.dll('path/sothree.dll', ['one.c']);
    expect(predict('plain/app.exe', { path, asked: 'sothree.dll' }).get('sothree.dll')).toMatchObject({
      state: 'file',
    });
    const found = predict('plain/app.exe', { path, asked: 'sothree.dll', wineHas: ['sothree.dll'] });
    expect(found.get('sothree.dll')).toMatchObject({ state: 'unknown' });
    expect(found.get('sothree.dll')?.because).toMatch(
      /whether Windows has one is not known here, or else Z:.*sothree\.dll/,
    );
  });

  it('passes a file of another architecture over', () => {
    programs.user('wrong/app.exe', programs.dll('wrong/sotwo.dll', ['two.c']));
    programs.dll('wrong/sotwo.dll', ['two.c'], 'ia32');
    expect(predict('wrong/app.exe').get('sotwo.dll')).toMatchObject({ state: 'refused', because: 'it is for ia32' });
    const found = predict('wrong/app.exe', { path: [programs.path('path')] }).get('sotwo.dll');
    expect(found).toMatchObject({ state: 'file', path: throughZ(programs.path('path/sotwo.dll')) });
    expect(found?.steps.map(({ skipped }) => skipped)).toContain('it is for another architecture');
  });

  it('is refused where it is no DLL', () => {
    programs.user('text/app.exe', programs.dll('text/sotwo.dll', ['two.c']));
    writeFileSync(programs.path('text/sotwo.dll'), 'not a DLL\n');
    expect(predict('text/app.exe').get('sotwo.dll')).toMatchObject({ state: 'refused', because: 'it is a text file' });
  });

  it('is what a private assembly brings, where the manifest beside the program asks for it', () => {
    programs.user('sxs/app.exe', programs.dll('sxs/sotwo.dll', ['two.c']));
    programs.dll('sxs/so.asm/sotwo.dll', ['two.c']);
    const identity = 'type="win32" name="so.asm" version="1.0.0.0" processorArchitecture="amd64"';
    const manifest = (inner: string): string =>
      `<?xml version="1.0"?><assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">${inner}</assembly>`;
    writeFileSync(
      programs.path('sxs/app.exe.manifest'),
      manifest(`<dependency><dependentAssembly><assemblyIdentity ${identity}/></dependentAssembly></dependency>`),
    );
    writeFileSync(
      programs.path('sxs/so.asm/so.asm.manifest'),
      manifest(`<assemblyIdentity ${identity}/><file name="sotwo.dll"/>`),
    );
    const found = predict('sxs/app.exe').get('sotwo.dll');
    expect(found).toMatchObject({ state: 'file', path: throughZ(programs.path('sxs/so.asm/sotwo.dll')) });
  });
});

it('a hard link is a second name of one file, and a symbolic link is another file', () => {
  const file = programs.dll('linked/solinked.dll', ['one.c']);
  linkSync(file, programs.path('linked/sosecond.dll'));
  symlinkSync(file, programs.path('linked/sothird.dll'));
  const world = new RealWorld('x64');
  const look = (name: string) => world.lookUp(throughZ(programs.path(`linked/${name}`)));
  expect(look('sosecond.dll')).toBe(look('solinked.dll'));
  expect(look('sothird.dll')).not.toBe(look('solinked.dll'));
});

describe('a DLL that Wine lacks', () => {
  it.each(['mfc42.dll', 'MFC42u.dll', 'dsrole.dll', 'vaultcli.dll', 'fveapi.dll'])('is of Windows: %s', (asked) => {
    expect(predict('plain/app.exe', { asked }).get(asked.toLowerCase())).toMatchObject({ state: 'windows' });
  });

  it.each(['wdstptc.dll', 'iisutil.dll'])('is not known to be missing: %s', (asked) => {
    const found = predict('plain/app.exe', { asked }).get(asked);
    expect(found).toMatchObject({
      state: 'unknown',
      because: expect.stringMatching(/^some versions of Windows/) as string,
    });
  });
});

describe('what is in the process already', () => {
  it('is ntdll.dll: a file of that name beside the program is not looked at', () => {
    programs.stubUser('ntdll/app.exe');
    programs.dll('ntdll/ntdll.dll', ['two.c']);
    const found = predict('ntdll/app.exe').get('ntdll.dll');
    expect(found).toMatchObject({ state: 'windows', path: 'C:\\windows\\system32\\ntdll.dll' });
  });

  it('is the program, for DLLs that import from it', () => {
    const asked = programs.plugin('host/plugin.dll', programs.host('host/host.exe'));
    const graph = graphOf('host/host.exe', { asked });
    expect(graph.modules.map(({ name }) => name).filter((name) => name.endsWith('.exe'))).toEqual(['host.exe']);
    const plugin = graph.modules.find(({ name }) => name.endsWith('plugin.dll'));
    expect(plugin?.needs).toContainEqual({ module: 0, how: 'import', symbols: 2, missingSymbols: [] });
  });

  it('is the program under any name, where an addon of Node delays its import of node.exe', () => {
    const asked = programs.delaying('host/addon.node', 'node.exe');
    const graph = graphOf('host/host.exe', { asked });
    const addon = graph.modules.find(({ name }) => name.endsWith('addon.node'));
    expect(addon?.needs).toContainEqual(expect.objectContaining({ module: 0, how: 'delay-import' }));
    expect(graph.delayed).toEqual([]);
    const other = graphOf('host/host.exe', { asked: programs.delaying('host/other.dll', 'node.exe') });
    expect(other.modules.find(({ name }) => name === 'node.exe')?.result).toEqual({
      kind: 'failed',
      error: 'not-found',
    });
  });
});

describe('how a DLL is loaded', () => {
  it.each([
    ['app.dll', undefined, 0],
    ['C:\\app\\app.dll', undefined, 0],
    ['C:\\app\\addon.node', undefined, 0x8],
    ['C:\\app\\addon.PYD', undefined, 0x1100],
    ['C:\\app\\addon.node', 'load-library', 0],
    ['C:\\app\\app.dll', 'altered', 0x8],
    ['C:\\app\\app.dll', 'dll-load-dir', 0x1100],
    ['app.dll', 'search=system32,application-dir', 0xa00],
    ['app.dll', 'search=user-dirs', 0x400],
  ])('%s as %s: flags', (dll, as, flags) => {
    expect(askedDll(dll, as).flags).toBe(flags);
  });

  it.each([
    ['other', /no way to load a DLL named other/],
    ['search=', /named search=/],
    ['search=system32,x', /named search=x/],
    ['altered', /no file .*none\.dll to load with LOAD_WITH_ALTERED_SEARCH_PATH/],
  ])('is refused: %s', (as, message) => {
    expect(() => askedDll('none.dll', as)).toThrow(message);
  });

  it('decides where its imports are looked for', () => {
    programs.user('host/app.exe', programs.dll('host/sotwo.dll', ['two.c']));
    const asked = programs.plugin('elsewhere/soplug.dll', programs.dll('elsewhere/sofour.dll', ['two.c']));
    const beside = throughZ(programs.path('elsewhere/sofour.dll'));
    const of = (as: string | undefined) =>
      predict('host/app.exe', { asked, ...(as === undefined ? {} : { as }) }).get('sofour.dll');
    expect(of(undefined)).toMatchObject({ state: 'missing' });
    expect(of('search=default-dirs')).toMatchObject({ state: 'missing' });
    expect(of('altered')).toMatchObject({ state: 'file', path: beside, because: 'LOAD_WITH_ALTERED_SEARCH_PATH' });
    expect(of('dll-load-dir')).toMatchObject({
      state: 'file',
      path: beside,
      because: 'LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR',
    });
  });
});

describe('code for .NET', () => {
  it.each([
    ['net/app.exe', 'it is a .NET program'],
    ['net/app.dll', 'it is a .NET assembly'],
  ])('is refused as a program: %s', (name, words) => {
    programs.managed(name);
    expect(() => openProgram(programs.path(name))).toThrow(words);
  });

  it('is named where a native host starts it, and where a DLL holds it', () => {
    programs.host('core/app.exe');
    expect(managedCode(graphOf('core/app.exe', {}), programs.path('core/app.exe'))).toEqual([]);
    const asked = programs.managed('core/app.dll');
    writeFileSync(programs.path('core/app.runtimeconfig.json'), '{}');
    const texts = managedCode(graphOf('core/app.exe', { asked }), programs.path('core/app.exe')).map(
      ({ text }) => text,
    );
    expect(texts[0]).toMatch(/^app\.exe is a \.NET program: it starts app\.dll/);
    expect(texts[1]).toMatch(/app\.dll holds code for \.NET/);
  });
});

describe('a program is refused', () => {
  it.each([
    ['none.exe', 'it does not exist'],
    ['plain/sotwo.dll', 'it is a DLL'],
    ['use.c', 'it is a text file'],
    ['folder', 'it is a folder'],
  ])('%s: %s', (name, words) => {
    mkdirSync(programs.path('folder'), { recursive: true });
    expect(() => openProgram(programs.path(name))).toThrow(new RegExp(`${words} \\[PROGRAM_UNREADABLE\\]`));
  });
});
