import { SetupError } from '../setup-error.mjs';

const OLDEST = [20, 19];

/** @type {import('../context.mjs').Step} */
export const nodeVersion = {
  name: 'Node and platform',
  purposes: ['check', 'run', 'tests', 'record'],
  run() {
    checkNode(process.versions.node);
    checkPlatform(process.platform, process.arch);
    return Promise.resolve({
      changed: false,
      text: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
    });
  },
};

/** @param {string} version */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(`dllparity needs Node ${OLDEST.join('.')} or newer; this is Node ${version}.`, {
    next: 'install a newer Node, for example Node 20 or 22 from https://nodejs.org, and run the command again.',
  });
}

/**
 * @param {string} platform
 * @param {string} arch
 */
export function checkPlatform(platform, arch) {
  if (platform === 'linux' && arch === 'x64') return;
  throw new SetupError(`the set-up supports Linux on x64 (Debian 12 is tested); this is ${platform} on ${arch}.`, {
    next: 'run it on such a machine, or in a container of the image node:20-bookworm.',
  });
}
