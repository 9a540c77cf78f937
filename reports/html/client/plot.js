import { counted, el, svg } from './dom.js';
import { BOTTOM, figure, HEIGHT, least, LEFT, most, RIGHT, steps, superscript, TOP, wider, WIDTH } from './figure.js';

/** @typedef {import('../payload.ts').SuiteCases} SuiteCases */
/** @typedef {{ x: number | null, ulp: number, verdict: string }} Point */

/** Fewer points are read faster than seen. */
const FEWEST = 5;

/**
 * Distance in ulp: how often, and at which inputs. Nothing when the function has no such distances.
 * @param {SuiteCases} suite
 * @param {string} runtime
 * @returns {HTMLElement | null}
 */
export function ulpPlots(suite, runtime) {
  /** @type {Point[]} */
  const points = [];
  for (const { verdict, cases } of suite.causes) {
    for (const { x, ulp } of cases) if (ulp !== null) points.push({ x, ulp: Number(ulp), verdict });
  }
  if (points.length < FEWEST) return null;
  return el('div', { class: 'plots' }, histogram(points, suite.matches, runtime), scatter(points, runtime));
}

/**
 * @param {Point[]} points
 * @param {number} matches
 * @param {string} runtime
 */
function histogram(points, matches, runtime) {
  const bins = binned(points);
  const bars = [{ label: '0', count: matches, verdicts: new Map([['match', matches]]) }, ...bins];
  // The many matches would flatten everything else: they are cut off when they are not the tallest by little.
  const tallest = Math.max(...bins.map(({ count }) => count));
  const limit = Math.max(tallest, Math.min(matches, tallest * 1.6));
  const step = (WIDTH - LEFT - RIGHT) / bars.length;
  const height = HEIGHT - TOP - BOTTOM;
  const shapes = bars.flatMap(({ label, count, verdicts }, index) => {
    const cut = count > limit;
    const tall = count === 0 ? 0 : Math.max(2, (Math.min(count, limit) / limit) * (height - 14));
    const x = LEFT + index * step + Math.min(6, step * 0.12);
    const width = step - 2 * Math.min(6, step * 0.12);
    const y = HEIGHT - BOTTOM - tall;
    return [
      ...stack(verdicts, count, tall).map((part) =>
        svg('rect', {
          class: `v-${part.verdict}`,
          x: `${x}`,
          y: `${HEIGHT - BOTTOM - part.from - part.height}`,
          width: `${width}`,
          height: `${part.height}`,
        }),
      ),
      cut ? svg('path', { class: 'cut', d: `M${x - 2} ${y + 12} l${width / 2 + 2} -5 l${width / 2 + 2} 5` }) : null,
      svg(
        'text',
        { class: 'value', x: `${x + width / 2}`, y: `${y - 4}`, 'text-anchor': 'middle' },
        count.toLocaleString('en-US'),
      ),
      svg(
        'text',
        { class: 'tick', x: `${x + width / 2}`, y: `${HEIGHT - BOTTOM + 15}`, 'text-anchor': 'middle' },
        label,
      ),
    ];
  });
  const words = `Distance to Microsoft’s result: ${bars.map(({ label, count }) => `${label} ulp, ${counted(count, 'case')}`).join('; ')}.`;
  return figure(`How far off (${runtime})`, words, 'distance in ulp', 'cases', shapes);
}

/**
 * @param {Map<string, number>} verdicts
 * @param {number} count
 * @param {number} tall
 */
function stack(verdicts, count, tall) {
  let from = 0;
  return [...verdicts].map(([verdict, part]) => {
    const height = count === 0 ? 0 : (part / count) * tall;
    from += height;
    return { verdict, height, from: from - height };
  });
}

/**
 * One, two, then powers of two.
 * @param {Point[]} points
 */
