import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { explain } from '../../search-order/model/explain.ts';
import { predict } from '../../search-order/model/predict.ts';
import { RULES } from '../../search-order/model/rules.ts';
import { readScenarios } from '../../search-order/read-scenarios.ts';
import type { Evidence } from '../../search-order/scenario.ts';

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

  test('answers for scenarios that are declared as unknown rest on these rules', () => {
    const answered = unsure.filter(
      (scenario) => scenario.expect.outcome === undefined && predict(scenario, { architecture }).outcome !== undefined,
    );
    expect(Object.fromEntries(answered.map((scenario) => [scenario.id, decidingRule(scenario.id)])))
      .toMatchInlineSnapshot(`
      {
        "alt-setdll": "altered-search-path",
        "err-arch-then-good": "system-folder",
        "name-dot-relative": "application-folder",
        "name-drive-relative": "not-found",
        "name-up-relative": "application-folder",
        "sxs-emb2-name": "application-folder",
        "sxs-flag-system32": "full-path",
      }
    `);
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
        "get-proc-address",
        "hard-link",
        "registry",
        "local-override",
        "manifest-dll-missing",
        "assembly-module",
        "assembly-shared",
        "assembly-file-missing",
        "context-nested",
      ]
    `);
  });
});

function rulesOf({ steps }: ReturnType<typeof predict>['steps'][number]): readonly (keyof typeof RULES)[] {
  return steps.map(({ rule }) => rule);
}

/** The rule of the last thing that was found. */
function decidingRule(id: string): string | undefined {
  const scenario = all.find((each) => each.id === id)!;
  const steps = predict(scenario, { architecture }).steps.flatMap((part) => part.steps);
  return steps.at(-1)?.rule;
}
