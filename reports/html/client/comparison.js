import { el } from './dom.js';

/** @typedef {import('../payload.ts').ValueData} ValueData */
/** @typedef {import('../payload.ts').OutcomeData} OutcomeData */

/** Characters of a text that is shown whole beside others. */
const LONG = 400;
const DOUBLE_DIGITS = 16;

/**
 * A value with what differs marked, and its bits below.
 * @param {ValueData} value
 * @param {'whole' | 'short'} size
 */
export function valueView(value, size) {
  if (size === 'short' && value.text.length > LONG)
    return el('div', { class: 'value' }, el('code', {}, ...excerpt(value)));
  const long = value.text.length > LONG;
  const text = el(
    'code',
    long ? { class: 'long', tabindex: '0', 'aria-label': `${value.name}, ${value.text.length} characters` } : {},
    ...marked(value.text, value.marks ?? []),
  );
  const bits = value.bits === undefined ? null : bitsView(value.bits, value.bitMarks ?? []);
  return el('div', { class: 'value' }, text, bits);
}

/**
 * The stretch around the first difference of a long text, and how much there is on both sides of it.
 * @param {ValueData} value
 */
function excerpt({ text, marks = [] }) {
  const start = Math.max(0, Math.min((marks[0] ?? 0) - LONG / 4, text.length - LONG));
  const end = Math.min(text.length, start + LONG);
  const left = (/** @type {number} */ count) =>
    count === 0 ? null : el('span', { class: 'left-out' }, ` … ${count.toLocaleString('en-US')} characters … `);
  const shown = marked(text.slice(start, end), within(marks, start, end));
  return [left(start), ...shown, left(text.length - end)].filter((part) => part !== null);
}

/**
 * Of a double the first three digits are sign and exponent: a gap sets them off, and copying leaves it out.
 * @param {string} bits
 * @param {readonly number[]} marks
 */
function bitsView(bits, marks) {
  const digits = bits.replace(/^0x/iu, '');
  const shift = bits.length - digits.length;
  const moved = marks.map((at) => Math.max(0, at - shift));
  if (digits.length !== DOUBLE_DIGITS) return el('code', { class: 'bits' }, ...marked(digits, moved));
  return el(
    'code',
    { class: 'bits' },
    el('span', { class: 'exponent' }, ...marked(digits.slice(0, 3), within(moved, 0, 3))),
    ...marked(digits.slice(3), within(moved, 3, DOUBLE_DIGITS)),
  );
}

/**
 * @param {readonly number[]} marks
 * @param {number} from
 * @param {number} to
 * @returns {number[]}
 */
function within(marks, from, to) {
  const cut = [];
  for (let at = 0; at < marks.length; at += 2) {
    const [start, end] = [Math.max(from, marks[at] ?? 0), Math.min(to, marks[at + 1] ?? 0)];
    if (start < end || (start === end && marks[at] === marks[at + 1])) cut.push(start - from, end - from);
  }
  return cut;
}

/**
 * @param {string} text
 * @param {readonly number[]} marks
 * @returns {(HTMLElement | string)[]}
 */
function marked(text, marks) {
  const parts = [];
  let done = 0;
  for (let at = 0; at < marks.length; at += 2) {
    const [start, end] = [marks[at] ?? 0, Math.min(marks[at + 1] ?? 0, text.length)];
    if (start > done) parts.push(text.slice(done, start));
    parts.push(
      el('mark', start === end ? { class: 'here', title: 'the other side has more here' } : {}, text.slice(start, end)),
    );
    done = Math.max(done, end);
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== '');
}

/**
 * What came of a call, in short: the parts that differ, or the result.
 * @param {OutcomeData | null} outcome
 * @param {string} missing
 */
export function outcomeView(outcome, missing) {
  if (outcome === null) return el('span', { class: 'unknown' }, missing);
  const differing = outcome.fields.filter(({ differs }) => differs === true);
  const shown = differing.length > 0 ? differing : outcome.fields.slice(0, 1);
  const alone = shown.length === 1 && (shown[0]?.name === 'result' || outcome.fields.length === 1);
  const parts = shown.map((value) =>
    el('div', {}, alone ? null : el('span', { class: 'field' }, value.name), valueView(value, 'short')),
  );
  const said =
    outcome.kind === 'returned' && parts.length > 0
      ? null
      : el('p', { class: `outcome ${outcome.kind}` }, outcome.text);
  return el('div', {}, said, ...parts);
}

/**
 * @param {string} name
 * @param {string} type
 */
export function partName(name, type) {
  return el('th', { scope: 'row' }, name, el('span', { class: 'type' }, type));
}

/**
 * All of both outcomes, field by field.
 * @param {OutcomeData | null} expected
 * @param {OutcomeData | null} actual
 * @param {string} runtime
 */
export function outcomeTable(expected, actual, runtime) {
  const names = [...new Set([...(expected?.fields ?? []), ...(actual?.fields ?? [])].map(({ name }) => name))];
  const side = (/** @type {OutcomeData | null} */ outcome, /** @type {string} */ name) => {
    const value = outcome?.fields.find((field) => field.name === name);
    return el(
      'td',
      {},
      value === undefined ? el('span', { class: 'unknown' }, 'not recorded') : valueView(value, 'whole'),
    );
  };
  const typeOf = (/** @type {string} */ name) =>
    [expected, actual].flatMap((outcome) => outcome?.fields ?? []).find((field) => field.name === name)?.type ?? '';
  const said = (/** @type {OutcomeData | null} */ outcome) =>
    el('td', {}, outcome === null ? el('span', { class: 'unknown' }, 'unknown') : outcome.text);
  return el(
    'table',
    { class: 'fields' },
    el('thead', {}, el('tr', {}, ...['Part', 'Microsoft', runtime].map((text) => el('th', { scope: 'col' }, text)))),
    el(
      'tbody',
      {},
      el('tr', {}, el('th', { scope: 'row' }, 'outcome'), said(expected), said(actual)),
      ...names.map((name) => el('tr', {}, partName(name, typeOf(name)), side(expected, name), side(actual, name))),
    ),
  );
}
