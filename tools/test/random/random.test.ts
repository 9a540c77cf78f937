import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LOAD_FLAGS } from '../../../harness/loader/loader-constants.ts';
import { predict } from '../../../harness/loader/model/predict.ts';
import { RULES } from '../../../harness/loader/model/rules.ts';
import { ROOT } from '../../../harness/loader/model/scenario-world.ts';
import type { WineWay } from '../../../harness/loader/model/ways.ts';
import { pathKey } from '../../../harness/loader/model/windows-path.ts';
import { WineWays } from '../../../harness/loader/model/wine-ways.ts';
import { folderPath, FOLDERS } from '../../../harness/loader/places.ts';
import { compare } from '../../random/compare.ts';
import { dll } from '../../random/dll-arbitrary.ts';
import { NAMES } from '../../random/names.ts';
import { scenarios } from '../../random/scenario-arbitrary.ts';
import { shrink, tryScenarios } from '../../random/try-scenarios.ts';
import { writeScenario } from '../../random/write-scenario.ts';
import { parseScenarios } from '../../../harness/loader/read-scenarios.ts';
import type { Scenario } from '../../../harness/loader/scenario.ts';

const architecture = 'x64';
const options = { architecture } as const;

describe('random scenarios', () => {
  test('can be written as a file, and read from it again', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const [read] = parseScenarios(writeScenario(scenario), scenario.file);
        expect({ ...read, line: 0 }).toEqual(scenario);
      }),
    );
  });

  test('most have an answer', () => {
    const series = fc.sample(scenarios, { numRuns: 1000, seed: 1 });
    const known = series.filter((scenario) => predict(scenario, options).outcome !== undefined);
    expect(known.length).toBeGreaterThan(700);
  });
});

describe('the model on random scenarios', () => {
  test('is deterministic, and changes nothing in the scenario', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const before = structuredClone(scenario);
        expect(predict(scenario, options)).toEqual(predict(scenario, options));
        expect(scenario).toEqual(before);
      }),
    );
  });

  test('names a rule with a source for each step, and says why where it has no answer', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const { outcome, unknown, steps } = predict(scenario, options);
        for (const step of steps.flatMap((part) => part.steps)) expect(RULES[step.rule].source).not.toBe('');
        expect(outcome === undefined).toBe(unknown !== undefined && unknown !== '');
        for (const { word, steps: reasons } of steps)
          if (word !== undefined && !isPlain(word)) expect(reasons).not.toEqual([]);
      }),
    );
  });

  test('a DLL in a folder that nothing looks into changes nothing', () => {
    fc.assert(
      fc.property(scenarios, fc.constantFrom(...FOLDERS), fc.constantFrom(...NAMES), (scenario, folder, name) => {
        const before = predict(scenario, options);
        const path = pathKey(`${folderPath(folder, ROOT)}\\${name}`);
        const isLookedAt = before.steps.some(({ steps }) =>
          steps.some((step) => step.path !== undefined && pathKey(step.path) === path),
        );
        const isThere = scenario.files.some((file) => file.folder === folder && file.path === name);
        fc.pre(!isLookedAt && !isThere && before.outcome !== undefined);
        const more = { ...scenario, files: [...scenario.files, { folder, path: name, content: dll('extra') }] };
        expect(predict(more, options).outcome).toEqual(before.outcome);
      }),
    );
  });

  test('a full path to a DLL of its own gives that DLL, whatever lies elsewhere', () => {
    fc.assert(
      fc.property(scenarios, (scenario) => {
        const file = { folder: 'other', path: 'alone.dll', content: dll('alone') } as const;
        const alone: Scenario = {
          ...scenario,
          program: { ...scenario.program, imports: undefined, manifest: undefined },
          files: [...scenario.files.filter(({ path }) => !path.startsWith('probe.exe')), file],
          calls: [{ call: 'LoadLibrary', name: '{other}\\alone.dll' }],
        };
        expect(predict(alone, options).outcome).toEqual(['alone']);
      }),
    );
  });
});

