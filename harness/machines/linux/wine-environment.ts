// What Wine's programs are started with: nothing of the host's own settings reaches the DLL under test.
import type { Installation } from '../installation.ts';

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

/** The same file as Windows sees it through drive Z:, which every Wine prefix maps to the root folder. */
export function throughZ(unixPath: string): string {
  return `Z:${unixPath.replaceAll('/', '\\')}`;
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

// What Windows sets by itself, and what this system's programs go by.
const NOT_HANDED_OVER =
  /^(allusersprofile|appdata|common(program.*)|computername|comspec|driverdata|home|homedrive|homepath|localappdata|logonserver|number_of_processors|os|path|pathext|processor_.*|program(data|files.*|w6432)|psmodulepath|public|pwd|sessionname|systemdrive|systemroot|te?mp|tmpdir|user(domain.*|name|profile)|windir|ld_.*)$/i;

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

/** The command that starts an agent, but for its number and what it shares with the host: a program under Wine, with a clean environment. */
export function agentCommand(options: WineOptions, place: WinePlace): string[] {
  const { installation } = options;
  const environment = {
    ...wineEnvironment(options, place),
    ...handedOver(options.environment),
  };
  return [...withEnvironment(environment), installation.wine, throughZ(installation.agentProgram)];
}

/** The command that starts the program which notes exit codes, but for its pipes. It is an x64 program on every runtime. */
export function exitWatcherCommand(options: WineOptions, place: WinePlace): string[] {
  const { installation } = options;
  return [
    ...withEnvironment({ ...wineEnvironment(options, place), WINEDEBUG: '-all' }),
    installation.wine64,
    throughZ(installation.exitWatcher),
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
