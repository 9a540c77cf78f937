import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { cacheFiles } from './locations.mjs';

const DEBUGGER_KEY = String.raw`HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug`;
const DRIVERS_KEY = String.raw`HKCU\Software\Wine\Drivers`;

/** What is done to make a template. A change here makes a new one: the text is part of its folder's name. */
export const RECIPE = {
  revision: 2,
  commands: [
    ['wineboot', '-i'],
    // A new prefix says Windows 7, which Node refuses.
    ['winecfg', '/v', 'win10'],
    // Wine starts a debugger for a program that calls UnhandledExceptionFilter itself, as abort() does, whatever the error mode says.
    ['reg', 'add', DEBUGGER_KEY, '/v', 'Debugger', '/d', 'none', '/f', '/reg:64'],
    ['reg', 'add', DEBUGGER_KEY, '/v', 'Debugger', '/d', 'none', '/f', '/reg:32'],
    // Without a driver Wine makes no windows at all; this one needs no display, and shows them nowhere.
    ['reg', 'add', DRIVERS_KEY, '/v', 'Graphics', '/d', 'null', '/f'],
  ],
  environment: {
    LC_ALL: 'C.UTF-8',
    WINEDEBUG: '-all',
    // No Mono and no Gecko: they ask in a window whether they may be downloaded.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
  },
  userFolders: 'real folders instead of links into the home folder',
  serverFolder: 'not recorded',
};

const HASH_DIGITS = 12;

/** For example `x64-ia32`. @param {import('./wine.mjs').Wine} wine */
export function architecturesOf(wine) {
  return wine.loaders.map(({ architecture }) => architecture).join('-');
}

/** @param {import('./wine.mjs').Wine} wine */
export function recipeHash(wine) {
  // The build is more than the version: a distribution's patches change what a prefix holds.
  return createHash('sha256')
    .update(JSON.stringify([RECIPE, wine.build]))
    .digest('hex')
    .slice(0, HASH_DIGITS);
}

/**
 * @param {string} cache
 * @param {import('./wine.mjs').Wine} wine
 */
export function templateFolder(cache, wine) {
  return join(cacheFiles(cache).templates, `${wine.version}-${architecturesOf(wine)}-${recipeHash(wine)}`);
}
