import type { Compatibility } from '../compatibility.ts';
import { headlines } from '../headline.ts';
import type { Judgement } from '../judgement.ts';
import { many } from '../words.ts';
import { markup, type Markup } from './markup.ts';

const STATES: Readonly<Record<Judgement['state'], readonly [string, string]>> = {
  passed: ['✓', 'Passed'],
  failed: ['✕', 'Failed'],
  interrupted: ['◷', 'Interrupted'],
};

export function headlineSection(model: Compatibility, judgement: Judgement): Markup {
  const [glyph, word] = STATES[judgement.state];
  const answers = headlines(model);
  return markup`<section class="headline" id="top" aria-labelledby="answer">
<p class="state ${judgement.state}"><span aria-hidden="true">${glyph}</span> ${word}</p>
<h1 id="answer">${answers.length === 0 ? markup`No suite has run.` : answers.map(({ answer }) => markup`<span>${answer}.</span> `)}</h1>
${answers.map(({ runtime, rest }) => markup`<p class="also">${answers.length > 1 ? markup`<b>${runtime}</b> ` : markup``}${sentence(rest.join('; '))}.</p>`)}
${judgement.reasons.length > 0 ? reasons(judgement) : markup``}
${judgement.notes.length > 0 ? notes(judgement) : markup``}
</section>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function reasons({ reasons: all, state }: Judgement): Markup {
  const items = all.map(({ text, query }) =>
    query === null
      ? markup`<li>${text}</li>`
      : markup`<li>${text} <a href="#${new URLSearchParams({ q: query }).toString()}">Show</a></li>`,
  );
  return markup`<div class="reasons ${state}"><h2>${state === 'failed' ? 'Why this run fails' : 'Why this report is incomplete'}</h2><ul>${items}</ul></div>`;
}

function notes({ notes: all }: Judgement): Markup {
  return markup`<details class="notes" open><summary>${many(all.length, 'note')}</summary><ul>${all.slice(0, 20).map((text) => markup`<li>${text}</li>`)}${
    all.length > 20 ? markup`<li>${many(all.length - 20, 'more note')}</li>` : markup``
  }</ul></details>`;
}
