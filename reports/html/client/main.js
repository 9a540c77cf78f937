import { addressOf, readAddress, writeSearch } from './address.js';
import { report } from './data.js';
import { find } from './dom.js';
import { currentQuery, search } from './search.js';
import { functionRows, indexOf, isOpen, setOpen, startSorting } from './table.js';
import { startTheme } from './theme.js';

const TYPING_PAUSE_MS = 120;

const box = find('#search', HTMLInputElement);

/** Shows what the address says. */
async function follow() {
  const address = readAddress();
  if (address === null) return;
  if (box.value !== address.q) box.value = address.q;
  await search(address.q);
  if (address.f === null) return;
  const index = report.functions.findIndex(({ suite }) => suite === address.f);
  const body = functionRows().find((row) => indexOf(row) === index);
  if (body === undefined) {
    say(`${address.f} is not in this report.`);
    return;
  }
  const target = address.c === null ? null : { id: address.c, runtime: address.r ?? '' };
  await setOpen(body, true, currentQuery(), target);
  const shown =
    target === null
      ? body
      : [...body.querySelectorAll('tbody[data-case]')].find(
          (row) =>
            row.getAttribute('data-case') === target.id &&
            row.closest('.suite')?.getAttribute('aria-label') === target.runtime,
        );
  if (shown === undefined) {
    say('That case is not among the differences of this run: it matches, or it did not run.');
    body.scrollIntoView({ block: 'start' });
    return;
  }
  for (const other of document.querySelectorAll('.target')) other.classList.remove('target');
  if (target !== null) shown.classList.add('target');
  shown.scrollIntoView({ block: 'start' });
  find('button.open', HTMLButtonElement, shown).focus({ preventScroll: true });
}

/** @param {string} text */
function say(text) {
  find('#search-status', HTMLParagraphElement).textContent = text;
}

function startSearch() {
  let timer = 0;
  const now = () => {
    clearTimeout(timer);
    writeSearch(box.value);
    return search(box.value);
  };
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(now, TYPING_PAUSE_MS);
  });
  find('#search-form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void now();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
    if (event.key === 'Escape' && event.target === box && box.value !== '') {
      event.preventDefault();
      box.value = '';
      void now();
    }
  });
}

function startOpening() {
  find('table.functions', HTMLTableElement).addEventListener('click', (event) => {
    const from = event.target instanceof Element ? event.target : null;
    const row = from?.closest('tr.function');
    const body = row?.closest('tbody');
    if (!(body instanceof HTMLTableSectionElement) || window.getSelection()?.isCollapsed === false) return;
    const opening = !isOpen(body);
    const suite = report.functions[indexOf(body)]?.suite ?? '';
    if (opening) history.replaceState(null, '', addressOf({ q: box.value, f: suite }));
    else writeSearch(box.value);
    void setOpen(body, opening, currentQuery(), null);
  });
}

startTheme();

// The cases stand after this script, so that the page shows before they are read.
document.addEventListener('DOMContentLoaded', () => {
  startSorting();
  startOpening();
  startSearch();
  window.addEventListener('hashchange', () => void follow());
  void follow();
});
