import { type CaseRecord, type Verdict, VERDICTS } from '../../protocol/records/result-record.ts';
import type { Compatibility, SubjectResult } from '../compatibility.ts';
import { actualText, failedScenarios, remarks, scenarioHeadlines, sourceText, windowsText } from '../loader-rules.ts';
import { sumTotals } from '../totals.ts';
import { VERDICT_WORDS } from '../verdicts.ts';
import { markup, type Markup } from './markup.ts';
import { verdictCounts } from './verdict-bar.ts';

/** Which of several DLLs is loaded: a table for each rule, with one row for each scenario and one column for each runtime. */
export function scenariosSection(model: Compatibility): Markup {
  if (model.rules.length === 0) return markup``;
  const runtimes = [...new Set(model.rules.map(({ record }) => record.runtime.id))];
  const rules = [...new Set(model.rules.map(({ record }) => record.name))];
  const failed = failedScenarios(model);
  const totals = sumTotals(model.rules.map(({ record }) => record.totals));
  return markup`<section id="scenarios" aria-labelledby="scenarios-title">
<div class="section-head"><h2 id="scenarios-title">Which DLL is loaded</h2>${scenarioHeadlines(model).map((text) => markup`<p>${text}</p>`)}</div>
<ul class="scenario-key">${VERDICTS.filter((verdict) => totals[verdict] > 0).map(
    (verdict) =>
      markup`<li><span class="t-${verdict}">${VERDICT_WORDS[verdict].glyph} ${VERDICT_WORDS[verdict].label}</span>: ${VERDICT_WORDS[verdict].meaning}</li>`,
  )}</ul>
${rules.map((rule) => {
  const results = model.rules.filter(({ record }) => record.name === rule);
  const isOpen = results.some(({ cases }) => cases.some((found) => failed.includes(found)));
  return ruleTable(rule, results, runtimes, isOpen, failed);
})}
</section>`;
}

function ruleTable(
  rule: string,
  results: readonly SubjectResult[],
  runtimes: readonly string[],
  isOpen: boolean,
  failed: readonly CaseRecord[],
): Markup {
  const totals = sumTotals(results.map(({ record }) => record.totals));
  const ids = [...new Set(results.flatMap(({ cases }) => cases.map(({ id }) => id)))];
  const columns = runtimes.map((runtime) => markup`<th scope="col">${runtime}</th>`);
  return markup`<details class="rule"${isOpen ? markup` open` : null}><summary><span>${rule}</span>${verdictCounts(totals)}</summary>
<table class="scenarios"><thead><tr><th scope="col">Scenario</th><th scope="col">Windows</th>${columns}</tr></thead>
<tbody>${ids.map((id) => row(id, results, runtimes, failed))}</tbody></table></details>`;
}

function row(
  id: string,
  results: readonly SubjectResult[],
  runtimes: readonly string[],
  failed: readonly CaseRecord[],
): Markup {
  const cells = runtimes.map((runtime) => {
    const rule = results.find(({ record }) => record.runtime.id === runtime);
    return { runtime, rule, found: rule?.cases.find((each) => each.id === id) };
  });
  const first = cells.find(({ found }) => found !== undefined)?.found;
  if (first === undefined) return markup``;
  const source = sourceText(first);
  return markup`<tr><th scope="row" id="scenario-${id}"><code>${id}</code><span>${first.title ?? ''}</span></th>
<td data-label="Windows"><b>${windowsText(first)}</b>${source === null ? null : markup`<span class="place">${source}</span>`}</td>
${cells.map(({ runtime, rule, found }) => cell(runtime, rule, found, found !== undefined && failed.includes(found)))}</tr>`;
}

function cell(
  runtime: string,
  rule: SubjectResult | undefined,
  found: CaseRecord | undefined,
  hasFailed: boolean,
): Markup {
  if (rule === undefined || found === undefined) return markup`<td data-label="${runtime}">not run</td>`;
  const verdict: Verdict = found.verdict;
  const { glyph, label } = VERDICT_WORDS[verdict];
  return markup`<td data-label="${runtime}"><span class="t-${verdict}" title="${label}"><span aria-hidden="true">${glyph}</span><span class="unseen">${label}: </span></span> <b>${actualText(found)}</b>${remarks(
    rule,
    found,
  ).map((text) => markup`<span class="place">${text}</span>`)}${
    hasFailed ? markup`<code class="place">${found.detail?.replay ?? ''}</code>` : null
  }</td>`;
}
