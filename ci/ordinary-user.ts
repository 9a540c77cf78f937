// Runs the tests of the machine's own Wine as a user without any rights: user namespaces take the place of root's. Needs root, to
// become that user. `npm run ordinary-user [-- <files>]`
import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** Not /tmp, of which a sandbox has one of its own, nor a folder that tests do not want to see in it. The id is nobody's. */
const PLACE = '/opt';
const ID = 65533;
/** What a fresh clone would have to fetch or build again. */
const TAKEN_OVER = ['node_modules', 'guest/node_modules', 'build/native', 'build/reference-dlls', 'build/stamps'];

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    controller.abort();
  });

const repository = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const place = join(PLACE, `dllparity-ordinary-${process.pid.toString()}`);
const project = join(place, 'project');
const home = join(place, 'home');

async function run(program: string, args: readonly string[]): Promise<void> {
  await execa(program, args, { cwd: project, stdio: 'inherit', cancelSignal: controller.signal });
}

/** With nothing of this process's environment but the way to programs and to the registry. */
function asUser(...command: readonly string[]): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => /^(PATH|https?_proxy|no_proxy|npm_config_registry|NODE_EXTRA_CA_CERTS)$/i.test(name)); // prettier-ignore
  const environment = kept.map(([name, value]) => `${name}=${value ?? ''}`);
  const id = ID.toString();
  return run('setpriv', [
    ...[`--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--no-new-privs', '--pdeathsig', 'KILL'],
    ...['env', '-i', ...environment, `HOME=${home}`, ...command],
  ]);
}

async function main(files: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('this needs root, to become another user. Run the command as root.');
  await mkdir(home, { recursive: true });
  await execa('git', ['clone', '--quiet', repository, project]);
  for (const folder of TAKEN_OVER) {
    if (!existsSync(join(repository, folder))) continue;
    await mkdir(join(project, folder, '..'), { recursive: true });
    await execa('cp', ['-a', join(repository, folder), join(project, folder)]);
  }
  await execa('chown', ['-R', `${ID.toString()}:${ID.toString()}`, place]);
  await asUser('npm', 'run', '--silent', 'setup', '--', '--for', 'tests');
  const { runtimes } = JSON.parse(await readFile(join(project, 'build', 'setup.json'), 'utf8')) as {
    runtimes: { id: string }[];
  };
  await asUser('npx', 'vitest', 'run', '--project', runtimes[0]?.id ?? '', '--reporter=default', '--reporter=./ci/retried-reporter.mjs', ...files); // prettier-ignore
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(
    `ordinary-user: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}\n`,
  );
} finally {
  await rm(place, { recursive: true, force: true });
}
