import type { WhichRecord } from '../../protocol/records/which-record.ts';
import { markup, type Markup } from '../html/markup.ts';
import { many } from '../words.ts';
import { whichSections } from './sections.ts';

/** Programs that `dllparity which` has looked at, in the report of a run. */
export function programsSection(programs: readonly WhichRecord[]): Markup {
  if (programs.length === 0) return markup``;
  return markup`<section id="programs" class="which" aria-labelledby="programs-title">
<div class="section-head"><h2 id="programs-title">Programs</h2><p>Where each DLL of a program comes from: on Windows by the documented rules, under Wine as its loader has really done it.</p></div>
${programs.map(program)}
</section>`;
}

function program(record: WhichRecord, index: number): Markup {
  const { path } = record.program;
  const name = path.split('/').at(-1) ?? path;
  const worst = record.problems.some(({ severity }) => severity === 'error');
  return markup`<details class="program"${index === 0 || worst ? markup` open` : null}><summary><strong>${name}</strong> under ${record.runtime.id}: ${
    record.problems.length === 0 ? 'no problem found' : many(record.problems.length, 'remark')
  }</summary>
<p class="place">${path}</p>
${whichSections(record, (text) => markup`<h3>${text}</h3>`)}
</details>`;
}
