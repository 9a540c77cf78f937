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
    isThere: (env) => findCompiler('gcc', env) !== undefined,
  },
  {
    what: 'the C++ compiler for Windows',
    packages: ['g++-mingw-w64-x86-64-win32'],
    purposes: ['tests'],
    isThere: (env) => findCompiler('g++', env) !== undefined,
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
 * @param {Purpose} purpose
 * @param {NodeJS.ProcessEnv} env
 * @param {boolean} checkout
 */
export function missingNeeds(purpose, env, checkout) {
  const needs = NEEDS.filter((need) => need.purposes.includes(purpose) && (checkout || need.checkoutOnly !== true));
  return needs.filter((need) => !need.isThere(env));
}
