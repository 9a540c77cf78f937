// What the page shows, as it stands in the address: `#q=` the search, `#f= r= c=` one case (suite, runtime, case id).

/** @typedef {{ q: string, f: string | null, r: string | null, c: string | null }} Address */

/**
 * Null for a plain anchor such as `#functions`, which changes nothing that is shown.
 * @returns {Address | null}
 */
export function readAddress() {
  const hash = location.hash.slice(1);
  if (hash !== '' && !hash.includes('=')) return null;
  const parts = new URLSearchParams(hash);
  return { q: parts.get('q') ?? '', f: parts.get('f'), r: parts.get('r'), c: parts.get('c') };
}

/**
 * @param {Record<string, string>} parts
 * @returns {string}
 */
export function addressOf(parts) {
  const text = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== '')).toString();
  return text === '' ? '#' : `#${text}`;
}

/** @param {string} q */
export function writeSearch(q) {
  history.replaceState(null, '', addressOf({ q }));
}
