// The language of the search box: terms that must all hold. `key:a,b`, `"a phrase"`, `-not`, `ulp:>2`, plain words.

/** @typedef {{ key: string | null, values: string[], negated: boolean }} Term */
/** @typedef {{ terms: Term[], problem: string | null }} Query */
/** @typedef {import('../payload.ts').FunctionData} FunctionData */
/** @typedef {import('../payload.ts').CauseData} CauseData */
/** @typedef {import('../payload.ts').CaseData} CaseData */
/** @typedef {{ cause: CauseData, found: CaseData, fails: boolean, runtime: string, data: FunctionData }} CaseContext */

const FUNCTION_KEYS = ['function', 'dll', 'runtime'];
const CASE_KEYS = ['verdict', 'ulp', 'bug', 'case'];
const TERM = /(-?)(?:([a-z]+):)?((?:"[^"]*"?|[^\s"])+)/giu;

/**
 * @param {string} text
 * @returns {Query}
 */
export function parseQuery(text) {
  /** @type {Term[]} */
  const terms = [];
  let problem = null;
  for (const [whole, minus = '', name, rest = ''] of text.matchAll(TERM)) {
    const key = name?.toLowerCase() ?? null;
    const known = key !== null && [...FUNCTION_KEYS, ...CASE_KEYS].includes(key);
    if (key !== null && !known && !/^https?$/u.test(key)) {
      problem = `“${key}:” is not a key; the keys are ${[...CASE_KEYS, ...FUNCTION_KEYS].join(', ')}`;
    }
    const value = (known ? rest : whole.slice(minus.length)).toLowerCase();
    const values = known ? splitList(value) : [value.replaceAll('"', '')];
    if (values.every((part) => part === '')) continue;
    terms.push({ key: known ? key : null, values: values.filter((part) => part !== ''), negated: minus === '-' });
  }
  return { terms, problem };
}

/**
 * At commas outside quotes.
 * @param {string} value
 * @returns {string[]}
 */
function splitList(value) {
  return [...value.matchAll(/(?:"[^"]*"?|[^,"])+/gu)].map(([part]) => part.replaceAll('"', ''));
}

/**
 * Whether the query can be answered from names and totals alone.
 * @param {Query} query
 */
export function needsCases(query) {
  return query.terms.some(({ key }) => key === null || (CASE_KEYS.includes(key) && key !== 'verdict'));
}

/**
 * @param {Query} query
 * @param {string} runtime
 */
export function runtimeMatches(query, runtime) {
  return holds(query, ['runtime'], (value) => startsWith(runtime, value));
}

/**
 * The terms about names.
 * @param {Query} query
 * @param {FunctionData} data
 */
export function nameMatches(query, data) {
  return (
    holds(query, ['function'], (value) => isPattern(data.name, value)) &&
    holds(query, ['dll'], (value) => startsWith(data.dll, value))
  );
}

/**
 * Whether the words alone pick this function, by its name.
 * @param {Query} query
 * @param {FunctionData} data
 */
export function wordsMatchName(query, data) {
  const name = data.suite.toLowerCase();
  return (
    query.terms.every(({ key }) => key === null || FUNCTION_KEYS.includes(key)) &&
    holds(query, [null], (value) => name.includes(value))
  );
}

/**
 * @param {Query} query
 * @param {string} verdict
 * @param {boolean} fails
 */
export function verdictMatches(query, verdict, fails) {
  return holds(
    query,
    ['verdict'],
    (value) => value === verdict || (value === 'fail' && fails) || (value === 'pass' && !fails),
  );
}

/**
 * @param {Query} query
 * @param {CaseContext} context
 */
export function caseMatches(query, { cause, found, fails, runtime, data }) {
  return (
    runtimeMatches(query, runtime) &&
    verdictMatches(query, cause.verdict, fails) &&
    holds(query, ['case'], (value) => found.id.toLowerCase() === value) &&
    holds(query, ['bug'], (value) => bugMatches(cause.known?.bug.toLowerCase() ?? null, value)) &&
    holds(query, ['ulp'], (value) => ulpMatches(found.ulp, value)) &&
    (query.terms.every(({ key }) => key !== null) ||
      holds(query, [null], (value) => haystack(cause, found, data).includes(value)))
  );
}

/**
 * @param {Query} query
 * @param {(string | null)[]} keys
 * @param {(value: string) => boolean} test
 */
function holds(query, keys, test) {
  return query.terms.every(({ key, values, negated }) => !keys.includes(key) || values.some(test) !== negated);
}

/**
 * @param {string} text
 * @param {string} start
 */
function startsWith(text, start) {
  return start.includes('*') ? isPattern(text, start) : text.toLowerCase().startsWith(start);
}

/**
 * @param {string} text
 * @param {string} pattern with `*` for anything
 */
function isPattern(text, pattern) {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(text.toLowerCase());
}

/**
 * @param {string | null} bug
 * @param {string} value
 */
function bugMatches(bug, value) {
  return bug !== null && (value === 'none' ? bug === 'none' : bug.includes(value));
}

/**
 * Distances may exceed 2^53.
 * @param {string | null} ulp
 * @param {string} value
 */
function ulpMatches(ulp, value) {
  const [, operator, digits] = /^(>=|<=|>|<|=)?(\d+)$/u.exec(value) ?? [];
  if (ulp === null || digits === undefined) return false;
  const [have, limit] = [BigInt(ulp), BigInt(digits)];
  switch (operator) {
    case '>':
      return have > limit;
    case '<':
      return have < limit;
    case '>=':
      return have >= limit;
    case '<=':
      return have <= limit;
    default:
      return have === limit;
  }
}

/** @type {WeakMap<CaseData, string>} */
const haystacks = new WeakMap();

/**
 * @param {CauseData} cause
 * @param {CaseData} found
 * @param {FunctionData} data
 */
function haystack(cause, found, data) {
  let text = haystacks.get(found);
  if (text === undefined) {
    const outcomes = [found.expected, found.actual].flatMap((outcome) =>
      outcome === null ? [] : [outcome.text, ...words(outcome.fields)],
    );
    const parts = [
      data.suite,
      found.id,
      found.summary,
      cause.title,
      cause.known?.bug ?? '',
      cause.known?.cause ?? '',
      ...words(found.inputs),
      ...outcomes,
      ...found.log,
    ];
    text = parts.join('\n').toLowerCase();
    haystacks.set(found, text);
  }
  return text;
}

/**
 * @param {readonly import('../payload.ts').ValueData[]} values
 * @returns {string[]}
 */
function words(values) {
  return values.flatMap(({ name, text, bits }) => [name, text, bits ?? '']);
}
