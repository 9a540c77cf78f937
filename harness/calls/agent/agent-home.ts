// Where an agent lives: a prefix of its own, behind the walls that were asked for, and a process in it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ResolvedConfig } from '../../config/config.ts';
import { DllparityError } from '../../base/errors.ts';
import { setupCommand } from '../../base/package-root.ts';
import { controlGroupParents, removeControlGroup } from '../../machines/wine/control-groups.ts';
import { openDisplay } from '../../machines/wine/display.ts';
import { Home } from '../../machines/wine/home.ts';
import type { HomeOptions } from '../../machines/wine/home-command.ts';
import { homesFolder, planHome } from '../../machines/wine/home-layout.ts';
import type { Installation } from '../../machines/installation.ts';
import { removeLeftovers } from '../../machines/wine/leftovers.ts';
import type { VisibleFolder } from '../../machines/wine/sandbox-words.ts';
import { unfitForWindows } from '../../windows/paths/windows-name.ts';
import { requireTemplate } from '../../machines/wine/wine-prefix.ts';
import { Session } from '../session/session.ts';
import { setEnvironment } from '../session/set-environment.ts';

/** Folders that the sandbox has of its own. */
const SANDBOX_OWN = new Set(['/', '/tmp', '/dev', '/proc', '/sys', '/usr', '/etc']);

/** With a drive before it, a backslash and a NUL behind: MAX_PATH, 260 characters, bounds current folders. */
const LONGEST_FOLDER = 256;

let cleaned = false;

/** Makes a prefix and boots a process in it. Nothing is left when that fails. */
export function openHome(config: ResolvedConfig, installation: Installation): Session {
  requireTemplate(config.template ?? installation.template);
  if (!cleaned) {
    removeLeftovers(homesFolder(installation));
    for (const folder of controlGroupParents()) removeLeftovers(folder, removeControlGroup);
  }
  cleaned = true;

  const session = new Session({
    makeHome: () => openPrefix(config, installation),
    spare: config.spare,
    heapBytes: config.heapBytes,
    spinMicroseconds: config.spinMicroseconds,
    bootTimeoutMs: config.bootTimeoutMs,
    readBytes: config.limits.readBytes,
    prepare: (each) => {
      setEnvironment(each, config.environment);
    },
  });
  try {
    session.boot();
    return session;
  } catch (error) {
    void session.close();
    throw error;
  }
}

/** A prefix in which nothing but Wine's server runs yet. */
export function openPrefix(config: ResolvedConfig, installation: Installation): Home {
  const template = config.template ?? installation.template;
  const wine = config.wine ?? installation.wine;
  if (!existsSync(config.wine ?? join(installation.root, wine))) {
    throw new DllparityError('WINE_NOT_FOUND', {
      what: 'Wine could not be started',
      where: { file: wine },
      hint: `Check the option \`wine\` (or DLLPARITY_WINE); \`${setupCommand}\` installs one.`,
    });
  }
  const layout = planHome(installation, template, config.sandbox);
  const display = openDisplay(config.graphics, {
    runtime: installation.id,
    template,
    sandbox: layout.sandbox,
    variables: { ...process.env, ...config.environment },
  });
  const files = display.files.map((path) => ({ path, writable: false }));
  const options: HomeOptions = {
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
    return new Home(options);
  } finally {
    display.release();
  }
}

/** That of this process, where programs of Windows can have it: it may be gone, unfit for them or too long. */
function currentFolder(): string {
  try {
    const folder = process.cwd();
    const isFit = folder.length <= LONGEST_FOLDER && folder.split('/').every((part) => !unfitForWindows(part));
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
