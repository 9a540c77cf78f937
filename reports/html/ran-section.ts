import type { RuntimeRecord } from '../../protocol/records/result-record.ts';
import type { Compatibility, RunResult } from '../compatibility.ts';
import { type ConfinementText, confinementOf } from '../confinement.ts';
import { orUnknown } from '../visible-text.ts';
import { duration, moment } from '../words.ts';
import { markup, type Markup } from './markup.ts';

/** What was tested, where and when. */
export function ranSection(model: Compatibility): Markup {
  return markup`<section class="facts" aria-labelledby="ran-title">
<h2 id="ran-title">What ran</h2>
${model.runtimes.map((runtime) => runtimeFacts(runtime, confinementOf(model, runtime.id)))}
${model.runs.map(runFacts)}
</section>`;
}

function runtimeFacts(runtime: RuntimeRecord, confinement: ConfinementText | null): Markup {
  const { id, kind, build, version, architecture, reportsWindows, agent } = runtime;
  return markup`<h3>${id}</h3><dl>
<dt>${kind === 'wine' ? 'Wine' : 'Windows'}</dt><dd>${orUnknown(build)}${build.includes(version) ? '' : ` (${orUnknown(version)})`}, ${architecture}</dd>
<dt>Reports Windows</dt><dd>${orUnknown(reportsWindows)}</dd>
<dt>Agent</dt><dd>revision ${orUnknown(agent.revision)}</dd>
<dt>Sandbox</dt>${sandboxFact(confinement)}
</dl>`;
}

function sandboxFact(confinement: ConfinementText | null): Markup {
  if (confinement === null) return markup`<dd>${orUnknown('')}</dd>`;
  const { text, confined } = confinement;
  return confined ? markup`<dd>${text}</dd>` : markup`<dd><span class="aside warn">${text}</span></dd>`;
}

function runFacts({ file, run, end }: RunResult): Markup {
  return markup`<h3>Run ${run.id}</h3><dl>
<dt>Started</dt><dd><time datetime="${run.startedAt}">${moment(run.startedAt)}</time>, ${
    end === null ? markup`<strong>interrupted</strong>` : markup`took ${duration(end.durationMs)}`
  }</dd>
<dt>dllparity</dt><dd>${orUnknown(run.dllparity)}</dd>
<dt>Host</dt><dd>${orUnknown(run.host.os)}, Node ${orUnknown(run.host.node)}</dd>
<dt>Processor</dt><dd>${orUnknown(run.host.cpu.model)}<br><span class="features">${orUnknown(run.host.cpu.features.join(' '))}</span></dd>
<dt>Results</dt><dd>${file}</dd>
</dl>`;
}
