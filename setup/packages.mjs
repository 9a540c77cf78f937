import { existsSync } from 'node:fs';
import { findProgram } from './find-program.mjs';
import { findCompiler } from './mingw.mjs';
import { findWine } from './wine.mjs';

/** @typedef {import('./arguments.mjs').Purpose} Purpose */

/**
 * @typedef {object} Need
 * @property {string} what In a person's words.
 * @property {readonly string[]} packages Debian packages that bring it.
 * @property {readonly Purpose[]} purposes
 * @property {boolean} [checkoutOnly] The published package does not need it.
 * @property {boolean} [wine10Only] Needed only together with Wine 10.
 * @property {(env: NodeJS.ProcessEnv) => boolean} isThere Looks at files only, so that a warm set-up asks no package manager.
 */

/** @type {readonly Need[]} */
const NEEDS = [
  {
    what: '64-bit Wine',
    packages: ['wine64', 'wine'],
    purposes: ['run', 'tests', 'record'],
    isThere: (env) => findWine(env) !== undefined,
  },
  {
    // The variant with Windows threads alone: its code needs no second runtime DLL, and it is half the download.
    what: 'the C compiler for Windows',
    packages: ['gcc-mingw-w64-x86-64-win32'],
    purposes: ['run', 'tests', 'record'],
    checkoutOnly: true,
    isThere: (env) => findCompiler('gcc', 'x64', env) !== undefined,
  },
  {
    what: 'the C++ compiler for Windows',
    packages: ['g++-mingw-w64-x86-64-win32'],
    purposes: ['tests'],
    isThere: (env) => findCompiler('g++', 'x64', env) !== undefined,
  },
  {
    what: 'bubblewrap, for the sandbox',
    packages: ['bubblewrap'],
    purposes: ['run', 'tests', 'record'],
    isThere: (env) => findProgram(['bwrap'], env) !== undefined,
  },
  {
    what: 'mmdebstrap, to fetch Wine 10',
    // The keyring of a Debian 12 that was not brought up to date lacks the keys of Debian 13.
    packages: ['mmdebstrap', 'debian-archive-keyring'],
    purposes: ['run', 'tests', 'record'],
    wine10Only: true,
    isThere: (env) => findProgram(['mmdebstrap'], env) !== undefined,
  },
  {
    // Without Wine 10 too: scenarios of the search order put DLLs of the other processor in the way.
    what: 'the C compiler for 32-bit Windows',
    packages: ['gcc-mingw-w64-i686-win32'],
    purposes: ['run', 'tests', 'record'],
    checkoutOnly: true,
    isThere: (env) => findCompiler('gcc', 'ia32', env) !== undefined,
  },
  {
    what: 'the C++ compiler for 32-bit Windows',
    packages: ['g++-mingw-w64-i686-win32'],
    purposes: ['tests'],
    wine10Only: true,
    isThere: (env) => findCompiler('g++', 'ia32', env) !== undefined,
  },
  {
    // One package for both architectures. An example calls it.
    what: 'zlib for Windows',
    packages: ['libz-mingw-w64'],
    purposes: ['tests'],
    checkoutOnly: true,
    isThere: () => existsSync('/usr/x86_64-w64-mingw32/lib/zlib1.dll'),
  },
  {
    what: 'Chromium',
    packages: ['chromium'],
    purposes: ['tests'],
    isThere: (env) => findProgram(['chromium', 'chromium-browser', 'google-chrome'], env) !== undefined,
  },
  {
    what: 'a font',
    packages: ['fonts-dejavu-core'],
    purposes: ['tests'],
    isThere: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
  },
];

/**
 * @param {Pick<import('./context.mjs').Context, 'purpose' | 'withWine10' | 'env'>} context
 * @param {boolean} checkout
 */
export function missingNeeds({ purpose, withWine10, env }, checkout) {
  return NEEDS.filter(
    (need) =>
      need.purposes.includes(purpose) &&
      (checkout || need.checkoutOnly !== true) &&
      (withWine10 || need.wine10Only !== true) &&
      !need.isThere(env),
  );
}
