import type { WhichProblem, WhichRecord } from '../../protocol/records/which-record.ts';
import { markup, type Markup } from '../html/markup.ts';
import { moment } from '../words.ts';
import { diagram } from './diagram.ts';
import type { Heading } from './heading.ts';
import { folderTable, moduleTable } from './tables.ts';
import { othersText, retryText, SEVERITIES } from './words.ts';

/** All that there is to say of one program, under headings of one level. */
export function whichSections(record: WhichRecord, heading: Heading): Markup {
  return markup`${problemSection(record, heading)}
${diagram(record, heading)}
${moduleTable(record, heading)}
<div class="pair">
${folderTable(record, heading)}
${factSection(record, heading)}
</div>`;
}

function problemSection(record: WhichRecord, heading: Heading): Markup {
  const { problems } = record;
  return markup`<section aria-label="Problems">
${heading(problems.length === 0 ? 'No problem found' : 'Problems')}
${problems.length === 0 ? null : markup`<ul class="problems">${problems.map((problem) => problemItem(problem, record))}</ul>`}
</section>`;
}

function problemItem({ severity, text, advice, override }: WhichProblem, record: WhichRecord): Markup {
  const { sign, name } = SEVERITIES[severity];
  const tried = override === null || record.retry === null ? null : retryText(override, record.retry, record);
  return markup`<li class="${severity}"><span class="sign" aria-hidden="true">${sign}</span><div><p><span class="unseen">${name}: </span>${text}</p>
${advice === null ? null : markup`<p class="aside">${advice}</p>`}${tried === null ? null : markup`<p class="aside">${tried}</p>`}</div></li>
`;
}

function factSection(record: WhichRecord, heading: Heading): Markup {
  const { program, runtime, run, writtenAt, asked, loadedAs } = record;
  const started = { started: 'started', failed: `failed: ${run.status ?? ''}`, 'timed-out': 'took too long' }[
    run.state
  ];
  return markup`<section class="facts" aria-label="What ran">
${heading('What ran')}<dl>
<dt>Program</dt><dd>${program.windowsPath}, ${program.architecture}</dd>
${asked === null ? null : markup`<dt>Asked for</dt><dd>${asked}${loadedAs === null ? null : `, loaded ${loadedAs}`}</dd>`}
<dt>Manifest</dt><dd>${program.manifest?.source ?? 'none'}</dd>
<dt>Runtime</dt><dd>${runtime.id}, ${runtime.build}</dd>
<dt>Start</dt><dd>${started}</dd>
${run.said.length === 0 ? null : markup`<dt>Wine says</dt><dd>${run.said.map((line) => markup`<code>${line}</code><br>`)}</dd>`}
${othersText(record).map(({ label, text }) => markup`<dt>${label}</dt><dd>${text}</dd>`)}
<dt>Written</dt><dd><time datetime="${writtenAt}">${moment(writtenAt)}</time></dd>
</dl></section>`;
}
