// Windows Node under Wine: what real koffi and a socket cost there, and what koffi on Windows answers.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mountArguments } from '../../harness/machines/linux/capabilities.ts';
import type { Installation } from '../../harness/machines/installation.ts';
import { pidNamespaceArguments } from '../../harness/machines/linux/bubblewrap-arguments.ts';
import { serverFolder } from '../../harness/machines/linux/server-folder.ts';
import { throughZ } from '../../harness/machines/linux/wine-environment.ts';

const DISK_BYTES = 1 << 28;

/** A prefix of its own for Windows Node, which is gone with its processes and `remove()`. */
export interface WindowsNode {
  /** For files of this machine: programs write their answers there, since Node under Wine fails on a pipe. */
  readonly folder: string;
  /** Runs a program. `log` is the descriptor of a file for what it prints. */
  start(program: string, args: readonly string[], log: number): ChildProcess;
  remove(): void;
}

/** Outside any sandbox, so that it has a network. */
export function windowsNode(installation: Installation): WindowsNode {
  if (!existsSync(installation.guestNode))
    throw new Error(`${installation.guestNode} is missing; run \`npm run setup -- --for tests\``);
  const folder = mkdtempSync(join(tmpdir(), 'dllparity-node-'));
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
  const [first, ...leading] = [
    ...mountArguments(mount, installation.template, DISK_BYTES),
    ...pidNamespaceArguments(installation.bubblewrap ?? 'bwrap', installation.launcher),
    ...[
      '/bin/sh',
      '-c',
      '(umask 0377; printf %s "$1" >"$WINEPREFIX/wineserver"); shift; exec "$@"',
      'sh',
      basename(server),
    ],
    installation.wine,
    throughZ(installation.guestNode),
  ];
  return {
    folder,
    start: (program, args, log) =>
      spawn(first, [...leading, throughZ(program), ...args], { stdio: ['ignore', log, log], env }),
    remove: () => {
      for (const made of [folder, server]) rmSync(made, { recursive: true, force: true });
    },
  };
}
