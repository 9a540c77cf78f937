import type { WhichModule, WhichRecord } from '../../protocol/records/which-record.ts';
import { markup, type Markup } from '../html/markup.ts';
import { type Box, BOX, layOut, type Line } from './layout.ts';
import type { Heading } from './heading.ts';
import { MARKS } from './words.ts';

/** Characters of a name that a box has room for. */
const MAX_CHARACTERS = 26;

/** The program and what it needs, as a picture; the table below says the same in words. */
export function diagram(record: WhichRecord, heading: Heading): Markup {
  const { boxes, lines, width, height } = layOut(record);
  const label = `${record.program.path} and the ${String(record.modules.length - 1)} DLLs that it needs. The table below says the same.`;
  return markup`<section class="which-diagram" aria-label="Diagram of what needs what">
<div class="section-head">${heading('What needs what')}<p>In each box: where Windows takes it from, then where Wine does.</p></div>
<div class="scroll" tabindex="0" role="region" aria-label="Diagram">
<svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
${lines.map(lineOf)}
${boxes.map(boxOf)}
</svg>
</div>
<ul class="legend">
<li><span class="swatch same"></span>the same on both</li>
<li><span class="swatch differs"></span>≠ not the same</li>
<li><span class="swatch absent"></span>✕ missing or refused</li>
<li><span class="swatch doubtful"></span>? not known</li>
<li><span class="stroke"></span>imported</li>
<li><span class="stroke delay-import"></span>when first called</li>
<li><span class="stroke forwarder"></span>by a forwarder</li>
<li><span class="stroke load"></span>asked for</li>
</ul>
</section>`;
}

function lineOf({ how, path }: Line): Markup {
  return markup`<path class="need ${how}" d="${path}"/>
`;
}

function boxOf({ module, names, x, y, height }: Box): Markup {
  const frame = markup`<rect x="${x}" y="${y}" width="${BOX.width}" height="${height}" rx="6"/>`;
  if (module === undefined) {
    return markup`<g class="box same">${frame}<text class="place" x="${x + 12}" y="${y + 20}">Windows's own · Wine: builtin</text>
${names.map((name, line) => markup`<text class="name plain" x="${x + 12}" y="${y + BOX.heading + 8 + line * BOX.name}">${short(name)}</text>`)}</g>
`;
  }
  const state = stateOf(module);
  const mark = state === 'absent' ? '✕' : MARKS[module.verdict];
  const places = module.when === null ? ['the program'] : placesOf(module);
  return markup`<g class="box ${state}"><title>${module.name}</title>${frame}<text class="name" x="${x + 12}" y="${y + 20}">${short(module.name)}</text>
<text class="mark" x="${x + BOX.width - 12}" y="${y + 21}" text-anchor="end">${mark}</text>${places.map(
    (text, line) => markup`<text class="place" x="${x + 12}" y="${y + 37 + line * 15}">${text}</text>`,
  )}</g>
`;
}

function stateOf({ windows, verdict }: WhichModule): 'same' | 'differs' | 'absent' | 'doubtful' {
  if (windows.state === 'missing' || windows.state === 'refused') return 'absent';
  return verdict === 'unknown' ? 'doubtful' : verdict;
}

const WINDOWS_PLACES: Readonly<Record<WhichModule['windows']['state'], string>> = {
  program: '',
  file: '',
  windows: "Windows's own",
  missing: 'missing',
  refused: 'refused',
  unknown: 'not known',
};

/** Two short texts: on Windows, under Wine. */
function placesOf({ windows, wine }: WhichModule): [string, string] {
  const place = windows.state === 'file' ? folderName(windows.path) : WINDOWS_PLACES[windows.state];
  const builtin = wine.code === 'builtin' ? 'builtin' : folderName(wine.path);
  const wineText = {
    loaded: builtin,
    'api-set': 'builtin',
    missing: 'missing',
    failed: 'failed',
    'not-loaded': 'not loaded',
  }[wine.state];
  return [`Windows: ${place}`, `Wine: ${wineText}`];
}

/** The last folder of a path. */
function folderName(path: string | null): string {
  const name = path?.split('\\').at(-2) ?? '';
  return name.length > 20 ? `…\\${name.slice(0, 19)}…` : `…\\${name}`;
}

function short(name: string): string {
  return name.length <= MAX_CHARACTERS ? name : `${name.slice(0, MAX_CHARACTERS - 1)}…`;
}
