import { VERDICTS } from '../../protocol/records/result-record.ts';
import type { Compatibility } from '../compatibility.ts';
import { count, sumTotals } from '../totals.ts';
import { VERDICT_WORDS } from '../verdicts.ts';
import { number, percent } from '../words.ts';
import { markup, type Markup } from './markup.ts';
import { verdictBar } from './verdict-bar.ts';

/** Totals by verdict, a column for every runtime. */
export function totalsSection(model: Compatibility): Markup {
  const columns = model.runtimes.map(({ id }) => ({
    id,
    totals: sumTotals(
      model.functions.flatMap(({ results }) =>
        results.filter(({ record }) => record.runtime.id === id).map(({ record }) => record.totals),
      ),
    ),
  }));
  const bars = columns.map(
    ({ id, totals }) =>
      markup`<div class="total-bar">${columns.length > 1 ? markup`<span>${id}</span>` : markup``}${verdictBar(totals, 'large')}</div>`,
  );
  const rows = VERDICTS.filter((verdict) => model.totals[verdict] > 0).map((verdict) => {
    const { glyph, label, meaning } = VERDICT_WORDS[verdict];
    const link = `#${new URLSearchParams({ q: `verdict:${verdict}` }).toString()}`;
    return markup`<tr>
<th scope="row"><div><span class="chip v-${verdict}" aria-hidden="true">${glyph}</span><a href="${link}">${label}</a></div></th>
${columns.map(({ totals }) => markup`<td class="num">${number(totals[verdict])}</td><td class="num share">${percent(totals[verdict], count(totals))}</td>`)}
<td class="meaning">${meaning}</td></tr>`;
  });
  return markup`<section class="totals" aria-labelledby="totals-title">
<h2 id="totals-title" class="unseen">Totals by verdict</h2>
${bars}
<table><thead><tr><th scope="col">Verdict</th>${columns.map(
    ({ id }) => markup`<th scope="col" class="num" colspan="2">${columns.length > 1 ? id : 'Cases'}</th>`,
  )}<th scope="col" class="meaning">Meaning</th></tr></thead>
<tbody>${rows}</tbody>
<tfoot><tr><th scope="row">All cases</th>${columns.map(({ totals }) => markup`<td class="num">${number(count(totals))}</td><td></td>`)}<td class="meaning"></td></tr></tfoot></table>
</section>`;
}
