import type { WhichRecord } from '../../protocol/which-record.ts';
import { policyHash, styleSheet } from '../html/bundle-client.ts';
import { markup, Markup } from '../html/markup.ts';
import { whichSections } from './sections.ts';

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
${whichSections(record, (text) => markup`<h2>${text}</h2>`)}
</main>
<footer>Written by dllparity ${record.dllparity}. This page loads nothing from the network.</footer>
</body>
</html>
`.text;
}
