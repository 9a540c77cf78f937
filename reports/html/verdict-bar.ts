import { VERDICTS } from '../../protocol/records/result-record.ts';
import { count, type Totals } from '../totals.ts';
import { VERDICT_WORDS } from '../verdicts.ts';
import { number } from '../words.ts';
import { markup, type Markup } from './markup.ts';

/** In hundredths of the bar: a single case among thousands must still be seen. */
const MIN_WIDTH = { large: 1.2, small: 3.5 } as const;

/** A stacked bar of verdicts. It repeats what the text beside it says, so it is hidden from assistive technology. */
export function verdictBar(totals: Readonly<Totals>, kind: 'large' | 'small'): Markup {
  const present = VERDICTS.filter((verdict) => totals[verdict] > 0);
  const all = count(totals);
  const widths = present.map((verdict) => Math.max(MIN_WIDTH[kind], (totals[verdict] / all) * 100));
  const scale = 100 / widths.reduce((sum, width) => sum + width, 0);
  let x = 0;
  const parts = present.map((verdict, index) => {
    const width = (widths[index] ?? 0) * scale;
    const title = `${VERDICT_WORDS[verdict].label}: ${number(totals[verdict])}`;
    const part = markup`<rect class="v-${verdict}" x="${x.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="1"><title>${title}</title></rect>`;
    x += width;
    return part;
  });
  return markup`<svg class="bar ${kind}" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">${parts}</svg>`;
}

/** Counts by verdict: glyph, number and word. */
export function verdictCounts(totals: Readonly<Totals>): Markup {
  const items = VERDICTS.filter((verdict) => totals[verdict] > 0).map((verdict) => {
    const { glyph, label } = VERDICT_WORDS[verdict];
    return markup`<li class="t-${verdict}" title="${label}"><span aria-hidden="true">${glyph}</span> ${number(totals[verdict])}<span class="unseen"> ${label}</span></li>`;
  });
  return markup`<ul class="counts">${items}</ul>`;
}
