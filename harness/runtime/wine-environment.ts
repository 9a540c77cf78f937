// What Wine's programs are started with: nothing of the host's own settings reaches the DLL under test.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Installation } from './installation.ts';

/** What an agent process is started with. Paths are Unix paths. */
export interface WineOptions {
  readonly installation: Installation;
  /** Value of WINEDEBUG, for example `-all` or `+loaddll`. */
  readonly wineDebug: string;
  /** Load order by DLL name without extension, for example `{ msvcr120: 'n' }`. */
  readonly dllOverrides: Readonly<Record<string, string>>;
  /** Environment variables of agents; those that cannot be handed over at the start are set once they run. */
  readonly environment: Readonly<Record<string, string>>;
  /** Start Wine's background services too. */
  readonly services: boolean;
}

export const agentFolder = fileURLToPath(new URL('../../agent/', import.meta.url));
// The command line is loaded by tsx, which adds a query to the address.
const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
const agentEntry = join(agentFolder, isSource ? 'agent-entry.ts' : 'agent-entry.js');

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
function debugChannels({ wineDebug, services }: WineOptions): string {
  return services || wineDebug === '-all' ? wineDebug : `${wineDebug},err-environ`;
}

/** Where Wine's programs are to run, as they see it. */
export interface WinePlace {
  readonly prefix: string;
  readonly home: string;
}

/** The environment of every program of the prefix, beside what is the agents' own. */
export function wineEnvironment(options: WineOptions, { prefix, home }: WinePlace): Record<string, string> {
  const overrides = [
    'mscoree,mshtml=', // No offer to install Mono or Gecko.
    ...(options.services ? [] : ['wineboot.exe=']), // wineboot is what starts the services.
    ...Object.entries(options.dllOverrides).map(([name, order]) => `${name}=${order}`),
  ];
  return {
    PATH: '/usr/bin:/bin',
    HOME: home,
    LC_ALL: 'C.UTF-8', // Without it Wine cannot name files with non-ASCII characters.
    WINEPREFIX: prefix,
    WINESERVER: options.installation.wineserver,
    WINEDEBUG: debugChannels(options),
    WINEDLLOVERRIDES: overrides.join(';'),
  };
}

// What Windows sets by itself (Node does not start with another SystemRoot), what this system's programs go by, and Node's own.
const NOT_HANDED_OVER =
  /^(allusersprofile|appdata|common(program.*)|computername|comspec|driverdata|home|homedrive|homepath|localappdata|logonserver|number_of_processors|os|path|pathext|processor_.*|program(data|files.*|w6432)|psmodulepath|public|pwd|sessionname|systemdrive|systemroot|te?mp|tmpdir|user(domain.*|name|profile)|windir|ld_.*|node_.*|uv_.*)$/i;

/** Those variables that Wine is started with, because it or a library below it may read them: TZ, LANG and the like. */
function handedOver(environment: Readonly<Record<string, string>>): Record<string, string> {
  const isPlain = /^[\x20-\x7e]*$/; // With another LC_ALL nothing else can be written, and Windows would not start.
  const variables = Object.entries(environment);
  return Object.fromEntries(
    variables.filter(([name, value]) => isPlain.test(name + value) && !NOT_HANDED_OVER.test(name)),
  );
}

function withEnvironment(environment: Readonly<Record<string, string>>): string[] {
  return ['env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
}

/** The command that starts an agent, but for its number and what it shares with the host: node.exe under Wine, with a clean environment. */
export function agentCommand(options: WineOptions, place: WinePlace): string[] {
  const { installation } = options;
  const environment = {
    ...wineEnvironment(options, place),
    NODE_NO_WARNINGS: '1',
    DLLPARITY_AGENT_REVISION: agentRevision(installation.agentLibrary),
    ...handedOver(options.environment),
  };
  return [
    ...withEnvironment(environment),
    installation.wine,
    throughZ(installation.guestNode),
    throughZ(agentEntry),
    throughZ(installation.agentLibrary),
    throughZ(installation.guestModules),
  ];
}

/** The command that starts the program which notes exit codes, but for its pipes. It is an x64 program on every runtime. */
export function wardenCommand(options: WineOptions, place: WinePlace): string[] {
  const { installation } = options;
  return [
    ...withEnvironment({ ...wineEnvironment(options, place), WINEDEBUG: '-all' }),
    installation.wine64,
    throughZ(installation.warden),
  ];
}

/** The command that starts Wine's server, which then stays. */
export function serverCommand(options: WineOptions, place: WinePlace): string[] {
  return [...withEnvironment(wineEnvironment(options, place)), options.installation.wineserver, '-p'];
}

/** Commands that end everything in the prefix: the second waits until that is done. */
export function endAllCommands(options: WineOptions, place: WinePlace): string[][] {
  const words = [...withEnvironment(wineEnvironment(options, place)), options.installation.wineserver];
  return [
    [...words, '-k'],
    [...words, '-w'],
  ];
}
