// Real koffi in Windows Node, asked in a Wine prefix of its own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Installation } from '../../../runtime/installation.ts';
import { clonePrefix } from '../../../runtime/wine-prefix.ts';
import type { Answers } from './record.ts';

const LIMIT_MS = 60_000;
const guestProgram = fileURLToPath(new URL('ask-in-guest.ts', import.meta.url));
const throughZ = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

/**
 * The answers of koffi on Windows to these specs. Each has a process of its own: koffi's types are global to a process, and
 * what it declared before koffi.reset() may end it.
 */
export async function askGuest(installation: Installation, dll: string, names: readonly string[]): Promise<Answers> {
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-koffi-'));
  const prefix = join(folder, 'prefix');
  const env = {
    PATH: '/usr/bin:/bin',
    HOME: process.env['HOME'] ?? '/',
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: prefix,
    WINESERVER: installation.wineserver,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=;wineboot.exe=',
    NODE_NO_WARNINGS: '1',
  };
  clonePrefix(installation.template, prefix);
  try {
    const answers: Answers = {};
    for (const name of names) {
      const output = join(folder, `${name}.json`);
      const log = join(folder, `${name}.log`);
      // A file: Node under Wine fails on a pipe.
      const file = openSync(log, 'a');
      const paths = [installation.guestNode, guestProgram, installation.guestModules, dll, output].map(throughZ);
      const [program, ...leading] = wineProgram(installation, installation.wine);
      const child = spawn(program, [...leading, ...paths, name], { stdio: ['ignore', file, file], env });
      closeSync(file);
      const code = await ended(child);
      if (code !== 0)
        throw new Error(`Windows Node ended with ${String(code)} in the spec ${name}:\n${readFileSync(log, 'utf8')}`);
      Object.assign(answers, JSON.parse(readFileSync(output, 'utf8')));
    }
    return answers;
  } finally {
    const [program, ...leading] = wineProgram(installation, installation.wineserver);
    for (const option of ['-k', '-w']) spawnSync(program, [...leading, option], { env });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The command line of one of Wine's programs: some runtimes stand in a root folder of their own. */
function wineProgram({ launcher }: Installation, program: string): [string, ...string[]] {
  const [first, ...rest] = launcher;
  return first === undefined ? [program] : [first, ...rest, program];
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
