import type { WhichRecord } from '../../protocol/records/which-record.ts';
import { policyHash, styleSheet } from '../html/bundle-client.ts';
import { markup } from '../html/markup.ts';
import { pageHead } from '../html/page-head.ts';
import { whichSections } from './sections.ts';

/** A page about one program: no network, no script, no other file. */
export function whichPage(record: WhichRecord): string {
  const { program, runtime } = record;
  const style = styleSheet('which');
  const policy = `style-src ${policyHash(style)}`;
  const name = program.path.split('/').at(-1) ?? program.path;
  return markup`${pageHead(`${name} under ${runtime.id} · dllparity which`, style, policy)}
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
