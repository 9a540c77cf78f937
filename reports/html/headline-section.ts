import type { Compatibility } from '../compatibility.ts';
import { headlines } from '../headline.ts';
import type { Judgement } from '../judgement.ts';
import { many } from '../words.ts';
import { html, type Markup } from './markup.ts';

const STATES: Readonly<Record<Judgement['state'], readonly [string, string]>> = {
  passed: ['✓', 'Passed'],
  failed: ['✕', 'Failed'],
  interrupted: ['◷', 'Interrupted'],
};

export function headlineSection(model: Compatibility, judgement: Judgement): Markup {
  const [glyph, word] = STATES[judgement.state];
  const answers = headlines(model);
  return html`<section class="headline" id="top" aria-labelledby="answer">
<p class="state ${judgement.state}"><span aria-hidden="true">${glyph}</span> ${word}</p>
<h1 id="answer">${answers.length === 0 ? html`No suite has run.` : answers.map(({ answer }) => html`<span>${answer}.</span> `)}</h1>
${answers.map(({ runtime, rest }) => html`<p class="also">${answers.length > 1 ? html`<b>${runtime}</b> ` : html``}${sentence(rest.join('; '))}.</p>`)}
${judgement.reasons.length > 0 ? reasons(judgement) : html``}
${judgement.notes.length > 0 ? notes(judgement) : html``}
</section>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function reasons({ reasons: all, state }: Judgement): Markup {
  const items = all.map(({ text, query }) =>
    query === null ? html`<li>${text}</li>` : html`<li>${text} <a href="#${new URLSearchParams({ q: query }).toString()}">Show</a></li>`,
  );
  return html`<div class="reasons ${state}"><h2>${state === 'failed' ? 'Why this run fails' : 'Why this report is incomplete'}</h2><ul>${items}</ul></div>`;
}

function notes({ notes: all }: Judgement): Markup {
  return html`<details class="notes" open><summary>${many(all.length, 'note')}</summary><ul>${all.slice(0, 20).map((text) => html`<li>${text}</li>`)}${
    all.length > 20 ? html`<li>${many(all.length - 20, 'more note')}</li>` : html``
  }</ul></details>`;
}
