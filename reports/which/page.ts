import type { WhichProblem, WhichRecord } from '../../protocol/which-record.ts';
import { policyHash, styleSheet } from '../html/bundle-client.ts';
import { markup, Markup } from '../html/markup.ts';
import { moment } from '../words.ts';
import { diagram } from './diagram.ts';
import { folderTable, moduleTable } from './tables.ts';
import { retryText, SEVERITIES } from './words.ts';

/** A page about one program: no network, no script, no other file. */
export function whichPage(record: WhichRecord): string {
  const { program, runtime } = record;
  const style = styleSheet('which');
  const policy = `default-src 'none'; style-src ${policyHash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const name = program.path.split('/').at(-1) ?? program.path;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${name} under ${runtime.id} · dllparity which</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body class="which">
<header>
<p class="brand"><span aria-hidden="true">≟</span> dllparity which</p>
<h1>${name}</h1>
<p class="place">${program.path}</p>
</header>
<main>
${problemSection(record)}
${diagram(record)}
${moduleTable(record)}
<div class="pair">
${folderTable(record)}
${factSection(record)}
</div>
</main>
<footer>Written by dllparity ${record.dllparity}. This page loads nothing from the network.</footer>
</body>
</html>
`.text;
}

function problemSection(record: WhichRecord): Markup {
  const { problems } = record;
  return markup`<section aria-labelledby="problems-title">
<h2 id="problems-title">${problems.length === 0 ? 'No problem found' : 'Problems'}</h2>
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

function factSection({ program, runtime, run, writtenAt, asked }: WhichRecord): Markup {
  const started = { started: 'started', failed: `failed: ${run.status ?? ''}`, 'timed-out': 'took too long' }[run.state];
  return markup`<section class="facts" aria-labelledby="run-title">
<h2 id="run-title">What ran</h2><dl>
<dt>Program</dt><dd>${program.windowsPath}, ${program.architecture}</dd>
${asked === null ? null : markup`<dt>Asked for</dt><dd>${asked}</dd>`}
<dt>Manifest</dt><dd>${program.manifest?.source ?? 'none'}</dd>
<dt>Runtime</dt><dd>${runtime.id}, ${runtime.build}</dd>
<dt>Start</dt><dd>${started}</dd>
${run.said.length === 0 ? null : markup`<dt>Wine says</dt><dd>${run.said.map((line) => markup`<code>${line}</code><br>`)}</dd>`}
<dt>Of Wine itself</dt><dd>${run.ofWine.length === 0 ? 'nothing more' : run.ofWine.join(', ')}</dd>
<dt>Written</dt><dd><time datetime="${writtenAt}">${moment(writtenAt)}</time></dd>
</dl></section>`;
}
