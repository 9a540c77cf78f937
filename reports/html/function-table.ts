import type { Compatibility, FunctionResult } from '../compatibility.ts';
import { count } from '../totals.ts';
import { compareUlp } from '../ulp.ts';
import { fails, SAME_VERDICTS } from '../verdicts.ts';
import { number } from '../words.ts';
import { VERDICTS } from '../../protocol/records/result-record.ts';
import { markup, type Markup } from './markup.ts';
import { verdictBar, verdictCounts } from './verdict-bar.ts';

/** DLL × function × runtime. A row opens to show its cases; the script fills that part in. */
export function functionTable(model: Compatibility): Markup {
  const order = byUrgency(model.functions);
  return markup`<section id="functions" aria-labelledby="functions-title">
<div class="section-head"><h2 id="functions-title">Functions</h2><p id="table-hint">Open a function to see inputs, Microsoft’s result and what the runtime made of it.</p></div>
<noscript><p class="aside warn">The cases of a function are shown by a script, which this browser does not run. The totals are complete.</p></noscript>
<table class="functions${model.runtimes.length > 2 ? ' many' : ''}" aria-describedby="table-hint">
<thead><tr>
${header('function', 'Function', 'name')}
${header('dll', 'DLL', 'dll')}
${header('cases', 'Cases', 'num')}
${model.runtimes.map(({ id }, index) => header(`runtime-${String(index)}`, id, 'runtime'))}
${header('ulp', 'Max ulp', 'num')}
</tr></thead>
${order.map((found) => row(model, found))}
</table>
<p class="none" id="nothing" hidden>Nothing matches this search.</p>
</section>`;
}

function header(key: string, label: string, kind: string): Markup {
  return markup`<th scope="col" class="${kind}" data-sort="${key}"><button type="button" class="sort">${label}</button></th>`;
}

function row(model: Compatibility, found: FunctionResult): Markup {
  const index = model.functions.indexOf(found);
  const rank = VERDICTS.filter(fails).some((verdict) => found.totals[verdict] > 0) ? 'failing' : '';
  const most = Math.max(...found.results.map(({ record }) => record.cases));
  const cells = model.runtimes.map(({ id }) => {
    const suite = found.results.find(({ record }) => record.runtime.id === id);
    if (suite === undefined)
      return markup`<td class="runtime" data-value="-1"><span class="unknown">did not run</span></td>`;
    const { totals } = suite.record;
    return markup`<td class="runtime" data-value="${differing(totals)}"><div>${verdictBar(totals, 'small')}${verdictCounts(totals)}</div></td>`;
  });
  return markup`<tbody data-index="${index}" class="${rank}">
<tr class="function"><th scope="row" class="name" data-value="${found.name}"><button type="button" class="open" aria-expanded="false" aria-controls="part-${index}">${found.name}</button></th>
<td class="dll" data-value="${found.dll}">${found.dll}</td>
<td class="num" data-value="${most}">${number(most)}</td>
${cells}
<td class="num ulp" data-value="${found.maxUlp ?? '-1'}">${found.maxUlp ?? '–'}</td></tr>
<tr class="part" hidden><td colspan="${4 + model.runtimes.length}" id="part-${index}"></td></tr>
</tbody>`;
}

function differing(totals: FunctionResult['totals']): number {
  return count(totals) - count(totals, SAME_VERDICTS);
}

function byUrgency(functions: readonly FunctionResult[]): readonly FunctionResult[] {
  const failing = VERDICTS.filter(fails);
  return [...functions].sort(
    (a, b) =>
      count(b.totals, failing) - count(a.totals, failing) ||
      differing(b.totals) - differing(a.totals) ||
      compareUlp(b.maxUlp ?? '', a.maxUlp ?? '') ||
      a.subject.localeCompare(b.subject, 'en'),
  );
}
