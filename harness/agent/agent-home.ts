// Where an agent lives: a prefix of its own, a folder in shared memory, somebody who cleans up, and a process in it.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ResolvedConfig } from '../config/config.ts';
import { currentPlatform } from '../platform/index.ts';
import { type Guardian, startGuardian } from '../runtime/guardian.ts';
import type { Installation } from '../runtime/installation.ts';
import { ownedName, removeLeftovers } from '../runtime/leftovers.ts';
import { clonePrefix, requireTemplate } from '../runtime/wine-prefix.ts';
import { Session } from '../session/session.ts';

export interface AgentHome {
  /** Folder of the prefix. */
  readonly prefix: string;
  readonly guardian: Guardian;
  /** With a process that has shaken hands. */
  readonly session: Session;
}

let serial = 0;

/** A name that nobody of this process uses: a test runner may load this module more than once. */
function freeName(...folders: readonly string[]): string {
  for (;;) {
    const name = ownedName(++serial);
    if (!folders.some((folder) => existsSync(join(folder, name)))) return name;
  }
}

/** Clones a prefix and boots a process in it. Nothing is left when that fails. */
export function openHome(config: ResolvedConfig, installation: Installation): AgentHome {
  const template = config.template ?? installation.template;
  requireTemplate(template);
  // Beside the templates of the set-up: a template of one's own may lie where nobody wants further folders.
  const clones = join(dirname(dirname(installation.template)), 'prefixes');
  const { shareFolder } = currentPlatform();
  mkdirSync(clones, { recursive: true, mode: 0o700 });
  if (serial === 0) for (const folder of [clones, shareFolder]) removeLeftovers(folder);

  const name = freeName(clones, shareFolder);
  const prefix = join(clones, name);
  const folder = join(shareFolder, name);
  const wineserver = config.wineserver ?? installation.wineserver;
  const guardian = startGuardian([...installation.launcher, wineserver], prefix, folder);
  let session: Session | undefined;
  try {
    mkdirSync(folder, { mode: 0o700 });
    clonePrefix(template, prefix);
    session = new Session({
      installation: { ...installation, wine: config.wine ?? installation.wine, wineserver },
      prefix,
      folder,
      heapBytes: config.heapBytes,
      spinMicroseconds: config.spinMicroseconds,
      bootTimeoutMs: config.bootTimeoutMs,
      wineDebug: config.log.wineDebug,
      dllOverrides: loadOrders(config.dllOverrides),
      environment: config.environment,
      services: config.services,
      onSpawn: (pid) => {
        guardian.watch(pid);
      },
      onExit: (pid) => {
        guardian.forget(pid);
      },
    });
    session.boot();
    return { prefix, guardian, session };
  } catch (error) {
    session?.close();
    void guardian.finish();
    throw error;
  }
}

/** Wine's own words for load orders (`WINEDLLOVERRIDES`). */
function loadOrders(overrides: ResolvedConfig['dllOverrides']): Record<string, string> {
  const words = { native: 'n', builtin: 'b', 'native,builtin': 'n,b', 'builtin,native': 'b,n', disabled: '' } as const;
  return Object.fromEntries(Object.entries(overrides).map(([name, order]) => [name, words[order]]));
}
