import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { asRoot } from '../as-root.mjs';
import { readIfThere, writeAtomically } from '../atomic-file.mjs';
import { findProgram } from '../find-program.mjs';
import { isCheckout } from '../locations.mjs';
import { missingNeeds } from '../packages.mjs';
import { lastLines, runProgram } from '../run-program.mjs';
import { SetupError } from '../setup-error.mjs';

/** @type {readonly [string, string]} */
const NO_QUESTIONS = ['DEBIAN_FRONTEND', 'noninteractive'];

/** apt-get refuses to work after a dpkg that was killed, until this was done. */
const FINISH = ['dpkg', '--configure', '-a'];

/** @type {import('../context.mjs').Step} */
export const systemPackages = {
  name: 'Debian packages',
  purposes: ['run', 'tests', 'record'],
  async run(context) {
    const unfinished = await unfinishedPackages(context);
    const missing = missingNeeds(context, isCheckout(context.root));
    if (missing.length === 0 && unfinished.length === 0) return { changed: false, text: 'all there' };
    const packages = [...new Set([...missing.flatMap((need) => need.packages), ...unfinished])];
    const what = missing.map((need) => need.what).join(', ') || packages.join(' ');
    const commands = [...(unfinished.length > 0 ? [FINISH] : []), ...aptCommands(packages)];
    const prefix = await rootPrefix(what, commands, context);
    await writeAtomically(unfinishedFile(context), `${packages.join('\n')}\n`);
    for (const command of commands) await runApt([...prefix, ...command], what, commands, context);
    await rm(unfinishedFile(context), { force: true });
    const still = missingNeeds(context, isCheckout(context.root));
    if (still.length > 0) {
      throw new SetupError(
        `apt-get installed ${packages.join(' ')}, but ${still.map((need) => need.what).join(', ')} cannot be found.`,
        {
          next: 'look at what these packages bring on this distribution: dpkg -L ' + packages.join(' '),
        },
      );
    }
    return { changed: true, text: `installed ${packages.join(' ')}` };
  },
};

/**
 * Says that packages are being installed. When it is there at the start, a set-up was killed meanwhile, and programs that can be found
 * may be half installed.
 * @param {import('../context.mjs').Context} context
 */
function unfinishedFile(context) {
  return join(context.cache, 'packages-unfinished');
}

/** @param {import('../context.mjs').Context} context */
async function unfinishedPackages(context) {
  return ((await readIfThere(unfinishedFile(context))) ?? '').split('\n').filter(Boolean);
}

/** @param {readonly string[]} packages */
function aptCommands(packages) {
  return [
    ['apt-get', 'update'],
    ['apt-get', '-o', 'DPkg::Lock::Timeout=120', 'install', '-y', '--no-install-recommends', ...packages],
  ];
}

/**
 * What to put before apt-get so that it runs as root. Refuses before anything was done.
 * @param {string} what
 * @param {readonly (readonly string[])[]} commands
 * @param {import('../context.mjs').Context} context
 */
async function rootPrefix(what, commands, context) {
  if (findProgram(['apt-get'], context.env) === undefined) {
    throw new SetupError(`missing: ${what}. This system has no apt-get, so the set-up cannot install it.`, {
      next: `install what Debian 12 calls ${commands.at(-1)?.slice(6).join(' ') ?? ''} with your package manager, then run the set-up again.`,
    });
  }
  const prefix = await asRoot(context);
  // sudo hands on no environment.
  if (prefix !== undefined) return prefix.length === 0 ? [] : [...prefix, 'env', NO_QUESTIONS.join('=')];
  throw new SetupError(`missing: ${what}. Installing it needs root, and sudo without a password is not available.`, {
    next: `run this as root, then run the set-up again:\n  ${commands.map((command) => command.join(' ')).join(' && ')}`,
  });
}

/**
 * @param {readonly string[]} command
 * @param {string} what
 * @param {readonly (readonly string[])[]} commands
 * @param {import('../context.mjs').Context} context
 */
async function runApt(command, what, commands, context) {
  const [program = '', ...args] = command;
  const says = args.includes('install') ? `installing ${what} (a minute or more)` : command.join(' ');
  context.say(says);
  // dpkg must never be cut off in the middle: packages would be left half configured.
  const { code, lines } = await runProgram(program, args, {
    env: { ...context.env, [NO_QUESTIONS[0]]: NO_QUESTIONS[1] },
    signal: context.signal,
    finishWhenInterrupted: true,
  });
  if (code === 0) return;
  const name = command.includes('dpkg') ? 'dpkg' : 'apt-get';
  throw new SetupError(`${name} failed with exit code ${String(code)} while installing ${what}.`, {
    output: lastLines(lines, 12),
    next: `check the network and apt's sources, then repeat:\n  ${commands.map((each) => each.join(' ')).join(' && ')}`,
  });
}
