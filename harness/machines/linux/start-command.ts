// The command that the clean-up script starts: what makes the folders, the sandbox around them, and the supervisor inside.
import { basename, join } from 'node:path';
import type { Graphics } from './display.ts';
import { isRoot, mountArguments } from './capabilities.ts';
import type { Limits, VisibleFolder } from '../machine.ts';
import type { Layout } from './layout.ts';
import { isVisible, pidNamespaceArguments, sandboxArguments } from './bubblewrap-arguments.ts';
import { COPY, type SuperviseOptions, superviseScript } from './shell-scripts.ts';
import {
  agentCommand,
  endAllCommands,
  serverCommand,
  exitWatcherCommand,
  type WineOptions,
} from './wine-environment.ts';

export interface WineMachineOptions extends WineOptions {
  readonly template: string;
  readonly layout: Layout;
  readonly limits: Limits;
  /** Folders of this machine that programs see besides what agents need. */
  readonly visible: readonly VisibleFolder[];
  /** Bytes of one agent's part of the wire. */
  readonly heapBytes: number;
  readonly startTimeoutMs: number;
  /** The folder that agents start in, where they can see it. An absolute path of this machine. */
  readonly currentFolder: string;
  readonly graphics: Graphics;
}

/** Handles of all processes of a prefix together, since Wine's server holds them all. */
const OPEN_FILES = '8192';

/** Its words. `visible` are the folders that programs in the sandbox see. */
export function startCommand(options: WineMachineOptions, visible: readonly VisibleFolder[]): string[] {
  return [
    ...folderArguments(options),
    ...sandbox(options, visible),
    '/bin/sh',
    '-c',
    supervision(options, visible),
    'dllparity-supervisor',
  ];
}

/** What stands before the sandbox: a command that makes the folders. */
function folderArguments({ layout, template, limits }: WineMachineOptions): string[] {
  const { prefix, temporary } = layout.folders;
  if (layout.mountPoint === undefined) return ['/bin/sh', '-c', COPY, 'dllparity-copy', template, prefix, temporary];
  return mountArguments(layout.mountPoint, template, limits.diskBytes);
}

function sandbox({ installation, layout }: WineMachineOptions, visible: readonly VisibleFolder[]): string[] {
  const { bubblewrap } = layout.possible;
  if (bubblewrap === undefined) return [...installation.launcher];
  if (!layout.sandbox) return pidNamespaceArguments(bubblewrap, installation.launcher);
  const { prefix, temporary } = layout.folders;
  return sandboxArguments({
    bubblewrap,
    root: installation.root,
    programs: [installation.wine, installation.wineserver],
    prefix,
    temporary,
    visible,
  });
}

function supervision(options: WineMachineOptions, visible: readonly VisibleFolder[]): string {
  const { limits, layout, currentFolder } = options;
  const { prefix } = layout.folders;
  const home = layout.sandbox ? '/tmp' : (process.env['HOME'] ?? '/');
  const place = { prefix, home };
  const kibibytes = Math.ceil(limits.memoryBytes / 1024).toString();
  return superviseScript({
    agent: agentCommand(options, place),
    serverFolder:
      layout.server === undefined ? undefined : { file: join(prefix, 'wineserver'), name: basename(layout.server) },
    registry: driverSetting(options),
    server: serverCommand(options, place),
    exitWatcher: exitWatcherCommand(options, place),
    // Those that bubblewrap makes on the way to a visible one are there too, and empty.
    currentFolder: layout.sandbox && !isVisible(currentFolder, visible) ? '/' : currentFolder,
    limits: layout.sandbox
      ? [`-d ${kibibytes}`, ...(isRoot ? [] : [processLimit(limits.processes)]), `-n ${OPEN_FILES}`, '-c 0']
      : ['-c 0'],
    endAll: layout.possible.bubblewrap === undefined ? endAllCommands(options, place) : [],
  });
}

/** The template of the set-up says `null`. Wine reads its registry when the server starts, and of two settings the later one. */
function driverSetting({ graphics, template, installation, layout }: WineMachineOptions): SuperviseOptions['registry'] {
  if (graphics === 'null' && template === installation.template) return undefined;
  const text = `\n[Software\\\\Wine\\\\Drivers]\n"Graphics"="${graphics}"\n`;
  return { file: join(layout.folders.prefix, 'user.reg'), text };
}

/** Shells do not agree on the letter. */
function processLimit(processes: number): string {
  return `-u ${processes.toString()} 2>/dev/null || ulimit -p ${processes.toString()}`;
}
