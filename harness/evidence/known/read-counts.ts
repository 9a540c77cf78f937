import { type RuntimeSelector, selectorsMeet, versionRange } from '../../base/runtime-selector.ts';
import type { YamlPath } from '../../base/yaml-source.ts';
import type { SuiteCount } from './case-count.ts';
import type { KnownDocument } from './known-document.ts';
import { namesSuite } from './suite-pattern.ts';

const HINT =
  "Say how many cases it covers: `cases: 37`; where that depends on the runtime `cases: { x64: 37, ia32: 12 }` or `{ '>=8.0 <9.0': 37, 'ia32 >=10.0': 12 }`; of several suites for each, `cases: { a.dll/f: 37, a.dll/g: 2 }`.";

/**
 * Reads how many cases a declared cause covers.
 *
 * @param suites as declared; those that the numbers name where nothing is declared
 * @throws KNOWN_SYNTAX
 */
export function readCounts(
  document: KnownDocument,
  value: unknown,
  suites: readonly string[] | undefined,
  path: YamlPath,
): SuiteCount[] {
  const [only, another] = suites ?? [];
  const isOne = only !== undefined && another === undefined && !only.includes('*');
  if (isFields(value) && Object.keys(value).some((name) => name.includes('/')))
    return bySuite(document, value, suites, path);
  if (!isOne) throw document.fail(path, 'Each suite needs a number of its own', HINT);
  return [{ suite: only, numbers: readNumbers(document, value, path) }];
}

function bySuite(
  document: KnownDocument,
  value: Readonly<Record<string, unknown>>,
  suites: readonly string[] | undefined,
  path: YamlPath,
): SuiteCount[] {
  const missing = suites?.find((suite) => !suite.includes('*') && !Object.hasOwn(value, suite));
  if (missing !== undefined) throw document.fail(path, `"cases" has no number for ${missing}`, HINT, 'key');
  return Object.entries(value).map(([suite, numbers]) => {
    if (suite.includes('*') || suites?.some((pattern) => namesSuite(pattern, suite)) === false) {
      const hint = suite.includes('*') ? 'Give each suite its own number.' : 'Name it in "suites" too.';
      throw document.fail([...path, suite], `"${suite}" is none of the suites of this entry`, hint, 'key');
    }
    return { suite, numbers: readNumbers(document, numbers, [...path, suite]) };
  });
}

function readNumbers(document: KnownDocument, value: unknown, path: YamlPath): SuiteCount['numbers'] {
  if (!isFields(value)) return [{ runtimes: undefined, ...readNumber(document, value, path) }];
  const numbers = Object.entries(value).map(([words, number]) => {
    const runtimes = readRuntimes(words);
    if (runtimes === undefined) {
      const what = `"${words}" is neither an architecture, nor a range of versions of Wine, nor both`;
      throw document.fail([...path, words], what, HINT, 'key');
    }
    return { words, runtimes, ...readNumber(document, number, [...path, words]) };
  });
  for (const [index, { words, runtimes }] of numbers.entries()) {
    const other = numbers.slice(0, index).find((each) => selectorsMeet(each.runtimes, runtimes));
    if (other !== undefined)
      throw document.fail([...path, words], `"${other.words}" is about some of these runtimes, too`, HINT, 'key');
  }
  if (numbers.length === 0) throw document.fail(path, '"cases" is empty', HINT);
  return numbers.map(({ runtimes, cases, part }) => ({ runtimes, cases, part }));
}

function readNumber(
  document: KnownDocument,
  value: unknown,
  path: YamlPath,
): Pick<SuiteCount['numbers'][number], 'cases' | 'part'> {
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value))
    throw document.fail(path, 'With "when", "cases" is a number of cases', HINT);
  return { cases: Number(value), part: document.part(path) };
}

/** `x64`, `>=8.0 <9.0`, `ia32 >=10.0`. */
function readRuntimes(words: string): RuntimeSelector | undefined {
  const [, architecture, range = ''] = /^\s*(x64|ia32)?\s*(.*)$/.exec(words) ?? [];
  const versions = range === '' ? undefined : versionRange(range);
  if (range === '' ? architecture === undefined : versions === undefined) return undefined;
  return { kind: 'wine', versions, architecture: architecture as RuntimeSelector['architecture'] };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
