import { caseRow } from './case-row.js';
import { report } from './data.js';
import { counted, el } from './dom.js';
import { ulpPlots } from './plot.js';
import { caseMatches } from './query.js';

/** @typedef {import('../payload.ts').FunctionCases} FunctionCases */
/** @typedef {import('../payload.ts').SuiteCases} SuiteCases */
/** @typedef {import('../payload.ts').CauseData} CauseData */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {{ runtime: string, id: string } | null} Target */

const FIRST = 15;
const MORE = 100;

/**
 * Everything about one function.
 * @param {number} index
 * @param {FunctionCases} cases
 * @param {Query} query
 * @param {Target} target a case to show whatever the search says
 * @returns {HTMLElement}
 */
export function functionPart(index, cases, query, target) {
  const data = report.functions[index];
  return el(
    'div',
    { class: 'function-part' },
    cases.prototype === null
      ? null
      : el('pre', { class: 'prototype', tabindex: '0', role: 'group', 'aria-label': 'Prototype' }, cases.prototype),
    ...cases.suites.map((suite) => suitePart(suite, data?.suite ?? '', index, query, target)),
  );
}

/**
 * @param {SuiteCases} suite
 * @param {string} name
 * @param {number} index
 * @param {Query} query
 * @param {Target} target
 */
function suitePart(suite, name, index, query, target) {
  const runtime = report.runtimes[suite.runtime] ?? 'unknown';
  const data = report.functions[index];
  const shown = suite.causes
    .map((cause) => ({
      cause,
      cases: cause.cases.filter(
        (found) =>
          isTarget(target, runtime, found.id) ||
          data === undefined ||
          caseMatches(query, { cause, found, fails: report.verdicts[cause.verdict].fails, runtime, data }),
      ),
    }))
    .filter(({ cases }) => cases.length > 0);
  return el(
    'section',
    { class: 'suite', 'aria-label': runtime },
    el(
      'h3',
      {},
      runtime,
      el(
        'small',
        {},
        ` ${counted(suite.matches, 'match').replace('matchs', 'matches')} of ${counted(suite.cases, 'case')}`,
      ),
    ),
    suite.problem === null ? null : el('p', { class: 'aside warn' }, suite.problem),
    el(
      'dl',
      { class: 'facts-line' },
      ...suite.facts.map(([key, text]) => el('div', {}, el('dt', {}, key), el('dd', {}, text))),
    ),
    ulpPlots(suite, runtime),
    ...shown.map(({ cause, cases }) =>
      causePart(cause, cases, { suite: name, runtime, causeVerdict: cause.verdict }, target),
    ),
    shown.length > 0 || suite.problem !== null ? null : el('p', { class: 'aside' }, nothingListed(suite)),
  );
}

/** @param {SuiteCases} suite */
function nothingListed(suite) {
  if (suite.causes.length > 0) return 'No case of this function matches the search.';
  return suite.matches === suite.cases
    ? 'Every case matches. A match carries no values: they are those of its baseline.'
    : 'No case that differs is recorded.';
}

/**
 * @param {CauseData} cause
 * @param {readonly import('../payload.ts').CaseData[]} cases
 * @param {import('./case-row.js').Place} place
 * @param {Target} target
 */
function causePart(cause, cases, place, target) {
  const { glyph, label } = report.verdicts[cause.verdict];
  const count =
    cases.length === cause.cases.length
      ? counted(cases.length, 'case')
      : `${cases.length.toLocaleString('en-US')} of ${counted(cause.cases.length, 'case')}`;
  const table = el(
    'table',
    { class: 'cases' },
    el('caption', { class: 'unseen' }, `${label}: ${cause.title}`),
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        ...['Inputs', 'Microsoft', place.runtime, 'Difference'].map((text) => el('th', { scope: 'col' }, text)),
        el('td', {}),
      ),
    ),
  );
  const more = el('div', { class: 'more' });
  const at = cases.findIndex(({ id }) => isTarget(target, place.runtime, id));
  let done = 0;
  const show = (/** @type {number} */ until) => {
    for (const found of cases.slice(done, until))
      table.append(caseRow(found, place, isTarget(target, place.runtime, found.id)));
    done = Math.min(until, cases.length);
    const left = cases.length - done;
    more.replaceChildren();
    if (left === 0) return;
    more.append(
      el(
        'button',
        { type: 'button', class: 'quiet', click: () => show(done + MORE) },
        left > MORE ? `Show ${MORE} more` : `Show the other ${left}`,
      ),
      el('span', {}, `${counted(done, 'case')} shown, ${left.toLocaleString('en-US')} left`),
    );
  };
  show(Math.max(FIRST, at + 1));
  return el(
    'section',
    { class: 'cause' },
    el(
      'h4',
      {},
      el('span', { class: `chip v-${cause.verdict}`, 'aria-hidden': 'true' }, glyph),
      el('span', { class: 'verdict-name' }, label),
      el('span', { class: 'title' }, cause.title),
      el('span', { class: 'number' }, count),
    ),
    cause.known === null ? null : declaration(cause.known),
    table,
    more,
  );
}

/** @param {NonNullable<CauseData['known']>} known */
function declaration({ cause, bug, url, wine, place }) {
  const shown =
    url === null
      ? el('span', {}, bug === 'none' ? 'no bug filed' : bug)
      : el('a', { href: url, rel: 'noopener noreferrer' }, bug);
  return el(
    'p',
    { class: 'declaration' },
    ...(cause === null ? [] : ['Cause ', el('code', {}, cause), ' · ']),
    'Declared in ',
    el('code', {}, place),
    ' for Wine ',
    el('code', {}, wine),
    ' · ',
    shown,
  );
}

/**
 * @param {Target} target
 * @param {string} runtime
 * @param {string} id
 */
function isTarget(target, runtime, id) {
  return target !== null && target.id === id && target.runtime === runtime;
}