describe('comparing with a runtime', () => {
  const loads: Scenario = {
    ...fc.sample(scenarios, { numRuns: 1, seed: 1 })[0]!,
    files: [{ folder: 'app', path: 'sotgt.dll', content: dll('app') }],
    program: {
      imports: undefined,
      missingSymbol: false,
      manifest: undefined,
      environment: {},
      parentDllDirectory: undefined,
    },
    calls: [{ call: 'LoadLibrary', name: 'sotgt.dll' }],
    registry: [],
  };

  test('tells agreement and any other outcome apart', () => {
    expect(compare(loads, ['app'], architecture)).toEqual({ kind: 'agrees' });
    expect(compare(loads, ['ERROR_MOD_NOT_FOUND'], architecture).kind).toBe('differs');
  });

  const excused: readonly (readonly [title: string, scenario: Partial<Scenario>, ofWine: string, id: WineWay])[] = [
    [
      'a current folder that is searched',
      {
        files: [{ folder: 'cwd', path: 'sotgt.dll', content: dll('cwd') }],
        calls: [{ call: 'SetDllDirectory', path: '' }, ...loads.calls],
      },
      'cwd',
      'empty-dll-directory',
    ],
    [
      'a .local folder that is not heeded',
      { files: [...loads.files, { folder: 'app', path: 'probe.exe.local\\sotgt.dll', content: dll('local') }] },
      'app',
      'no-dot-local',
    ],
    [
      'another error for an import that is bad',
      {
        files: [
          { folder: 'app', path: 'sotgt.dll', content: dll('app', { imports: 'sodep.dll' }) },
          { folder: 'app', path: 'sodep.dll', content: { kind: 'text', text: 'this is no DLL\n' } },
        ],
      },
      'ERROR_MOD_NOT_FOUND',
      'bad-import',
    ],
    [
      'data in another folder',
      {
        files: [{ folder: 'dir1', path: 'sotgt.dll', content: dll('dir1') }],
        calls: [
          { call: 'SetDllDirectory', path: '{dir1}' },
          { call: 'LoadLibraryEx', name: 'sotgt.dll', flags: LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE },
        ],
      },
      'ERROR_FILE_NOT_FOUND',
      'data-file-search',
    ],
  ];

  test.each(excused)('a known divergence excuses the one outcome that follows from it: %s', (_, parts, ofWine, id) => {
    const scenario = { ...loads, ...parts };
    expect(compare(scenario, [ofWine], architecture)).toEqual({ kind: 'known', ids: [id] });
    for (const other of ['other', 'ERROR_PROC_NOT_FOUND'])
      expect(compare(scenario, [other], architecture).kind).toBe('differs');
  });

  test('no divergence has to do with a scenario without anything special', () => {
    const ways = new WineWays(loads);
    expect(predict(loads, { architecture, ways }).outcome).toEqual(['app']);
    expect([...ways.taken]).toEqual([]);
  });

  test('a runtime with a fault is found, and what it is shrinks to the fault alone', async () => {
    // It does as the model says, but for AddDllDirectory, which it takes as nothing.
    const forgetful = async (all: readonly Scenario[]): Promise<readonly (readonly string[])[]> =>
      all.map((scenario) => {
        const without = scenario.calls.filter(({ call }) => call !== 'AddDllDirectory');
        const keepsNumbers = scenario.calls.every((call) => !('of' in call));
        const seen = keepsNumbers ? { ...scenario, calls: without } : scenario;
        return predict(seen, options).outcome ?? predict(scenario, options).outcome ?? [];
      });
    const series = { ...options, seed: 3, count: 1000 };
    const { differing, counts } = await tryScenarios(forgetful, series);
    expect(counts.differs).toBe(differing.length);
    expect(differing.length).toBeGreaterThan(0);
    const { scenario } = await shrink(forgetful, series, differing[0]!.index);
    expect(scenario.calls.map(({ call }) => call)).toEqual(['AddDllDirectory', 'LoadLibraryEx']);
    expect(scenario.files.length).toBeLessThan(3);
    expect(parseScenarios(writeScenario(scenario), 'x')).toHaveLength(1);
  });
});

/** Words that need no reasons: nothing was looked for. */
function isPlain(word: string): boolean {
  return word === 'same' || word === 'different';
}
