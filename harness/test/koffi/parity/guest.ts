// Real koffi in Windows Node, asked in Wine prefixes of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mountWords } from '../../../runtime/capabilities.ts';
import type { Installation } from '../../../runtime/installation.ts';
import { openWords } from '../../../runtime/sandbox-words.ts';
import { serverFolder } from '../../../runtime/server-folder.ts';
import type { Answers } from './record.ts';

const LIMIT_MS = 60_000;
const DISK_BYTES = 1 << 28;
const guestProgram = fileURLToPath(new URL('ask-in-guest.ts', import.meta.url));
const throughZ = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

/**
 * The answers of koffi on Windows to these specs. Each has a process of its own: koffi's types are global to a process, and
 * what it declared before koffi.reset() may end it. Each has a prefix of its own too, which is gone with its processes: a Wine
 * server that is just ending can take the next process with it.
 */
export async function askGuest(installation: Installation, dll: string, names: readonly string[]): Promise<Answers> {
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-koffi-'));
  const mount = join(folder, 'mount');
  mkdirSync(mount);
  const server = serverFolder();
  mkdirSync(server, { mode: 0o700 });
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: process.env['HOME'] ?? '/',
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: join(mount, 'prefix'),
    WINESERVER: installation.wineserver,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=;wineboot.exe=',
    NODE_NO_WARNINGS: '1',
  };
  const [program, ...leading] = [
    ...mountWords(mount, installation.template, DISK_BYTES),
    ...openWords(installation.bubblewrap ?? 'bwrap', installation.launcher),
    ...[
      '/bin/sh',
      '-c',
      '(umask 0377; printf %s "$1" >"$WINEPREFIX/wineserver"); shift; exec "$@"',
      'sh',
      basename(server),
    ],
    installation.wine,
  ];
  try {
    const answers: Answers = {};
    for (const name of names) {
      const output = join(folder, `${name}.json`);
      const log = join(folder, `${name}.log`);
      // A file: Node under Wine fails on a pipe.
      const file = openSync(log, 'a');
      const paths = [installation.guestNode, guestProgram, installation.guestModules, dll, output].map(throughZ);
      const ask = (): Promise<number | string | null> =>
        ended(spawn(program, [...leading, ...paths, name], { stdio: ['ignore', file, file], env }));
      // Windows Node does not always come up on a busy machine; what it then says, it says.
      const code = (await ask()) && (await ask());
      closeSync(file);
      if (code !== 0)
        throw new Error(`Windows Node ended with ${String(code)} in the spec ${name}:\n${readFileSync(log, 'utf8')}`);
      Object.assign(answers, JSON.parse(readFileSync(output, 'utf8')));
    }
    return answers;
  } finally {
    for (const made of [folder, server]) rmSync(made, { recursive: true, force: true });
  }
}

function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve(signal ?? code);
    });
  });
}
