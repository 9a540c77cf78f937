import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DllparityError } from '../../base/errors.ts';
import { plainDll } from '../../loader/plain-dll.ts';
import { writeScenario } from '../../../tools/random/write-scenario.ts';
import { parseScenarios, readScenarios } from '../../loader/read-scenarios.ts';

const SUITES = join(import.meta.dirname, '..', '..', '..', 'suites', 'search-order');

/** One scenario with these fields, in a file. */
const file = (...fields: string[]): string =>
  ['rule: a rule', 'scenarios:', '  - id: one', '    title: one', ...fields.map((field) => `    ${field}`)].join('\n');
const KNOWN = ['expect: app', 'evidence: documented', 'source: a page'];

/** Line, column and message of the refusal. */
function refusal(text: string): string {
  try {
    parseScenarios(text, 'my.yaml');
  } catch (error) {
    if (!(error instanceof DllparityError) || error.code !== 'SCENARIO_SYNTAX') throw error;
    const [what = '', where = ''] = error.message.split('\n');
    return `${where.replace(/.*my\.yaml:/, '')} ${what.replace(' [SCENARIO_SYNTAX]', '')}`;
  }
  throw new Error('it was accepted');
}

describe('a file of scenarios', () => {
  test('gives every field, with the defaults of those that are not there', () => {
    const [scenario] = parseScenarios(
      file(
        'files:',
        '  app/sotgt.dll: dll',
        '  other/sub/p.dll: { dll: p, imports: sodep.dll, manifest: { resource: 2, application: [so.asm 1.0.0.0] } }',
        'program: { imports: sotgt.dll }',
        'registry:',
        "  'HKLM\\Software\\X\\Y': 1",
        'calls:',
        '  - LoadLibraryEx: [sotgt.dll, LOAD_LIBRARY_SEARCH_SYSTEM32 | LOAD_LIBRARY_SEARCH_USER_DIRS]',
        '  - same: [1, 1]',
        ...KNOWN,
      ),
      'my.yaml',
    );
    expect(scenario).toEqual({
      id: 'one',
      rule: 'a rule',
      title: 'one',
      files: [
        { folder: 'app', path: 'sotgt.dll', content: plainDll('app') },
        {
          folder: 'other',
          path: 'sub\\p.dll',
          content: {
            ...plainDll('p'),
            imports: 'sodep.dll',
            manifest: {
              resource: 2,
              manifest: {
                kind: 'application',
                dependsOn: [
                  {
                    name: 'so.asm',
                    version: '1.0.0.0',
                    architecture: 'own',
                    language: undefined,
                    publicKeyToken: undefined,
                  },
                ],
              },
            },
          },
        },
      ],
      program: {
        imports: 'sotgt.dll',
        missingSymbol: false,
        manifest: undefined,
        environment: {},
        parentDllDirectory: undefined,
      },
      calls: [
        { call: 'LoadLibraryEx', name: 'sotgt.dll', flags: 0xc00 },
        { call: 'same', of: [0, 0] },
      ],
      registry: [{ path: 'HKLM\\Software\\X\\Y', value: 1 }],
      expect: { outcome: ['app'], evidence: 'documented', source: 'a page' },
      wine: undefined,
      twin: undefined,
      file: 'my.yaml',
      line: 3,
    });
  });

  test.each([
    ['a folder that there is not', ['files:', '  ap/x.dll: dll', ...KNOWN], '6:7 there is no folder "ap": did you mean app?'],
    ['a path that leaves its folder', ['files:', '  app/../x.dll: dll', ...KNOWN], '6:7 must be a folder and a path in it, such as app/x.dll'],
    ['a variant that is there twice', ['files:', '  app/x.dll: dll', '  cwd/x.dll: { dll: app }', ...KNOWN], '7:7 variant "app" is at app/x.dll already: name this one, { dll: another-name }'],
    ['a place in two spellings', ['files:', '  app/x.dll: dll', '  app/X.dll: empty', ...KNOWN], '7:7 the same place is named as app/x.dll before'],
    ['a file inside a file', ['files:', '  app/x.dll: dll', '  app/x.dll/y: empty', ...KNOWN], '7:7 app/x.dll cannot be a file and a folder'],
    ['the program as a file', ['files:', '  app/probe.exe: empty', ...KNOWN], '6:7 is the program itself: give it fields with "program"'],
    ['the program as a file, where it lies', ['files:', '  app/bin/x64/Probe.exe: empty', 'program: { folder: bin/x64 }', ...KNOWN], '6:7 is the program itself: give it fields with "program"'],
    ['a program out of its folder', ['program: { folder: ../bin }', ...KNOWN], '5:16 must not lead out of app'],
    ['a DLL that imports and forwards', ['files:', '  app/x.dll: { dll: app, imports: y.dll, forwards: z.dll }', ...KNOWN], '6:7 a DLL either imports or forwards: both cannot answer for its export'],
    ['a call that there is not', ['calls:', '  - LoadLibary: x.dll', ...KNOWN], '6:9 there is no call "LoadLibary": did you mean LoadLibrary?'],
    ['a flag that there is not', ['calls:', '  - LoadLibraryEx: [x.dll, LOAD_LIBRARY_SEARCH_SYSTEM]', ...KNOWN], '6:32 there is no flag LOAD_LIBRARY_SEARCH_SYSTEM: did you mean LOAD_LIBRARY_SEARCH_SYSTEM32?'],
    ['a folder in braces that there is not', ['calls:', "  - LoadLibrary: '{othr}\\x.dll'", ...KNOWN], '6:9 {othr} stands for no folder: did you mean other?'],
    ['a form of a folder that there is not', ['calls:', "  - LoadLibrary: '{other slash}/x.dll'", ...KNOWN], '6:9 {other slash} stands for no folder: did you mean slashes?'],
    ['a call that refers to itself', ['calls:', '  - FreeLibrary: 1', ...KNOWN], '6:9 call 1 is not before this one; calls are counted from 1'],
    ['a call that refers to another kind', ['calls:', '  - SetDllDirectory: null', '  - FreeLibrary: 1', ...KNOWN], '7:9 call 1 is SetDllDirectory, and must be LoadLibrary or LoadLibraryEx or GetModuleHandle'],
    ['a call of an import of no module', ['calls:', '  - SetDllDirectory: null', '  - CallImport: [1, which]', ...KNOWN], '7:9 call 1 is SetDllDirectory, and must be LoadLibrary or LoadLibraryEx or GetModuleHandle'],
    ['a call of an import that there is not', ['calls:', '  - CallImport: [1, whihc]', ...KNOWN], '6:25 must be one of which, missing: did you mean which?'],
    ['a delayed import with a path', ['calls:', "  - CallDelayed: ['a\\x.dll', which]", ...KNOWN], '6:23 must be a file name, without folders'],
    ['a context that is not active', ['calls:', '  - DeactivateActCtx', ...KNOWN], '6:9 no ActivateActCtx before it is still active'],
    ['a registry value without a root', ['registry:', '  Software: 1', ...KNOWN], '6:7 must be HKLM or HKCU, keys, and the name of the value, with backslashes'],
    ['an expectation of a variant that there is not', ['files:', '  app/x.dll: dll', 'expect: ap', 'evidence: documented', 'source: a page'], '7:5 "ap" is no variant of this scenario: did you mean app?'],
    ['an expectation that nobody vouches for', ['expect: ERROR_MOD_NOT_FOUND', 'evidence: none', 'source: a page'], '5:5 with evidence "none" nothing can be expected'],
    ['evidence of nothing', ['evidence: documented', 'source: a page'], '5:5 evidence "documented" needs an "expect"; where nobody knows it is "none"'],
    ['a range that is none', ['wine: { outcome: ERROR_MOD_NOT_FOUND, versions: eight, because: x }', 'expect: ERROR_BAD_EXE_FORMAT', 'evidence: documented', 'source: a page'], '5:43 must be a range of versions, such as ">=8.0 <9.0"'],
    ['a field that there is not', ['flies: {}', ...KNOWN], '5:5 there is no field "flies" here: did you mean files?'],
    ['a shared assembly without a key', ['shared: [{ identity: so.asm 1.0.0.0 }]', ...KNOWN], '5:16 must have a publicKeyToken, and be for one processor: { name: so.asm, version: 1.0.0.0, publicKeyToken: 0123456789abcdef }'],
    ['a variant of a shared assembly that is there twice', ['files: { app/x.dll: { dll: shared } }', 'shared: [{ identity: { name: a, version: 1.0.0.0, publicKeyToken: 0123456789abcdef }, files: { x.dll: dll } }]', ...KNOWN], '5:5 variant "shared" is at app/x.dll already: name this one, { dll: another-name }'],
    ['files beside an assembly', ['files:', '  app/x.manifest: { manifest: { assembly: { identity: a 1.0.0.0 }, files: [x.dll] } }', ...KNOWN], '6:25 files stand beside application; those of an assembly stand in it'],
    ['two manifests of one resource', ['program:', '  manifest: [{ resource: 1, text: a }, { resource: 1, text: b }]', ...KNOWN], '6:7 must have different resources'],
    ['a manifest of two kinds', ['files:', '  app/x.manifest: { manifest: { application: [], text: x } }', ...KNOWN], '6:25 must have exactly one of application, assembly, text'],
  ])('%s is refused with its place', (_, fields, message) => {
    expect(refusal(file(...fields))).toBe(message);
  }); // prettier-ignore

  test('a DLL and a program have one manifest, several, or none', () => {
    const [scenario] = parseScenarios(
      file(
        'files:',
        '  app/x.dll: { dll: app, manifest: [{ resource: 1, application: [], files: [x.dll] }, { resource: 2, text: z }] }',
        'program: { manifest: { resource: 1, application: [] } }',
        ...KNOWN,
      ),
      'my.yaml',
    );
    const [content] = scenario?.files.map((each) => each.content) ?? [];
    expect(content).toMatchObject({
      manifest: [
        { resource: 1, manifest: { kind: 'application', dependsOn: [], files: ['x.dll'] } },
        { resource: 2, manifest: { kind: 'text', text: 'z' } },
      ],
    });
    expect(scenario?.program.manifest).toEqual({ resource: 1, manifest: { kind: 'application', dependsOn: [] } });
  });

  test('a scenario without a source is refused: it says in which line, and what to add', () => {
    const text = file('expect: ERROR_MOD_NOT_FOUND', 'evidence: documented');
    expect(refusal(text)).toBe(
      '3:5 there is no "source" here: who says what Windows does: a page, a test with its line, a report, or the reasoning',
    );
    expect(() => parseScenarios(text, 'my.yaml')).toThrow(/Add a line such as "source: Microsoft, .*search order"/);
    expect(refusal(file('source:', 'evidence: none'))).toMatch(/^5:5 there is no "source" here/);
  });

  test.each([
    ['evidence', file('source: x'), /^3:5 there is no "evidence" here: how sure it is/],
    ['a rule', 'scenarios: []', /^1:1 there is no "rule" here/],
    ['scenarios', 'rule: a rule', /^1:1 there is no "scenarios" here/],
    ['anything', '', /^1:1 must be fields, each a name and a value$/],
    ['why Wine differs', file('wine: { outcome: x }', ...KNOWN), /^5:5 there is no "because" here: why Wine/],
    ['a file in a call', file('calls: [{ ActivateActCtx: {} }]', ...KNOWN), /^5:15 there is no "source" here$/],
  ])('one without %s is refused too', (_, text, message) => {
    expect(refusal(text)).toMatch(message);
  });

  test('a word that is close to one of several is proposed', () => {
    expect(refusal(file('evidence: documentd', 'source: x'))).toBe(
      '5:5 must be one of documented, wine-test, reported, unverified, none: did you mean documented?',
    );
  });

  test('two scenarios of one id are refused, with the line of the other', () => {
    const twice = `${file('evidence: none', 'source: x')}\n  - id: one\n    title: two\n    evidence: none\n    source: x\n`;
    expect(refusal(twice)).toBe('7:5 line 3 has a scenario one already');
  });

  test('broken YAML and a file that is not there are refused', () => {
    expect(refusal('rule: [')).toMatch(/^1:8 The file is not valid YAML/);
    expect(() => readScenarios('no-such-file.yaml')).toThrow(/could not be read \[SCENARIO_SYNTAX\]/);
  });
});

const all = readdirSync(SUITES)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => readScenarios(join(SUITES, name)));

describe('the scenarios of the project', () => {
  test('have ids of their own, and twins that are there', () => {
    const ids = new Set(all.map(({ id }) => id));
    expect(ids.size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(250);
    expect(all.filter(({ twin }) => twin !== undefined && !ids.has(twin)).map(({ id }) => id)).toEqual([]);
  });
});

test('what a scenario says can be written as a file, and read from it again', () => {
  for (const scenario of all) {
    const [read] = parseScenarios(writeScenario(scenario), scenario.file);
    expect({ ...read, line: scenario.line }, scenario.id).toEqual(scenario);
  }
});

test('the scenarios that the documentation names are there', () => {
  const page = readFileSync(join(SUITES, '..', '..', 'docs', 'guides', 'search-order.md'), 'utf8');
  const named = [...page.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, id = '']) => id);
  const begin = new Set(all.map(({ id }) => id.split('-')[0]));
  const ids = new Set(all.map(({ id }) => id));
  const found = named.filter((id) => begin.has(id.split('-')[0]));
  expect(found.length).toBeGreaterThan(30);
  expect(found.filter((id) => !ids.has(id))).toEqual(['known-divergence']);
});
