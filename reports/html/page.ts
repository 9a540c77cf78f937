import type { WhichRecord } from '../../protocol/records/which-record.ts';
import type { Compatibility } from '../compatibility.ts';
import { headlines } from '../headline.ts';
import { judge } from '../judgement.ts';
import { programsSection } from '../which/programs-section.ts';
import { clientScript, policyHash, styleSheet } from './bundle-client.ts';
import { compressedBlock, jsonBlock } from './embed.ts';
import { functionCases, reportData } from './function-cases.ts';
import { functionTable } from './function-table.ts';
import { headlineSection } from './headline-section.ts';
import { knownSection } from './known-section.ts';
import { markup, Markup } from './markup.ts';
import { pageHead } from './page-head.ts';
import { provenanceSection } from './provenance-section.ts';
import { ranSection } from './ran-section.ts';
import { scenariosSection } from './scenarios-section.ts';
import { testsSection } from './tests-section.ts';
import { topBar } from './top-bar.ts';
import { totalsSection } from './totals-section.ts';

/** The report: one page that needs nothing else, and loads nothing else. */
export function htmlReport(model: Compatibility, programs: readonly WhichRecord[] = []): string {
  const style = styleSheet();
  const script = clientScript();
  const policy = `style-src ${policyHash(style)}; script-src ${policyHash(script)}`;
  const answers = headlines(model).map(({ same, cases, runtime }) => `${String(same)}/${String(cases)} ${runtime}`);
  const title = `${answers.length === 0 ? 'which DLL' : answers.join(', ')} · dllparity`;
  const judgement = judge(model);
  return markup`${pageHead(title, style, policy)}
<body>
<a class="skip" href="#functions">Skip to the functions</a>
${topBar(model, programs.length > 0)}
<main>
${headlineSection(model, judgement)}
${totalsSection(model)}
<div class="pair">
${ranSection(model)}
${provenanceSection(model)}
</div>
${functionTable(model)}
${scenariosSection(model)}
${programsSection(programs)}
${knownSection(model)}
${testsSection(model)}
</main>
<footer>Written by dllparity from results.jsonl. This page loads nothing from the network.</footer>
${jsonBlock('report-data', reportData(model))}
<script>${new Markup(script)}</script>
${model.functions.map((found, index) => compressedBlock(`cases-${String(index)}`, functionCases(model, found)))}
</body>
</html>
`.text;
}
