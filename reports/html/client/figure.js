import { el, svg } from './dom.js';

// The frame of a plot: its size, its axes and the arithmetic of their ticks.

export const WIDTH = 460;
export const HEIGHT = 190;
export const LEFT = 52;
export const RIGHT = 12;
export const TOP = 14;
export const BOTTOM = 40;

/**
 * @param {string} title
 * @param {string} words
 * @param {string} xLabel
 * @param {string} yLabel
 * @param {(SVGElement | null)[]} shapes
 */
export function figure(title, words, xLabel, yLabel, shapes) {
  const middle = LEFT + (WIDTH - LEFT - RIGHT) / 2;
  const axis = svg('line', {
    class: 'axis',
    x1: `${LEFT}`,
    x2: `${WIDTH - RIGHT}`,
    y1: `${HEIGHT - BOTTOM}`,
    y2: `${HEIGHT - BOTTOM}`,
  });
  const names = [
    svg('text', { class: 'name', x: `${middle}`, y: `${HEIGHT - 6}`, 'text-anchor': 'middle' }, xLabel),
    svg(
      'text',
      {
        class: 'name',
        transform: `translate(12 ${TOP + (HEIGHT - TOP - BOTTOM) / 2}) rotate(-90)`,
        'text-anchor': 'middle',
      },
      yLabel,
    ),
  ];
  return el(
    'figure',
    { class: 'plot' },
    el('figcaption', {}, title),
    svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': words }, ...shapes, axis, ...names),
  );
}

/**
 * @param {number} low
 * @param {number} high
 * @returns {[number, number]}
 */
export function wider(low, high) {
  return low === high ? [low - 1, high + 1] : [low, high];
}

/**
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function steps(low, high, count) {
  const step = Math.max(1, Math.ceil((high - low) / count));
  const values = [];
  for (let value = Math.ceil(low / step) * step; value <= high; value += step) values.push(value);
  return values;
}

/** @param {number[]} values */
export function least(values) {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

/** @param {number[]} values */
export function most(values) {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

/** @param {number} value */
export function superscript(value) {
  return `${value}`.replace('-', '⁻').replace(/\d/gu, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)));
}
