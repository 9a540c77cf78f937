import { SCENARIO_VERDICTS, type ScenarioRecord, type ScenarioVerdict } from '../../protocol/records/result-record.ts';
import type { Compatibility, RuleResult } from '../compatibility.ts';
import { failedScenarios, scenarioHeadlines, scenarioTotals } from '../scenarios/scenario-totals.ts';
import { EVIDENCE_WORDS, outcomeWords, SCENARIO_WORDS } from '../scenarios/scenario-words.ts';
import { number } from '../words.ts';
import { markup, type Markup } from './markup.ts';

/** Which of several DLLs is loaded: a table for each rule, with one row for each scenario and one column for each runtime. */
export function scenariosSection(model: Compatibility): Markup {
  if (model.rules.length === 0) return markup``;
  const runtimes = [...new Set(model.rules.map(({ record }) => record.runtime.id))];
  const rules = [...new Set(model.rules.map(({ record }) => record.rule))];
  const failed = new Set(failedScenarios(model).map(({ rule }) => rule));
  return markup`<section id="scenarios" aria-labelledby="scenarios-title">
<div class="section-head"><h2 id="scenarios-title">Which DLL is loaded</h2>${scenarioHeadlines(model).map((text) => markup`<p>${text}</p>`)}</div>
<ul class="scenario-key">${SCENARIO_VERDICTS.filter((verdict) => scenarioTotals(model.rules)[verdict] > 0).map(
    (verdict) =>
      markup`<li><span class="t-${style(verdict)}">${SCENARIO_WORDS[verdict].glyph} ${SCENARIO_WORDS[verdict].label}</span>: ${SCENARIO_WORDS[verdict].meaning}</li>`,
  )}</ul>
${rules.map((rule) =>
  ruleTable(
    rule,
    model.rules.filter(({ record }) => record.rule === rule),
    runtimes,
    failed.has(rule),
  ),
)}
</section>`;
}

function ruleTable(rule: string, results: readonly RuleResult[], runtimes: readonly string[], isOpen: boolean): Markup {
  const totals = scenarioTotals(results);
  const counts = SCENARIO_VERDICTS.filter((verdict) => totals[verdict] > 0).map(
    (verdict) =>
      markup`<li class="t-${style(verdict)}"><span aria-hidden="true">${SCENARIO_WORDS[verdict].glyph}</span> ${number(totals[verdict])}<span class="unseen"> ${SCENARIO_WORDS[verdict].label}</span></li>`,
  );
  const ids = [...new Set(results.flatMap(({ scenarios }) => scenarios.map(({ id }) => id)))];
  const columns = runtimes.map((runtime) => markup`<th scope="col">${runtime}</th>`);
  return markup`<details class="rule"${isOpen ? markup` open` : null}><summary><span>${rule}</span><ul class="counts">${counts}</ul></summary>
<table class="scenarios"><thead><tr><th scope="col">Scenario</th><th scope="col">Windows</th>${columns}</tr></thead>
<tbody>${ids.map((id) => row(id, results, runtimes))}</tbody></table></details>`;
}

function row(id: string, results: readonly RuleResult[], runtimes: readonly string[]): Markup {
  const records = runtimes.map((runtime) =>
    results.find(({ record }) => record.runtime.id === runtime)?.scenarios.find((scenario) => scenario.id === id),
  );
  const first = records.find((record) => record !== undefined);
  if (first === undefined) return markup``;
  return markup`<tr><th scope="row" id="scenario-${id}"><code>${id}</code><span>${first.title}</span></th>
<td data-label="Windows"><b>${outcomeWords(first.expected)}</b><span class="place">${EVIDENCE_WORDS[first.evidence]}${first.expected === null ? '' : `: ${first.source}`}</span></td>
${records.map((record, index) => cell(record, runtimes[index] ?? ''))}</tr>`;
}

function cell(record: ScenarioRecord | undefined, runtime: string): Markup {
  if (record === undefined) return markup`<td data-label="${runtime}">not run</td>`;
  const { glyph, label } = SCENARIO_WORDS[record.verdict];
  const said = record.problem ?? outcomeWords(record.actual);
  const why = record.verdict === 'agrees' ? undefined : record.because;
  const twin = record.verdict === 'feature-absent' && record.twin !== undefined ? `see ${record.twin}` : undefined;
  return markup`<td data-label="${runtime}"><span class="t-${style(record.verdict)}" title="${label}"><span aria-hidden="true">${glyph}</span><span class="unseen">${label}: </span></span> <b>${said}</b>${
    why === undefined ? null : markup`<span class="place">${why}</span>`
  }${twin === undefined ? null : markup`<span class="place">${twin}</span>`}${
    isFailure(record.verdict) ? markup`<code class="place">${record.replay}</code>` : null
  }</td>`;
}

function isFailure(verdict: ScenarioVerdict): boolean {
  return ['divergence', 'unexpected-match', 'changed', 'harness-error'].includes(verdict);
}

/** The classes of verdicts that mean the same. */
function style(verdict: ScenarioVerdict): string {
  switch (verdict) {
    case 'agrees':
      return 'match';
    case 'feature-absent':
    case 'windows-unknown':
      return 'unknown';
    case 'changed':
      return 'unexpected-match';
    default:
      return verdict;
  }
}
