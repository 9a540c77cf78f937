import { find } from './dom.js';

/** @typedef {import('../payload.ts').ReportData} ReportData */
/** @typedef {import('../payload.ts').FunctionCases} FunctionCases */

/** @type {ReportData} */
export const report = JSON.parse(find('#report-data', HTMLScriptElement).textContent);

/** @type {Map<number, Promise<FunctionCases>>} */
const read = new Map();

/**
 * The cases of a function, unpacked the first time somebody asks.
 * @param {number} index
 * @returns {Promise<FunctionCases>}
 */
export function casesOf(index) {
  let cases = read.get(index);
  if (cases === undefined) {
    cases = unpack(index);
    read.set(index, cases);
  }
  return cases;
}

/**
 * @param {number} index
 * @returns {Promise<FunctionCases>}
 */
async function unpack(index) {
  const packed = atob(find(`#cases-${index}`, HTMLScriptElement).textContent.trim());
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}
