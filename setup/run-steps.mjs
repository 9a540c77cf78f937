import { mkdir } from 'node:fs/promises';
import { withFolderLock } from './folder-lock.mjs';
import { projectFiles } from './locations.mjs';
import { failureText } from './progress.mjs';
import { Interrupted } from './setup-error.mjs';
import { guestModules } from './steps/guest-modules.mjs';
import { hostModules } from './steps/host-modules.mjs';
import { locations } from './steps/locations.mjs';
import { nativeBuild } from './steps/native-build.mjs';
import { nodeVersion } from './steps/node-version.mjs';
import { oracle } from './steps/oracle.mjs';
import { prefixTemplate } from './steps/prefix-template.mjs';
import { systemPackages } from './steps/system-packages.mjs';
import { wineRoot } from './steps/wine-root.mjs';

// Packages come before npm: a set-up that lacks root refuses before it has done anything.
const STEPS = [
  nodeVersion,
  systemPackages,
  hostModules,
  guestModules,
  nativeBuild,
  wineRoot,
  prefixTemplate,
  oracle,
  locations,
];

/**
 * @param {Omit<import('./context.mjs').Context, 'say'>} context
 * @param {ReturnType<typeof import('./progress.mjs').createProgress>} progress
 * @returns {Promise<string | undefined>} The text of a failure.
 */
export async function runSteps(context, progress) {
  const files = projectFiles(context.root);
  let current = 'start';
  let say = (/** @type {string} */ text) => {
    process.stdout.write(`${text}\n`);
  };
  const lockOptions = {
    signal: context.signal,
    onWait: (/** @type {number} */ pid) => {
      say(`waiting for process ${String(pid)}, which is setting up the same folder`);
    },
  };
  try {
    await mkdir(files.build, { recursive: true });
    await withFolderLock(files.setupLock, lockOptions, async () => {
      for (const step of STEPS.filter((each) => each.purposes.includes(context.purpose))) {
        current = step.name;
        const line = progress.begin(step.name);
        say = line.say;
        try {
          line.done(await step.run({ ...context, say }));
        } catch (error) {
          line.failed();
          throw error;
        }
      }
    });
    return undefined;
  } catch (error) {
    if (error instanceof Interrupted) return `set-up was interrupted at "${current}"; run it again to finish.`;
    return failureText(current, error);
  }
}
