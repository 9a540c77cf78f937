import { casesOf, report } from './data.js';
import { counted, find } from './dom.js';
import {
  caseMatches,
  nameMatches,
  needsCases,
  parseQuery,
  runtimeMatches,
  verdictMatches,
  wordsMatchName,
} from './query.js';
import { functionRows, indexOf, isOpen, setOpen } from './table.js';

/** @typedef {import('./query.js').Query} Query */

/** Functions that open by themselves when so few match. */
const FEW = 2;

/** @type {Query} */
let current = { terms: [], problem: null };
let turn = 0;

export function currentQuery() {
  return current;
}

/**
 * Shows the functions and cases that match, and says how many.
 * @param {string} text
 */
export async function search(text) {
  turn += 1;
  const mine = turn;
  const query = parseQuery(text);
  const counts = await Promise.all(report.functions.map((_, index) => matching(query, index)));
  if (mine !== turn) return;
  current = query;
  const rows = functionRows();
  const shown = rows.filter((body) => counts[indexOf(body)] !== null);
  for (const body of rows) body.hidden = !shown.includes(body);
  find('#nothing', HTMLParagraphElement).hidden = shown.length > 0;
  // While somebody searches, what was found comes first on the page.
  document.body.classList.toggle('searching', query.terms.length > 0);
  find('#search-status', HTMLParagraphElement).textContent = query.problem ?? said(query, counts);
  const open = query.terms.length > 0 && shown.length <= FEW;
  await Promise.all(
    rows
      .filter((body) => isOpen(body) || (open && shown.includes(body)))
      .map((body) => setOpen(body, shown.includes(body), query, null)),
  );
}

/**
 * Number of recorded differences that match, or null when the function itself does not.
 * @param {Query} query
 * @param {number} index
 * @returns {Promise<number | null>}
 */
async function matching(query, index) {
  const data = report.functions[index];
  if (data === undefined || !nameMatches(query, data)) return null;
  const totals = data.totals.filter((_, runtime) => runtimeMatches(query, report.runtimes[runtime] ?? ''));
  if (totals.every((found) => found === null)) return null;
  if (!needsCases(query)) return fromTotals(query, totals);
  const cases = await casesOf(index);
  let count = 0;
  for (const { runtime, causes } of cases.suites) {
    const name = report.runtimes[runtime] ?? '';
    for (const cause of causes) {
      const { fails } = report.verdicts[cause.verdict];
      for (const found of cause.cases) if (caseMatches(query, { cause, found, fails, runtime: name, data })) count += 1;
    }
  }
  return count > 0 || wordsMatchName(query, data) ? count : null;
}

/**
 * @param {Query} query
 * @param {readonly (Readonly<Record<string, number>> | null)[]} totals
 */
function fromTotals(query, totals) {
  const asked = query.terms.some(({ key }) => key === 'verdict');
  let [listed, all] = [0, 0];
  for (const found of totals) {
    for (const [verdict, { fails }] of Object.entries(report.verdicts)) {
      if (!verdictMatches(query, verdict, fails)) continue;
      all += found?.[verdict] ?? 0;
      if (verdict !== 'match') listed += found?.[verdict] ?? 0;
    }
  }
  return asked && all === 0 ? null : listed;
}

/**
 * @param {Query} query
 * @param {(number | null)[]} counts
 */
function said(query, counts) {
  if (query.terms.length === 0) return '';
  const functions = counts.filter((count) => count !== null);
  const cases = functions.reduce((sum, count) => sum + count, 0);
  const only = query.terms.some(({ key, values }) => key === 'verdict' && values.includes('match'))
    ? '; matches are counted, not listed'
    : '';
  return `${counted(cases, 'differing case')} in ${counted(functions.length, 'function')}${only}`;
}
