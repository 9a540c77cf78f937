import { addressOf } from './address.js';
import { outcomeTable, outcomeView, partName, valueView } from './comparison.js';
import { report } from './data.js';
import { el } from './dom.js';

/** @typedef {import('../payload.ts').CaseData} CaseData */
/** @typedef {{ suite: string, runtime: string, causeVerdict: string }} Place */

let ids = 0;

/**
 * Two rows: the case in short, and the rest of it once somebody asks.
 * @param {CaseData} found
 * @param {Place} place
 * @param {boolean} opened
 * @returns {HTMLTableSectionElement}
 */
export function caseRow(found, place, opened) {
  ids += 1;
  const id = `case-${ids}`;
  const button = el(
    'button',
    { type: 'button', class: 'open', 'aria-expanded': 'false', 'aria-controls': id },
    el('span', { class: 'unseen' }, `Case ${found.id}`),
  );
  const rest = el('td', { id, colspan: '5' });
  const restRow = el('tr', { class: 'rest', hidden: true }, rest);
  const toggle = () => {
    if (rest.childElementCount === 0) rest.append(...caseRest(found, place));
    restRow.hidden = !restRow.hidden;
    button.setAttribute('aria-expanded', `${!restRow.hidden}`);
  };
  button.addEventListener('click', toggle);
  const inputs = found.inputs.map((value) =>
    el(
      'div',
      {},
      found.inputs.length > 1 ? el('span', { class: 'field' }, value.name) : null,
      valueView(withoutBits(value), 'short'),
    ),
  );
  const row = el(
    'tr',
    { class: 'case' },
    el(
      'th',
      { scope: 'row', 'data-label': 'Inputs' },
      el(
        'div',
        { class: 'head' },
        button,
        el('div', { class: 'inputs' }, ...(inputs.length === 0 ? [found.id] : inputs)),
      ),
    ),
    el('td', { 'data-label': 'Microsoft' }, outcomeView(found.expected, 'no baseline')),
    el('td', { 'data-label': place.runtime }, outcomeView(found.actual, 'not called')),
    el(
      'td',
      { 'data-label': 'Difference', class: 'difference' },
      el('p', {}, found.summary),
      ...found.elsewhere.map(otherRuntime),
    ),
    el('td', { class: 'actions' }, copyButton(found.replay, 'Replay'), link(found, place)),
  );
  if (opened) toggle();
  return el('tbody', { 'data-case': found.id }, row, restRow);
}

/**
 * @param {CaseData} found
 * @param {Place} place
 */
function caseRest(found, place) {
  const rows = found.inputs.map((value) =>
    el('tr', {}, partName(value.name, value.type), el('td', {}, valueView(value, 'whole'))),
  );
  return [
    el(
      'div',
      { class: 'rest-grid' },
      rows.length === 0
        ? null
        : el('div', {}, el('h5', {}, 'Inputs'), el('table', { class: 'fields' }, el('tbody', {}, ...rows))),
      el('div', {}, el('h5', {}, 'Outcomes'), outcomeTable(found.expected, found.actual, place.runtime)),
    ),
    el(
      'dl',
      { class: 'facts-line' },
      pair(
        'Difference',
        found.ulp === null || found.summary.includes('ulp') ? found.summary : `${found.summary} (${found.ulp} ulp)`,
      ),
      found.fresh === null ? null : pair('In a fresh process', found.fresh),
      ...found.versions.map(([versions, outcome]) => pair(versions, outcome)),
      pair('Baseline', found.place ?? 'none'),
      pair('Case', found.id),
    ),
    el('h5', {}, 'Run this case alone'),
    el(
      'div',
      { class: 'replay' },
      el(
        'code',
        { tabindex: '0', role: 'group', 'aria-label': 'Replay command' },
        found.replay === '' ? 'unknown' : found.replay,
      ),
      copyButton(found.replay, 'Copy'),
    ),
    ...(found.log.length === 0
      ? []
      : [
          el('h5', {}, 'Last lines of the agent’s log'),
          el('pre', { tabindex: '0', role: 'group', 'aria-label': 'Log' }, found.log.join('\n')),
        ]),
  ];
}

/**
 * @param {import('../payload.ts').ValueData} value
 * @returns {import('../payload.ts').ValueData}
 */
function withoutBits({ name, type, text }) {
  return { name, type, text };
}

/**
 * @param {string} name
 * @param {string} text
 */
function pair(name, text) {
  return el('div', {}, el('dt', {}, name), el('dd', {}, text));
}

/** @param {readonly [number, string | null]} other */
function otherRuntime([runtime, verdict]) {
  const words = verdict === null ? undefined : Object.entries(report.verdicts).find(([name]) => name === verdict)?.[1];
  const said = words === undefined ? 'unknown' : `${words.glyph} ${words.label}`;
  return el('p', { class: `elsewhere t-${verdict ?? 'unknown'}` }, `${report.runtimes[runtime] ?? 'unknown'}: ${said}`);
}

/**
 * @param {CaseData} found
 * @param {Place} place
 */
function link(found, place) {
  return el(
    'a',
    {
      class: 'quiet',
      href: addressOf({ f: place.suite, r: place.runtime, c: found.id }),
      title: 'Address of this case, the same in every run',
      'aria-label': `Link to case ${found.id}`,
    },
    'Link',
  );
}

/**
 * @param {string} text
 * @param {string} label
 */
function copyButton(text, label) {
  if (text === '') return null;
  const button = el(
    'button',
    { type: 'button', class: 'quiet', title: `Copy: ${text}`, 'aria-label': `${label}: copy the replay command` },
    label,
  );
  button.addEventListener('click', () => {
    copy(text).then(
      () => announce('Copied'),
      () => announce('Select the command and copy it'),
    );
  });
  const announce = (/** @type {string} */ word) => {
    button.textContent = word;
    setTimeout(() => (button.textContent = label), 1600);
  };
  return button;
}

/**
 * Fails where a browser keeps its clipboard from a page; the command can still be selected.
 * @param {string} text
 */
async function copy(text) {
  await navigator.clipboard.writeText(text);
}
