import type { Compatibility } from '../compatibility.ts';
import { markup, type Markup } from './markup.ts';

export function topBar(model: Compatibility, hasPrograms: boolean): Markup {
  const [first] = model.functions;
  const [runtime] = model.runtimes;
  const example = `verdict:divergence dll:${first?.dll ?? 'msvcr120'} runtime:${runtime?.id ?? 'wine-8'}`;
  return markup`<header class="top">
<a class="brand" href="#top"><span aria-hidden="true">≟</span> dllparity</a>
<form class="search" role="search" id="search-form">
<label class="unseen" for="search">Search functions and cases</label>
<input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="Search, e.g. verdict:divergence function:sin 0x1.8p" aria-describedby="search-help">
<kbd aria-hidden="true" title="Press / to search">/</kbd>
<details class="help"><summary aria-label="How to search">?</summary><div id="search-help">
<p>Words match names, inputs, results and reasons. A term must match as a whole; all terms must match.</p>
<dl>
<dt><code>verdict:divergence</code></dt><dd>one verdict, or several: <code>verdict:fault,timeout</code>, or <code>verdict:fail</code></dd>
<dt><code>function:sin</code></dt><dd>that name; <code>function:str*</code> for a pattern</dd>
<dt><code>dll:msvcr120</code> <code>runtime:wine-8</code></dt><dd>names that begin so</dd>
<dt><code>ulp:&gt;2</code></dt><dd>distance in units in the last place; also <code>&lt;</code>, <code>&gt;=</code>, <code>&lt;=</code></dd>
<dt><code>bug:none</code> <code>case:id</code></dt><dd>known divergences nobody has filed; one case</dd>
<dt><code>"two words"</code> <code>-word</code></dt><dd>a phrase; what must not match (also <code>-verdict:…</code>)</dd>
</dl>
<p>Example: <code>${example}</code></p></div></details>
</form>
<nav aria-label="Sections"><a href="#functions">Functions</a><a href="#provenance">Provenance</a>${model.rules.length === 0 ? null : markup`<a href="#scenarios">Which DLL</a>`}${hasPrograms ? markup`<a href="#programs">Programs</a>` : null}<a href="#known">Known</a><a href="#tests">Tests</a></nav>
<button type="button" class="quiet" id="theme" hidden>Theme: system</button>
<p class="status" id="search-status" role="status" aria-live="polite"></p>
</header>`;
}
