import { casesOf } from './data.js';
import { el, find } from './dom.js';
import { functionPart } from './function-part.js';

/** @typedef {import('./query.js').Query} Query */

const table = () => find('table.functions', HTMLTableElement);

/** @returns {HTMLTableSectionElement[]} */
export function functionRows() {
  return [...table().tBodies];
}

/** @param {HTMLTableSectionElement} body */
export function indexOf(body) {
  return Number(body.dataset.index);
}

/**
 * Shows or hides the part of a function.
 * @param {HTMLTableSectionElement} body
 * @param {boolean} open
 * @param {Query} query
 * @param {import('./function-part.js').Target} target
 */
export async function setOpen(body, open, query, target) {
  const button = find('button.open', HTMLButtonElement, body);
  const row = find('tr.part', HTMLTableRowElement, body);
  const cell = find('tr.part > td', HTMLTableCellElement, body);
  button.setAttribute('aria-expanded', `${open}`);
  row.hidden = !open;
  if (!open) {
    cell.replaceChildren();
    return;
  }
  try {
    const cases = await casesOf(indexOf(body));
    if (!row.hidden) cell.replaceChildren(functionPart(indexOf(body), cases, query, target));
  } catch (error) {
    cell.replaceChildren(
      el(
        'p',
        { class: 'aside warn' },
        `The cases could not be unpacked (${String(error)}). They are in results.jsonl.`,
      ),
    );
  }
}

/** @param {HTMLTableSectionElement} body */
export function isOpen(body) {
  return !find('tr.part', HTMLTableRowElement, body).hidden;
}

export function startSorting() {
  const headers = [...table().querySelectorAll('th[data-sort]')];
  for (const [column, header] of headers.entries()) {
    find('button', HTMLButtonElement, header).addEventListener('click', () => {
      const descending =
        header.getAttribute('aria-sort') === 'ascending' || (header.getAttribute('aria-sort') === null && column > 1);
      for (const other of headers) other.removeAttribute('aria-sort');
      header.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const sorted = functionRows().sort(
        (a, b) => order(valueAt(a, column), valueAt(b, column)) * (descending ? -1 : 1),
      );
      table().append(...sorted);
    });
  }
}

/**
 * @param {HTMLTableSectionElement} body
 * @param {number} column
 */
function valueAt(body, column) {
  return body.rows[0]?.cells[column]?.dataset.value ?? '';
}

/**
 * @param {string} a
 * @param {string} b
 */
function order(a, b) {
  const numbers = /^-?\d+$/u;
  if (!numbers.test(a) || !numbers.test(b)) return a.localeCompare(b, 'en', { numeric: true });
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
