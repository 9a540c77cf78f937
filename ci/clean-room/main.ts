// Runs the README's commands on a bare Debian 12 that has Node and nothing else. `npm run clean-room [-- --only conformance]`
import { mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBareRoot } from './bare-root.ts';
import { readOuterMachine } from './outer-machine.ts';
import { removeFolder } from './owned-folder.ts';
import { CleanRoomError, outputOf, say, succeed } from './programs.ts';
import { chosenCommands, readmeCommands } from './readme-commands.ts';
import { ORDINARY, bubblewrapComplaint, keepPackages, openRoom, runInRoom, type Room } from './room.ts';

const USAGE = `Usage: npm run clean-room [-- --only <word>]

Makes a bare Debian 12 with Node and nothing else, clones HEAD into it, and runs the commands of README.md there as they are
printed: as root with an empty home folder, and the first one again as an ordinary user without sudo.

  --only conformance   that command alone, as root`;
const PROJECT = '/srv/dllparity';
const USERS_PROJECT = '/srv/dllparity-of-user';

interface Step {
  readonly name: string;
  readonly seconds: number;
  readonly failure?: string;
}

const controller = new AbortController();
const steps: Step[] = [];

async function step(name: string, work: () => Promise<string | undefined>): Promise<boolean> {
  controller.signal.throwIfAborted();
  process.stdout.write(`\n== clean room: ${name}\n`);
  const start = performance.now();
  const failure = await work();
  controller.signal.throwIfAborted();
  const seconds = (performance.now() - start) / 1000;
  steps.push({ name, seconds, ...(failure !== undefined && { failure }) });
  process.stdout.write(
    `== clean room: ${name}: ${failure === undefined ? 'ok' : `FAILED, ${failure}`} (${seconds.toFixed(1)} s)\n`,
  );
  return failure === undefined;
}

async function main(only: string | undefined): Promise<void> {
  const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
  const commands = chosenCommands(readmeCommands(await readFile(join(repository, 'README.md'), 'utf8')), only);
  if (process.getuid?.() !== 0)
    throw new CleanRoomError('a clean room needs root: it mounts. Run the command as root.');
  if ((await outputOf('mmdebstrap', ['--version'])) === '')
    throw new CleanRoomError('mmdebstrap is missing. Next step: apt-get install mmdebstrap debian-archive-keyring');
  const changed = (await outputOf('git', ['status', '--porcelain'], { cwd: repository })).split('\n').filter(Boolean);
  if (changed.length > 0) say(`note: ${changed.length} files differ from HEAD; the clean room has HEAD alone.`);

  const cache = join(cacheFolder(), 'clean-room');
  const caches = { packages: join(cache, 'packages'), npm: join(cache, 'npm') };
  const outer = await readOuterMachine(process.env);
  let archive = '';
  let room: Room | undefined;
  await step('a bare Debian 12 with Node', async () => {
    archive = await ensureBareRoot(join(cache, 'bare'), outer, controller.signal);
    say(archive);
    return undefined;
  });
  try {
    await step('unpack it, and a fresh clone', async () => {
      room = await openRoom(join(cache, 'rooms'), archive, caches, outer, controller.signal);
      await clone(repository, join(room.folder, PROJECT));
      return undefined;
    });
    if (room !== undefined) await runCommands(room, commands, only === undefined);
    if (room !== undefined) await keepPackages(room, caches, controller.signal);
  } finally {
    if (room !== undefined) await removeFolder(room.folder);
  }
}

async function runCommands(room: Room, commands: readonly string[], asUser: boolean): Promise<void> {
  const { signal } = controller;
  const run = async (command: string, user: 'root' | 'ordinary', cwd: string): Promise<string | undefined> => {
    const code = await runInRoom(room, command.split(' '), { user, cwd, signal });
    return code === 0 ? undefined : `exit code ${code}`;
  };
  for (const command of commands) await step(`${command} (root, empty home)`, () => run(command, 'root', PROJECT));
  tellBubblewrap('root', await bubblewrapComplaint(room, 'root'));
  const first = commands[0];
  if (!asUser || first === undefined) return;

  const id = String(ORDINARY.id);
  const project = join(room.folder, USERS_PROJECT);
  // From the first clone: HEAD may have moved on.
  await clone(join(room.folder, PROJECT), project);
  await succeed('chroot', [room.folder, 'useradd', '--create-home', '--uid', id, '--user-group', ORDINARY.name]);
  await mkdir(join(room.npmCache, 'ordinary'), { recursive: true });
  await succeed('chown', ['-R', `${id}:${id}`, project, join(room.npmCache, 'ordinary')]);
  tellBubblewrap('an ordinary user', await bubblewrapComplaint(room, 'ordinary'));
  await step(`${first} (ordinary user, no sudo)`, () => run(first, 'ordinary', USERS_PROJECT));
}

function tellBubblewrap(who: string, complaint: string | undefined): void {
  say(
    complaint === undefined
      ? `bubblewrap works in here for ${who}`
      : `bubblewrap does not work in here for ${who}, so the sandbox was not tried: ${complaint}`,
  );
}

async function clone(repository: string, to: string): Promise<void> {
  await succeed('git', ['clone', '--quiet', '--no-hardlinks', repository, to]);
}

/** The same as the set-up's; nothing of it may be imported here. */
function cacheFolder(): string {
  if (process.env['DLLPARITY_CACHE']) return resolve(process.env['DLLPARITY_CACHE']);
  const base = process.env['XDG_CACHE_HOME'];
  return join(base ? resolve(base) : join(homedir(), '.cache'), 'dllparity');
}

function verdict(): boolean {
  const failed = steps.filter((each) => each.failure !== undefined);
  process.stdout.write('\n== clean room: verdict\n');
  for (const { name, seconds, failure } of steps)
    process.stdout.write(
      `   ${failure === undefined ? 'ok    ' : 'FAILED'} ${seconds.toFixed(1).padStart(7)} s  ${name}\n`,
    );
  const total = steps.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(0);
  process.stdout.write(
    `${failed.length === 0 ? 'PASSED' : 'FAILED'}  the commands of README.md on a bare machine, ${total} s\n`,
  );
  return failed.length === 0;
}

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
let interrupted: keyof typeof EXIT_CODES | undefined;
for (const name of Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[]) {
  process.on(name, () => {
    interrupted = name;
    controller.abort();
  });
}
try {
  const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help === true) process.stdout.write(`${USAGE}\n`);
  else {
    await main(values.only);
    process.exitCode = verdict() ? 0 : 1;
  }
} catch (error) {
  const known = error instanceof CleanRoomError || interrupted !== undefined;
  const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`clean room: ${interrupted === undefined ? text : 'interrupted; nothing is left behind'}\n`);
  process.exitCode = 1;
}
if (interrupted !== undefined) process.exitCode = EXIT_CODES[interrupted];
