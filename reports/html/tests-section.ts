import type { TestRecord } from '../../protocol/records/result-record.ts';
import type { Compatibility } from '../compatibility.ts';
import { visibleLines } from '../visible-text.ts';
import { duration, many, testTitle } from '../words.ts';
import { markup, type Markup } from './markup.ts';

/** Plain tests of the same run: the failed ones with their errors, the others by name. */
export function testsSection(model: Compatibility): Markup {
  const of = (state: TestRecord['state']): readonly TestRecord[] => model.tests.filter((test) => test.state === state);
  const [failed, skipped, passed] = [of('failed'), of('skipped'), of('passed')];
  const summary =
    model.tests.length === 0
      ? 'No plain tests ran.'
      : `${many(failed.length, 'test')} failed, ${String(passed.length)} passed, ${String(skipped.length)} skipped.`;
  return markup`<section id="tests" aria-labelledby="tests-title">
<div class="section-head"><h2 id="tests-title">Plain tests</h2><p>${summary}</p></div>
${failed.map(failure)}
${skipped.length > 0 ? others('Skipped', skipped) : markup``}
${passed.length > 0 ? others('Passed', passed) : markup``}
</section>`;
}

function failure(test: TestRecord): Markup {
  const errors = test.errors.length === 0 ? ['no error was recorded'] : test.errors;
  return markup`<article class="failed-test"><h3><span class="t-divergence" aria-hidden="true">✕</span> ${testTitle(test)}</h3>
<p class="place">${test.file}${test.line === null ? '' : `:${String(test.line)}`} · ${duration(test.durationMs)}</p>
${errors.map((error) => markup`<pre tabindex="0" aria-label="Error">${visibleLines(error).map((line) => markup`${line}\n`)}</pre>`)}
</article>`;
}

function others(word: string, tests: readonly TestRecord[]): Markup {
  return markup`<details class="tests"><summary>${word} (${tests.length})</summary><ul>${tests.map(
    (test) => markup`<li>${testTitle(test)} <span class="place">${test.file}</span></li>`,
  )}</ul></details>`;
}
