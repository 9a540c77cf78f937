import { closeSync, openSync } from 'node:fs';
import { lstat, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from './atomic-file.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';
import { RECIPE } from './template-recipe.mjs';

// Debian's Wine keeps the sockets of its servers here; the environment that it is started with names no other folder.
const SERVER_FOLDERS = '/tmp';
const SYSTEM_FOLDERS = { x64: 'system32', ia32: 'syswow64' };

/**
 * Makes a Windows 10 prefix in `prefix`, with no process of it left running and nothing in it that names this machine's user folders.
 * @param {string} prefix
 * @param {string} scratch Folder for the home folder and the log of the programs that are run.
 * @param {import('./wine.mjs').Wine} wine
 * @param {import('./context.mjs').Context} context
 */
export async function makeTemplate(prefix, scratch, wine, context) {
  await mkdir(join(scratch, 'home'), { recursive: true });
  const env = environmentOf(prefix, scratch);
  try {
    for (const command of RECIPE.commands) {
      context.say(`making a Windows 10 prefix with ${wine.build} (about 10 s): ${command.join(' ')}`);
      await runWine(wine, command, env, join(scratch, 'log.txt'), context);
    }
  } finally {
    // Not interruptible: an interrupted set-up must not leave Wine's processes behind either.
    await endWine(prefix, scratch, wine);
  }
  await checkPrefix(prefix, wine);
  await replaceLinks(join(prefix, 'drive_c', 'users'));
}

/**
 * Nothing of the caller's environment: no DISPLAY, no WINE* variables, no user folders.
 * @param {string} prefix
 * @param {string} scratch
 */
function environmentOf(prefix, scratch) {
  return { PATH: '/usr/bin:/bin', HOME: join(scratch, 'home'), WINEPREFIX: prefix, ...RECIPE.environment };
}

/**
 * Ends what runs in the prefix, also when the set-up that started it is dead.
 * @param {string} prefix
 * @param {string} scratch
 * @param {import('./wine.mjs').Wine} wine
 */
export async function endWine(prefix, scratch, wine) {
  const env = environmentOf(prefix, scratch);
  const [program, ...args] = [...wine.launcher, wine.server];
  await runProgram(program, [...args, '-k'], { env });
  await runProgram(program, [...args, '-w'], { env });
  await forgetServerFolder(prefix);
}

/**
 * @param {import('./wine.mjs').Wine} wine
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {string} log
 * @param {import('./context.mjs').Context} context
 */
async function runWine(wine, command, env, log, context) {
  // A file, not a pipe: Wine's services keep the stream open after the program has ended.
  const outputFile = openSync(log, 'w');
  try {
    const [program = '', ...args] = [...wine.launcher, wine.loaders[0]?.loader ?? '', ...command];
    const { code } = await runProgram(program, args, { env, outputFile, signal: context.signal });
    if (code === 0) return;
    throw new SetupError(
      `"wine64 ${command.join(' ')}" failed with exit code ${String(code)} while making the prefix template.`,
      {
        output: lastLines((await readFile(log, 'utf8')).split('\n'), 12),
        next: 'see that Wine works on this machine and that the cache folder has space, then run the set-up again.',
      },
    );
  } finally {
    closeSync(outputFile);
  }
}

/**
 * Debian's Wine records in the prefix under which name in the temporary folder its server keeps its socket. Clones must not share it.
 * @param {string} prefix
 */
async function forgetServerFolder(prefix) {
  const record = join(prefix, 'wineserver');
  const name = (await readIfThere(record))?.trim();
  if (name !== undefined && /^wine-\w+$/.test(name))
    await rm(join(SERVER_FOLDERS, name), { recursive: true, force: true });
  await rm(record, { force: true });
}

/**
 * @param {string} prefix
 * @param {import('./wine.mjs').Wine} wine
 */
async function checkPrefix(prefix, wine) {
  const registry = await readIfThere(join(prefix, 'system.reg'));
  const folders = wine.loaders.map(({ architecture }) => SYSTEM_FOLDERS[architecture]);
  const kernels = folders.map((folder) => lstat(join(prefix, 'drive_c', 'windows', folder, 'kernel32.dll')));
  const whole = (await Promise.allSettled(kernels)).every((it) => it.status === 'fulfilled' && it.value.isFile());
  if (whole && registry?.includes('"ProductName"="Microsoft Windows 10"')) return;
  throw new SetupError('Wine made a prefix that is not a Windows 10 one.', {
    next: 'see that Wine works on this machine and that the cache folder has space, then run the set-up again.',
  });
}

/**
 * Wine links Documents, Desktop and so on to the user's own folders: a DLL under test must not write there.
 * @param {string} folder
 */
async function replaceLinks(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) continue;
    const link = join(entry.parentPath, entry.name);
    await rm(link);
    await mkdir(link);
  }
}
