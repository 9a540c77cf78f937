import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Installation } from './installation.ts';

/** What an agent process is started with. Paths are Unix paths. */
export interface LaunchOptions {
  readonly installation: Installation;
  readonly prefix: string;
  readonly share: string;
  readonly bellIn: string;
  readonly bellOut: string;
  /** Files that take the process's output; a pipe would not do: Node under Wine fails on one. */
  readonly stdout: string;
  readonly stderr: string;
  /** Value of WINEDEBUG, for example `-all` or `+loaddll`. */
  readonly wineDebug: string;
  /** Load order by DLL name without extension, for example `{ msvcr120: 'n' }`. */
  readonly dllOverrides: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Start Wine's background services too. */
  readonly services: boolean;
}

const agentFolder = fileURLToPath(new URL('../../agent/', import.meta.url));
const agentEntry = join(agentFolder, import.meta.url.endsWith('.ts') ? 'agent-entry.ts' : 'agent-entry.js');

/** The same file as Windows sees it through drive Z:, which every Wine prefix maps to the root folder. */
function throughZ(unixPath: string): string {
  return `Z:${unixPath.replaceAll('/', '\\')}`;
}

const revisions = new Map<string, string>();

/** Digest of the agent's own files and its native library, so that results name the agent that gave them. */
function agentRevision(library: string): string {
  let revision = revisions.get(library);
  if (revision === undefined) {
    // A library that is missing fails the boot, with the agent's own words.
    const hash = createHash('sha256').update(existsSync(library) ? readFileSync(library) : '');
    for (const name of readdirSync(agentFolder).sort()) {
      if (/\.[jt]s$/.test(name)) hash.update(name).update(readFileSync(join(agentFolder, name)));
    }
    revision = hash.digest('hex').slice(0, 12);
    revisions.set(library, revision);
  }
  return revision;
}

/** Without services Wine complains that it cannot start wineboot: that is our doing, and nobody's trouble. */
function debugChannels({ wineDebug, services }: LaunchOptions): string {
  return services || wineDebug === '-all' ? wineDebug : `${wineDebug},err-environ`;
}

/** Starts node.exe under Wine with a clean environment: nothing of the host's settings reaches the DLL under test. */
export function launchAgent(options: LaunchOptions): ChildProcess {
  const { installation } = options;
  const overrides = [
    'mscoree,mshtml=', // No offer to install Mono or Gecko.
    ...(options.services ? [] : ['wineboot.exe=']), // wineboot is what starts the services.
    ...Object.entries(options.dllOverrides).map(([name, order]) => `${name}=${order}`),
  ];
  const stdout = openSync(options.stdout, 'a', 0o600);
  const stderr = openSync(options.stderr, 'a', 0o600);
  try {
    const [program, ...leading] = [...installation.launcher, installation.wine];
    return spawn(
      program,
      [
        ...leading,
        throughZ(installation.guestNode),
        throughZ(agentEntry),
        throughZ(options.share),
        throughZ(options.bellIn),
        throughZ(options.bellOut),
        throughZ(installation.agentLibrary),
        throughZ(installation.guestModules),
      ],
      {
        detached: true, // Ctrl-C is the host's to handle.
        stdio: ['ignore', stdout, stderr],
        env: {
          PATH: '/usr/bin:/bin',
          HOME: process.env['HOME'] ?? '/',
          LC_ALL: 'C.UTF-8', // Without it Wine cannot name files with non-ASCII characters.
          WINEPREFIX: options.prefix,
          WINESERVER: installation.wineserver,
          WINEDEBUG: debugChannels(options),
          WINEDLLOVERRIDES: overrides.join(';'),
          NODE_NO_WARNINGS: '1',
          DLLPARITY_AGENT_REVISION: agentRevision(installation.agentLibrary),
          ...options.environment,
        },
      },
    );
  } finally {
    closeSync(stdout);
    closeSync(stderr);
  }
}
