import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../../loader/which/examine.ts';
import { installation } from '../../reference-dlls.ts';
import { Programs } from './programs.ts';

let programs: Programs;
beforeAll(() => {
  programs = new Programs(installation.architecture);
});
afterAll(() => programs[Symbol.dispose]());

describe('a program with a manifest that Windows refuses', () => {
  const SETTING = '<dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true</dpiAware>';
  const application = `<application xmlns="urn:schemas-microsoft-com:asm.v3"><windowsSettings>${SETTING}${SETTING}</windowsSettings></application>`;

  test.each([
    ['doubled', application, 'dpiAware stands there twice'],
    ['unknown', '<UpdaterAware>1</UpdaterAware>', 'assembly has no element UpdaterAware in its own name space'],
  ])('does not start there, and does so under Wine: an element that is %s', async (name, inner, because) => {
    const manifest = `<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">${inner}</assembly>`;
    const record = await examine({
      program: programs.withManifest(`${name}/app.exe`, 1, manifest),
      runtime: installation.id,
    });
    expect(record.run).toMatchObject({ state: 'started' });
    expect(record.problems[0]).toMatchObject({
      kind: 'does-not-start',
      severity: 'error',
      text: `On Windows the program does not start: the manifest of app.exe is broken: ${because} (error 14001, ERROR_SXS_CANT_GEN_ACTCTX).`,
    });
  });
});

test.each([1, 3])('a DLL with a manifest as resource %i is no DLL of another architecture', async (resource) => {
  const manifest = '<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"/>';
  const folder = `resource-${String(resource)}`;
  const asked = programs.withManifest(`${folder}/soplug.dll`, resource, manifest, ['-shared', 'two.c']);
  programs.user(`${folder}/app.exe`, programs.dll(`${folder}/sotwo.dll`, ['two.c']));
  const record = await examine({ program: programs.path(`${folder}/app.exe`), asked, runtime: installation.id });
  expect(record.modules.find(({ when }) => when === 'asked')).toMatchObject({ verdict: 'same' });
  expect(record.problems.filter(({ kind }) => kind !== 'planting')).toEqual([]);
});
