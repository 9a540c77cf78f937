import type { KnownDivergenceRecord } from '../../protocol/records/result-record.ts';
import type { Compatibility } from '../compatibility.ts';
import { orUnknown } from '../visible-text.ts';
import { number } from '../words.ts';
import { webAddress } from './function-cases.ts';
import { markup, type Markup } from './markup.ts';

interface Entry {
  readonly known: KnownDivergenceRecord;
  readonly functions: Set<string>;
  /** Cases by runtime: as they are declared, and those that do diverge so. */
  readonly declared: Map<string, number>;
  readonly seen: Map<string, number>;
}

/** Every declared divergence: why, which bug, and how many cases still show it. */
export function knownSection(model: Compatibility): Markup {
  const entries = declaredEntries(model);
  if (entries.length === 0)
    return markup`<section id="known" aria-labelledby="known-title"><h2 id="known-title">Known divergences</h2><p class="aside">None is declared.</p></section>`;
  return markup`<section id="known" aria-labelledby="known-title">
<div class="section-head"><h2 id="known-title">Known divergences</h2><p>Declared beside the suites; a divergence that is gone fails the run until its declaration is removed.</p></div>
<table class="known"><thead><tr><th scope="col">Reason</th><th scope="col">Functions</th><th scope="col">Bug</th><th scope="col">Wine</th><th scope="col" class="num">Declared</th><th scope="col" class="num">Seen</th><th scope="col">Declared in</th></tr></thead>
<tbody>${entries.map(row)}</tbody></table>
</section>`;
}

function row({ known, functions, declared, seen }: Entry): Markup {
  const names = [...functions];
  const url = webAddress(known.bug);
  return markup`<tr><th scope="row">${known.cause === undefined ? markup`` : markup`<code>${known.cause}</code> `}${known.reason}</th>
<td data-label="Functions">${names.slice(0, 8).map((name) => markup`<a href="#${new URLSearchParams({ q: `function:"${name}" verdict:known-divergence` }).toString()}">${name}</a> `)}${
    names.length > 8 ? `and ${number(names.length - 8)} more` : ''
  }</td>
<td data-label="Bug">${url === null ? markup`${orUnknown(known.bug)}` : markup`<a href="${url}" rel="noopener noreferrer">${bugName(url)}</a>`}</td>
<td class="nowrap" data-label="Wine">${orUnknown(known.wine)}</td><td class="num" data-label="Declared">${counts(declared).map((text) => markup`<div>${text}</div>`)}</td><td class="num" data-label="Seen">${counts(seen).map((text) => markup`<div>${text}</div>`)}</td><td class="place">${known.file}:${known.line}</td></tr>`;
}

/** One number where all runtimes have the same. */
function counts(byRuntime: ReadonlyMap<string, number>): string[] {
  const [only = 0, ...others] = new Set(byRuntime.values());
  if (others.length === 0) return [number(only)];
  return [...byRuntime].map(([runtime, cases]) => `${runtime}: ${number(cases)}`);
}

/** The part of a bug's address that people say: "bugs.winehq.org 49310". */
export function bugName(url: string): string {
  const { hostname, pathname, searchParams } = new URL(url);
  return `${hostname} ${searchParams.get('id') ?? pathname.split('/').filter(Boolean).at(-1) ?? ''}`.trim();
}

function declaredEntries(model: Compatibility): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const { name, results } of model.functions) {
    for (const { record, cases } of results) {
      for (const [index, known] of record.known.entries()) {
        const key = JSON.stringify([known.file, known.line, known.reason]);
        const entry = entries.get(key) ?? {
          known,
          functions: new Set<string>(),
          declared: new Map<string, number>(),
          seen: new Map<string, number>(),
        };
        const seen = cases.filter(
          ({ verdict, detail }) => verdict === 'known-divergence' && detail?.known === index,
        ).length;
        // A pattern of suites selects some that it says nothing about.
        if (seen + known.cases > 0 || known.cause === undefined) entry.functions.add(name);
        add(entry.declared, record.runtime.id, known.cases);
        add(entry.seen, record.runtime.id, seen);
        entries.set(key, entry);
      }
    }
  }
  return [...entries.values()];
}

function add(counted: Map<string, number>, runtime: string, cases: number): void {
  counted.set(runtime, (counted.get(runtime) ?? 0) + cases);
}
