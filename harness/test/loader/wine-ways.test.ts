import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { predict } from '../../loader/model/predict.ts';
import { WineWays } from '../../loader/model/wine-ways.ts';
import { sameOutcome } from '../../loader/outcome.ts';
import { KNOWN_OF_WINE } from '../../loader/model/known-wine.ts';
import { readScenarios } from '../../loader/read-scenarios.ts';
import type { Scenario } from '../../loader/scenario.ts';
import { scenarioOf } from './scenarios.ts';

const folder = fileURLToPath(new URL('../../../suites/search-order/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const all = files.flatMap((name) => readScenarios(`${folder}${name}`));

/** Divergences that are declared one by one, and that no random scenario comes upon. */
const NOT_MODELLED = [
  'name-rooted-fwd',
  'shared-newer',
  'shared-two-versions',
  'stub-dll-missing',
  'stub-program-missing',
  'known-imp',
  'known-searchapp',
  'loc-lcall-c',
  'sxs-actctx-unknown-element',
];

function ofWine(scenario: Scenario) {
  const ways = new WineWays(scenario);
  return { ways, outcome: predict(scenario, { architecture: 'x64', ways }).outcome };
}

describe('what is known of Wine', () => {
  test('predicts each outcome that is declared of Wine, and those in which it does as Windows does', () => {
    const wrong = all
      .filter(({ id }) => !NOT_MODELLED.includes(id))
      .flatMap((scenario) => {
        const actual = scenario.wine?.outcome ?? scenario.expect.outcome;
        const { outcome } = ofWine(scenario);
        return actual === undefined || outcome === undefined || sameOutcome(outcome, actual)
          ? []
          : [`${scenario.id}: ${outcome.join(', ')}; it is ${actual.join(', ')}`];
      });
    expect(wrong).toEqual([]);
  });

  test.each(Object.entries(KNOWN_OF_WINE))('%s has a reason, and a scenario that shows it', (id, known) => {
    const scenario = all.find((each) => each.id === known.shownBy);
    if (scenario === undefined) throw new Error(`there is no scenario ${known.shownBy}`);
    expect(known.because).toMatch(/Wine/);
    const { ways, outcome } = ofWine(scenario);
    expect(scenario.wine?.outcome).toEqual(outcome);
    expect(scenario.expect.outcome).not.toEqual(outcome);
    expect([...ways.taken]).toContain(id);
  });

  test('a forwarder to a DLL of which nobody knows whether it loads leads to no answer, not to nothing', () => {
    const scenario = scenarioOf(`
files:
  app/sofwd.dll: { dll: fwd, forwards: sofwdt.dll }
  app/sofwdt.dll: dll
  app/sofwdt.dll.2.manifest: { manifest: { application: [] } }
calls:
  - LoadLibrary: sofwd.dll`);
    expect(ofWine(scenario).outcome).toBeUndefined();
  });
});
