import type { Compatibility } from '../compatibility.ts';
import { featureDifference, provenanceGroups, type ProvenanceGroup } from '../provenance-groups.ts';
import { orUnknown } from '../visible-text.ts';
import { EVIDENCE_WORDS } from '../evidence-words.ts';
import { listed, many, moment, number } from '../words.ts';
import { markup, type Markup } from './markup.ts';

const ORACLES = {
  'microsoft-dll': 'Microsoft’s own DLL, loaded natively',
  windows: 'Windows itself',
  documented: 'Microsoft’s documentation',
} as const;

/** Who says what the right outcome is. */
export function provenanceSection(model: Compatibility): Markup {
  const groups = provenanceGroups(model);
  const without = model.functions.filter(({ results }) =>
    results.every(({ record }) => record.baseline === null && record.cited === undefined),
  ).length;
  return markup`<section class="facts" id="provenance" aria-labelledby="provenance-title">
<h2 id="provenance-title">Where the baselines come from</h2>
${groups.map((group) => origin(model, group))}
${cited(model)}
${without > 0 ? markup`<p>${many(without, 'function has', 'functions have')} no baseline: nothing is known about ${without === 1 ? 'it' : 'them'}.</p>` : markup``}
</section>`;
}

/** What was recorded of nothing: each case names its source. */
function cited(model: Compatibility): Markup {
  const results = model.functions.flatMap((found) => found.results.filter(({ record }) => record.cited !== undefined));
  if (results.length === 0) return markup``;
  const functions = new Set(results.map(({ record }) => record.subject)).size;
  const kinds = [...new Set(results.flatMap(({ record }) => record.cited ?? []))].map((kind) => EVIDENCE_WORDS[kind]);
  return markup`<h3>Cited <small>${many(functions, 'function')}</small></h3><p>Nothing was recorded: each case asserts what its source says of Windows, and no more. The sources are ${listed(kinds, kinds.length)}.</p>`;
}

function origin(model: Compatibility, group: ProvenanceGroup): Markup {
  const { provenance, functions, recordedAt } = group;
  const [first, last] = recordedAt.map(moment);
  const [run] = model.runs;
  return markup`<h3>${orUnknown(provenance.dll)} ${provenance.fileVersion} <small>${many(functions, 'function')}</small></h3><dl>
<dt>Oracle</dt><dd>${ORACLES[provenance.oracle]} (${provenance.oracle})</dd>
<dt>Company</dt><dd>${orUnknown(provenance.company)}</dd>
<dt>File version</dt><dd>${orUnknown(provenance.fileVersion)}, ${provenance.architecture}</dd>
<dt>SHA-256</dt><dd><code class="hash">${orUnknown(provenance.sha256)}</code></dd>
<dt>Source</dt><dd><code>${orUnknown(provenance.source)}</code></dd>
${versionRows(group)}<dt>Ran on</dt><dd>${orUnknown(provenance.host)}</dd>
<dt>Recorded</dt><dd>${first === last ? orUnknown(first) : `${orUnknown(first)} to ${orUnknown(last)}`} by dllparity ${orUnknown(provenance.recorder)}</dd>
<dt>Asked the system</dt><dd>${asked(group)}${askedEarly(group)}</dd>
<dt>Processor</dt><dd>${orUnknown(provenance.cpu.model)}<br><span class="features">${orUnknown(provenance.cpu.features.join(' '))}</span>${
    run === undefined ? markup`` : sameProcessor(provenance.cpu.features, run.run.host.cpu.features)
  }</dd>
</dl>`;
}

/** What other versions of the DLL say of the same cases: what each does is accepted. */
function versionRows({ others }: ProvenanceGroup): Markup {
  if (others.length === 0) return markup``;
  const rows = others.map(
    ({ fileVersion, windows, source, functions, agreeing, different, silent }) =>
      markup`<li>${windows === undefined ? fileVersion : `${windows} (${fileVersion})`}, <code>${orUnknown(source)}</code>, ${many(functions, 'function')}: agrees in ${many(agreeing, 'case')}, differs in ${number(different)}${silent === 0 ? '' : `, says nothing of ${number(silent)}`}</li>`,
  );
  return markup`<dt>Further versions</dt><dd><ul>${rows}</ul><p class="aside">What any of them does is accepted; where they differ, the case names them.</p></dd>\n`;
}

/** Where Microsoft's DLL asks the system, Wine answers. */
function asked({ systemCalls, withheld }: ProvenanceGroup): Markup {
  if (systemCalls === null) return markup`unknown: nobody has looked when this was recorded`;
  const harmless =
    systemCalls.length === 0
      ? markup`nothing`
      : markup`only for what decides no outcome: <span class="features">${orUnknown(systemCalls.join(' '))}</span>`;
  if (withheld.cases === 0) return harmless;
  return markup`${harmless}<p class="aside">${many(withheld.cases, 'case')} of ${many(withheld.functions, 'function')} ${withheld.cases === 1 ? 'is' : 'are'} left out, in which Wine would have answered: <span class="features">${orUnknown(withheld.asked.join(' '))}</span></p>`;
}

/** What a DLL finds out while it is loaded stays with it, whatever is called later. */
function askedEarly({ askedWhileLoading: names }: ProvenanceGroup): Markup {
  if (names.length === 0) return markup``;
  return markup`<p class="aside">While it was loaded, when an answer may have decided which code it takes: <span class="features">${orUnknown(names.join(' '))}</span></p>`;
}

function sameProcessor(recorded: readonly string[], here: readonly string[]): Markup {
  if (recorded.length === 0 || here.length === 0)
    return markup`<p class="aside">Whether this run had the same instruction sets is unknown.</p>`;
  const { only, missing } = featureDifference(recorded, here);
  if (only.length === 0 && missing.length === 0)
    return markup`<p class="aside">The same instruction sets as in this run.</p>`;
  const parts = [
    ...(only.length > 0 ? [`only when recording: ${only.join(' ')}`] : []),
    ...(missing.length > 0 ? [`only in this run: ${missing.join(' ')}`] : []),
  ];
  return markup`<p class="aside warn">Other instruction sets than this run (${parts.join('; ')}). Microsoft’s code may take another path, so that last-bit differences can come from the processor.</p>`;
}
