// What the options make of a machine: Wine, what it sees, and how it is limited.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { setupCommand } from '../../base/package-root.ts';
import type { ResolvedConfig } from '../../config/config.ts';
import { unfitForWindows } from '../../windows/paths/windows-name.ts';
import type { Installation } from '../installation.ts';
import type { Machine, VisibleFolder } from '../machine.ts';
import { controlGroupParents, removeControlGroup } from './control-groups.ts';
import { openDisplay } from './display.ts';
import { machinesFolder, planLayout } from './layout.ts';
import { removeLeftovers } from './leftovers.ts';
import type { WineMachineOptions } from './start-command.ts';
import { WineMachine } from './wine-machine.ts';
import { requireTemplate } from './wine-template.ts';

/** Folders that the sandbox has of its own. */
const SANDBOX_OWN = new Set(['/', '/tmp', '/dev', '/proc', '/sys', '/usr', '/etc']);

/** With a drive before it, a backslash and a NUL behind: MAX_PATH, 260 characters, bounds current folders. */
const MAX_FOLDER_LENGTH = 256;

let cleaned = false;

/** A prefix in which nothing but Wine's server runs yet. */
export function openWineMachine(config: ResolvedConfig, installation: Installation): Machine {
  removeOnce(installation);
  const template = config.template ?? installation.template;
  requireTemplate(template);
  const wine = config.wine ?? installation.wine;
  if (!existsSync(config.wine ?? join(installation.root, wine))) {
    throw new DllparityError('WINE_NOT_FOUND', {
      what: 'Wine could not be started',
      where: { file: wine },
      hint: `Check the option \`wine\` (or DLLPARITY_WINE); \`${setupCommand}\` installs one.`,
    });
  }
  const layout = planLayout(installation, template, config.sandbox);
  const display = openDisplay(config.graphics, {
    runtime: installation.id,
    template,
    sandbox: layout.sandbox,
    variables: { ...process.env, ...config.environment },
  });
  const files = display.files.map((path) => ({ path, writable: false }));
  const options: WineMachineOptions = {
    installation: {
      ...installation,
      wine,
      wine64: config.wine ?? installation.wine64,
      wineserver: config.wineserver ?? installation.wineserver,
    },
    template,
    layout,
    limits: config.limits,
    visible: [...visibleFolders(config), ...files],
    heapBytes: config.heapBytes,
    startTimeoutMs: config.bootTimeoutMs,
    currentFolder: currentFolder(),
    wineDebug: config.log.wineDebug,
    dllOverrides: loadOrders(config.dllOverrides),
    environment: { ...config.environment, ...display.environment },
    services: config.services,
    graphics: config.graphics,
  };
  try {
    return new WineMachine(options);
  } finally {
    display.release();
  }
}

/** That of this process, where programs of Windows can have it: it may be gone, unfit for them or too long. */
function currentFolder(): string {
  try {
    const folder = process.cwd();
    const isFit = folder.length <= MAX_FOLDER_LENGTH && folder.split('/').every((part) => !unfitForWindows(part));
    return isFit ? folder : '/';
  } catch {
    return '/';
  }
}

/** What is declared: folders, those for DLLs, and those that may be written to. */
function visibleFolders({ folders, writableFolders, searchPaths }: ResolvedConfig): VisibleFolder[] {
  const readable = [...folders, ...searchPaths].map((path) => ({ path: join(path), writable: false }));
  const declared = [...readable, ...writableFolders.map((path) => ({ path: join(path), writable: true }))];
  return declared.filter(({ path }) => !SANDBOX_OWN.has(path) && existsSync(path));
}

/** Wine's own words for load orders (`WINEDLLOVERRIDES`). */
function loadOrders(overrides: ResolvedConfig['dllOverrides']): Record<string, string> {
  const words = { native: 'n', builtin: 'b', 'native,builtin': 'n,b', 'builtin,native': 'b,n', disabled: '' } as const;
  return Object.fromEntries(Object.entries(overrides).map(([name, order]) => [name, words[order]]));
}

/** Removes what runs that were killed have left, once in the life of this process. */
function removeOnce(installation: Installation): void {
  if (cleaned) return;
  cleaned = true;
  removeLeftovers(machinesFolder(installation));
  for (const folder of controlGroupParents()) removeLeftovers(folder, removeControlGroup);
}
