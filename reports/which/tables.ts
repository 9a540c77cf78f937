import type { WhichFolder, WhichModule, WhichRecord, WhichStep } from '../../protocol/records/which-record.ts';
import { markup, type Markup } from '../html/markup.ts';
import type { Heading } from './heading.ts';
import { HOW, MARKS, windowsText, wineText } from './words.ts';

/** Each DLL once: who needs it, where it comes from, and why. */
export function moduleTable(record: WhichRecord, heading: Heading): Markup {
  return markup`<section aria-label="DLLs">
<div class="section-head">${heading('DLLs')}<p>On Windows by the documented rules; under Wine as its loader has really done it.</p></div>
<table class="which-modules"><thead><tr><th scope="col">DLL</th><th scope="col">Needed by</th><th scope="col">On Windows</th><th scope="col">Under ${record.runtime.id}</th></tr></thead>
<tbody>${record.modules.slice(1).map((module) => moduleRow(module, record.modules))}</tbody></table>
</section>`;
}

const VERDICT_NAMES: Readonly<Record<WhichModule['verdict'], string>> = {
  same: '',
  differs: 'not the same',
  unknown: 'not known',
};

function moduleRow(module: WhichModule, modules: readonly WhichModule[]): Markup {
  const mark = MARKS[module.verdict];
  return markup`<tr class="row-${module.verdict}"><th scope="row"><span class="sign" title="${VERDICT_NAMES[module.verdict]}">${mark}</span> ${module.name}</th>
<td>${neededBy(module, modules)}</td><td>${windowsText(module)}${module.windows.state === 'unknown' ? markup` <span class="aside">${module.windows.because}</span>` : null}${why(module)}</td><td>${wineText(module)}</td></tr>
`;
}

function neededBy({ id }: WhichModule, modules: readonly WhichModule[]): string {
  const texts = modules.flatMap(({ name, needs }) =>
    needs.filter((need) => need.module === id).map(({ how }) => (HOW[how] === '' ? name : `${name} (${HOW[how]})`)),
  );
  return texts.length <= 4 ? texts.join(', ') : `${texts.slice(0, 3).join(', ')} and ${String(texts.length - 3)} more`;
}

/** The reasons of the model, step by step. */
function why({ name, windows }: WhichModule): Markup | null {
  if (windows.steps.length === 0) return null;
  return markup`<details><summary aria-label="Why ${name} comes from there">why</summary><ol>${windows.steps.map(stepItem)}</ol></details>`;
}

function stepItem({ text, path, found, skipped, rule, source }: WhichStep): Markup {
  const end = skipped !== null ? `passed over: ${skipped}` : found === null ? '' : found ? 'found' : 'not there';
  return markup`<li>${text}${path === null ? null : markup` <span class="place">${path}</span>`}${end === '' ? null : markup` <strong>${end}</strong>`}<br><span class="aside">${rule}: ${source}</span></li>
`;
}

const ROLES: Readonly<Record<WhichFolder['role'], string>> = {
  application: 'the program',
  system: 'Windows',
  current: 'current folder',
  path: 'PATH',
};

/** The folders that are searched, in this order, and who could put something there. */
export function folderTable({ folders }: WhichRecord, heading: Heading): Markup {
  return markup`<section aria-label="Folders that are searched">
${heading('Searched, in this order')}
<table class="which-folders"><thead><tr><th scope="col">Folder</th><th scope="col">Of</th><th scope="col">You can write</th></tr></thead>
<tbody>${folders.map(folderRow)}</tbody></table>
</section>`;
}

function folderRow({ windowsPath, role, exists, writable }: WhichFolder): Markup {
  const access =
    writable === null ? '' : writable ? (exists ? 'yes' : 'yes: it does not exist, and can be made') : 'no';
  return markup`<tr><th scope="row" class="place">${windowsPath}</th><td>${ROLES[role]}</td><td>${access}</td></tr>
`;
}
