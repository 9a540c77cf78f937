import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { explain } from '../../loader/model/explain.ts';
import { predict } from '../../loader/model/predict.ts';
import { RULES } from '../../loader/model/rules.ts';
import { readScenarios } from '../../loader/read-scenarios.ts';
import type { Evidence } from '../../loader/scenario.ts';
import { scenarioOf } from './scenarios.ts';

const folder = fileURLToPath(new URL('../../../suites/search-order/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const all = files.flatMap((name) => readScenarios(`${folder}${name}`));

const architecture = 'x64';
const CERTAIN: readonly Evidence[] = ['documented', 'wine-test', 'reported'];

const certain = all.filter(({ expect: { evidence } }) => CERTAIN.includes(evidence));
const unsure = all.filter(({ expect: { evidence } }) => !CERTAIN.includes(evidence));

describe('the model and the expectations', () => {
  test.each(certain.map((scenario) => [scenario.id, scenario] as const))('%s', (_, scenario) => {
    const prediction = predict(scenario, { architecture });
    expect(prediction.outcome, explain(prediction).join('\n')).toEqual(scenario.expect.outcome);
  });

  test('both architectures have the same answers', () => {
    for (const scenario of all) {
      const other = predict(scenario, { architecture: 'ia32' });
      expect(other.outcome, scenario.id).toEqual(predict(scenario, { architecture }).outcome);
    }
  });

  test('what nobody has seen on Windows is predicted as expected, or unknown with a reason', () => {
    for (const scenario of unsure) {
      const { outcome, unknown } = predict(scenario, { architecture });
      if (outcome === undefined) expect(unknown, scenario.id).not.toBe('');
      else if (scenario.expect.outcome !== undefined) expect(outcome, scenario.id).toEqual(scenario.expect.outcome);
    }
  });

  test('what nobody knows is unknown to the model too: no answer without a source', () => {
    const unknown = unsure.filter(({ expect: { outcome } }) => outcome === undefined);
    expect(unknown.length).toBeGreaterThan(10);
    for (const scenario of unknown) expect(predict(scenario, { architecture }).outcome, scenario.id).toBeUndefined();
  });
});

describe('the model', () => {
  const of = (text: string) => predict(scenarioOf(text), { architecture });

  test.each(['imagehlp.dll', 'ntdll.dll', 'kernel32.dll'])('does not redirect %s by .local', (name) => {
    const { outcome } = of(`
files: { 'app/probe.exe.local/${name}': dll }
calls:
  - LoadLibrary: ${name}`);
    expect(outcome).toEqual(['foreign @ system32']);
  });

  test.each([
    ['SetDllDirectory', "calls:\n  - SetDllDirectory: '{dir1};{dir2}'"],
    ['the parent', "program: { parentDllDirectory: '{dir1};{dir2}' }\ncalls:\n  - LoadLibrary: a.dll"],
  ])('does not say what several folders mean: %s', (_, text) => {
    expect(of(text)).toMatchObject({
      outcome: undefined,
      unknown: expect.stringContaining('several folders') as string,
    });
  });

  test('knows that shared common controls are there, and not in which folder', () => {
    const identity = '{ name: Microsoft.Windows.Common-Controls, version: 6.0.0.0, publicKeyToken: 6595b64144ccf1df }';
    const program = `program: { manifest: { resource: 1, application: [${identity}] } }`;
    const load = 'calls:\n  - LoadLibrary: comctl32.dll';
    expect(of(program).outcome).toEqual([]);
    const { outcome, unknown, steps } = of(`${program}\n${load}`);
    expect(outcome).toBeUndefined();
    expect(unknown).toContain('folder in WinSxS');
    expect(JSON.stringify(steps)).not.toContain('winsxs\\');
    expect(steps.flatMap((part) => part.steps.flatMap(({ path }) => path ?? [])).join()).not.toMatch(/WinSxS/);
  });

  test.each(['..\\a.dll', '.\\a.dll', '{other}\\a.dll  ', '   '])('does not say what the name "%s" means', (name) => {
    expect(of(`files: { other/a.dll: dll }\ncalls:\n  - LoadLibrary: '${name}'`).outcome).toBeUndefined();
  });

  const file = 'files: { app/a.dll: dll, app/a: { dll: bare }, app/f.dll: { dll: f, forwards: a.dll } }';
  test.each([
    ['a data file without extension', "- LoadLibraryEx: ['{app}\\a', LOAD_LIBRARY_AS_DATAFILE]"],
    ['DLL_LOAD_DIR with a drive alone', "- LoadLibraryEx: ['C:a.dll', LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR]"],
    [
      'the address of a freed module',
      '- LoadLibrary: a.dll\n  - FreeLibrary: 1\n  - LoadLibrary: f.dll\n  - same: [1, 3]',
    ],
    ['the target of a freed forwarder', '- LoadLibrary: f.dll\n  - FreeLibrary: 1\n  - GetModuleHandle: a.dll'],
    [
      'an API set and a DLL',
      '- LoadLibrary: a.dll\n  - LoadLibrary: api-ms-win-core-file-l1-1-0.dll\n  - same: [1, 2]',
    ],
  ])('does not say what no page speaks of: %s', (_, calls) => {
    expect(of(`${file}\ncalls:\n  ${calls}`).outcome).toBeUndefined();
  });

  test('an API set is one module, however often it is loaded', () => {
    const load = '- LoadLibrary: api-ms-win-core-file-l1-1-0.dll';
    const { outcome } = of(`calls:\n  ${load}\n  ${load}\n  - same: [1, 2]`);
    expect(outcome).toEqual(['foreign @ system32', 'foreign @ system32', 'same']);
  });

  test('takes the manifest of a text apart', () => {
    const text =
      '<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"><file name="a.dll"/></assembly>';
    const { outcome } = of(`
files: { app/probe.exe.manifest: { text: '${text}' }, app/a.dll: dll }
calls:
  - LoadLibrary: a.dll`);
    expect(outcome).toEqual(['app']);
  });
});

describe('the rules', () => {
  test('each has a title, a text that ends, and a source', () => {
    for (const [id, { title, text, source }] of Object.entries(RULES)) {
      expect(title, id).not.toBe('');
      expect(text, id).toMatch(/[.]$/);
      expect(source, id).toMatch(/Microsoft|wine-10\.0|MS-ERREF|Windows SDK|Reported/);
    }
  });

  test('the scenarios use nearly all of them', () => {
    const used = new Set(all.flatMap((scenario) => predict(scenario, { architecture }).steps.flatMap(rulesOf)));
    const unused = Object.keys(RULES).filter((id) => !used.has(id as keyof typeof RULES));
    expect(unused).toMatchInlineSnapshot(`
      [
        "system32-no-forwarder",
        "data-empty",
        "registry",
        "assembly-module",
      ]
    `);
  });
});

function rulesOf({ steps }: ReturnType<typeof predict>['steps'][number]): readonly (keyof typeof RULES)[] {
  return steps.map(({ rule }) => rule);
}