function binned(points) {
  const top = points.reduce((most, { ulp }) => Math.max(most, ulp), 1);
  /** @type {{ label: string, count: number, from: number, to: number, verdicts: Map<string, number> }[]} */
  let bins = [];
  if (top <= 8) {
    for (let at = 1; at <= top; at += 1) bins.push({ label: `${at}`, count: 0, from: at, to: at, verdicts: new Map() });
  } else {
    const wide = Math.max(1, Math.ceil(Math.log2(top) / 10));
    for (let power = 0; 2 ** power <= top; power += wide) {
      const [from, to] = [2 ** power, 2 ** (power + wide) - 1];
      bins.push({
        label: `${from < 1000 ? from : `2${superscript(power)}`}${from === to ? '' : '…'}`,
        count: 0,
        from,
        to,
        verdicts: new Map(),
      });
    }
  }
  for (const { ulp, verdict } of points) {
    const bin = bins.find(({ from, to }) => ulp >= from && ulp <= to) ?? bins.at(ulp < 1 ? 0 : -1);
    if (bin === undefined) continue;
    bin.count += 1;
    bin.verdicts.set(verdict, (bin.verdicts.get(verdict) ?? 0) + 1);
  }
  return bins;
}

/**
 * @param {Point[]} points
 * @param {string} runtime
 */
function scatter(points, runtime) {
  const placed = points.filter(({ x }) => x !== null && x !== 0);
  if (placed.length === 0) return null;
  const exponents = placed.map(({ x }) => Math.log10(Math.abs(x ?? 1)));
  const ulps = placed.map(({ ulp }) => Math.log2(Math.max(1, ulp)));
  const [low, high] = wider(Math.floor(least(exponents)), Math.ceil(most(exponents)));
  const top = Math.max(1, Math.ceil(most(ulps)));
  const across = (/** @type {number} */ value) => LEFT + ((value - low) / (high - low)) * (WIDTH - LEFT - RIGHT);
  const up = (/** @type {number} */ value) => HEIGHT - BOTTOM - 6 - (value / top) * (HEIGHT - TOP - BOTTOM - 12);
  const ticks = steps(low, high, 7).flatMap((value) => [
    svg('line', {
      class: 'grid',
      x1: `${across(value)}`,
      x2: `${across(value)}`,
      y1: `${TOP}`,
      y2: `${HEIGHT - BOTTOM}`,
    }),
    svg(
      'text',
      { class: 'tick', x: `${across(value)}`, y: `${HEIGHT - BOTTOM + 15}`, 'text-anchor': 'middle' },
      `10${superscript(value)}`,
    ),
  ]);
  const levels = steps(0, top, 5).flatMap((value) => [
    svg('line', { class: 'grid', x1: `${LEFT}`, x2: `${WIDTH - RIGHT}`, y1: `${up(value)}`, y2: `${up(value)}` }),
    svg(
      'text',
      { class: 'tick', x: `${LEFT - 6}`, y: `${up(value) + 4}`, 'text-anchor': 'end' },
      value <= 13 ? (2 ** value).toLocaleString('en-US') : `2${superscript(value)}`,
    ),
  ]);
  // Thousands of dots on the same few pixels show no more than one.
  const seen = new Set();
  const dots = placed.flatMap(({ x, verdict }, index) => {
    const [cx, cy] = [across(exponents[index] ?? 0).toFixed(1), up(ulps[index] ?? 0).toFixed(1)];
    const key = `${Math.round(Number(cx))} ${Math.round(Number(cy))} ${verdict}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [
      (x ?? 0) < 0
        ? svg('path', { class: `dot negative v-${verdict}`, d: `M${cx} ${cy} m-3 0 h6` })
        : svg('circle', { class: `dot v-${verdict}`, cx, cy, r: '2.6' }),
    ];
  });
  const words = `${counted(placed.length, 'differing case')} by magnitude of the first input, from 10 to the ${low} to 10 to the ${high}; largest distance ${counted(2 ** most(ulps), 'ulp')}. Circles are positive inputs, dashes negative ones.`;
  return figure(`At which inputs (${runtime})`, words, 'magnitude of the first input (● positive, – negative)', 'ulp', [
    ...ticks,
    ...levels,
    ...dots,
  ]);
}
