import { parseArgs } from 'node:util';
import { nearestOption } from './nearest-option.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * What the set-up is for. `check` needs npm modules only; `run` adds Wine, the agent and its DLLs; `record` adds
 * Microsoft's DLLs; `tests` adds what the tests need besides, and records too.
 * @typedef {'check' | 'run' | 'tests' | 'record'} Purpose
 */

/** @type {readonly Purpose[]} */
const PURPOSES = ['check', 'run', 'tests', 'record'];

export const USAGE = `Usage: node setup/setup.mjs [--for ${PURPOSES.join('|')}] [--wine 10] [--oracles <dll>,…|all] [--quiet]

  --for run      Wine, the agent and its DLLs (default)
  --for tests    the same, and what the tests need: a C++ compiler, Chromium, a font,
                 Microsoft's DLLs
  --for record   the same as run, and Microsoft's DLLs, to record baselines from
  --for check    npm modules only: lint, types and reports
  --wine 10      adds Wine 10, for 64-bit and 32-bit DLLs, from Debian 13 in a folder of its own
                 (two minutes, 3.4 GB, needs root); later set-ups keep it up to date
  --oracles …    with --for record or tests: which of Microsoft's DLLs to fetch, for example
                 ucrtbase.dll,msvcr110.dll; suites/oracles.yaml lists them (600 MB in all)
  --quiet        print only what was changed or failed`;

const OPTIONS = /** @type {const} */ ({
  for: { type: 'string' },
  wine: { type: 'string' },
  oracles: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
});

/**
 * @param {readonly string[]} argv
 * @returns {{ readonly purpose: Purpose, readonly addWine10: boolean, readonly oracles: readonly string[] | 'all' | undefined, readonly quiet: boolean, readonly help: boolean }}
 */
export function parseArguments(argv) {
  // Not strict, because Node's own messages do not say what there is.
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true });
  /** @type {Purpose} */
  let purpose = 'run';
  let addWine10 = false;
  /** @type {readonly string[] | 'all' | undefined} */
  let oracles;
  let quiet = false;
  let help = false;
  for (const token of tokens) {
    const name = token.kind === 'option' ? token.name : undefined;
    const value = token.kind === 'option' ? token.value : undefined;
    if (name === 'for') purpose = readPurpose(value);
    else if (name === 'wine') addWine10 = readWine(value);
    else if (name === 'oracles') oracles = readOracles(value);
    else if (name === 'quiet' && value === undefined) quiet = true;
    else if (name === 'help' && value === undefined) help = true;
    else throw unknownArgument(argv[token.index] ?? '');
  }
  return { purpose, addWine10, oracles, quiet, help };
}

/** @param {string} word */
function unknownArgument(word) {
  const near = nearestOption(
    word,
    Object.keys(OPTIONS).map((name) => `--${name}`),
  );
  const proposal = near === undefined ? '' : `Did you mean "${near}"?\n`;
  return new SetupError(`set-up does not know the argument "${word}".`, { next: proposal + USAGE });
}

/** @param {string | undefined} word */
function readPurpose(word) {
  const purpose = PURPOSES.find((known) => known === word);
  if (purpose) return purpose;
  const got = word === undefined ? 'nothing' : `"${word}"`;
  throw new SetupError(`--for takes one of ${PURPOSES.join(', ')}; it got ${got}.`);
}

/** @param {string | undefined} word */
function readWine(word) {
  if (word === '10') return true;
  const got = word === undefined ? 'nothing' : `"${word}"`;
  throw new SetupError(`--wine takes 10, the Wine that can be added; it got ${got}.`);
}

/** @param {string | undefined} words */
function readOracles(words) {
  const dlls = (words ?? '').split(',').filter((word) => word !== '');
  if (dlls.length === 0)
    throw new SetupError("--oracles takes file names of Microsoft's DLLs, or all; it got nothing.");
  return dlls.includes('all') ? 'all' : dlls.map((dll) => dll.toLowerCase());
}
