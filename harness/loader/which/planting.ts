import type { WhichFolder, WhichModule, WhichProblem } from '../../../protocol/records/which-record.ts';
import { baseName, folderOf, pathKey } from '../model/windows-path.ts';
import type { Examined } from './examined.ts';

const ROLES: Readonly<Record<WhichFolder['role'], string>> = {
  application: 'the folder of the program',
  system: 'a folder of Windows',
  current: 'the current folder',
  path: 'a folder of PATH',
};

/**
 * Folders that are searched before the DLL is found, and that the user who asks can write to: a file of that name that somebody puts
 * there is loaded instead.
 */
export function plantingRisks({ folders, modules }: Pick<Examined, 'folders' | 'modules'>): WhichProblem[] {
  // The current folder may be that of the program too: it counts where it is searched first.
  const distinct = [...new Map(folders.toReversed().map((folder) => [pathKey(folder.windowsPath), folder])).values()];
  return distinct.reverse().flatMap((folder) => {
    if (folder.writable !== true) return [];
    const open = modules.filter((module) => isSearchedInVain(folder, module));
    if (open.length === 0) return [];
    const there = folder.exists ? 'can be written to' : 'does not exist and can be made';
    return [
      {
        kind: 'planting',
        severity: 'risk',
        text: `${folder.windowsPath} (${ROLES[folder.role]}) ${there} by you, and is searched first: a file put there would be loaded as ${names(open)}.`,
        advice:
          folder.role === 'application'
            ? 'Whoever can write there can change the program as well. Install it where ordinary users cannot write.'
            : 'Take the folder out of the search, or see that nobody else can write to it.',
        modules: open.map(({ id }) => id),
        override: null,
      },
    ];
  });
}

function isSearchedInVain(folder: WhichFolder, module: WhichModule): boolean {
  return module.windows.steps.some(
    ({ path, found }) => path !== null && found === false && pathKey(folderOf(path)) === pathKey(folder.windowsPath),
  );
}

function names(modules: readonly WhichModule[]): string {
  const shown = modules.slice(0, 6).map(({ name }) => baseName(name));
  return modules.length <= 6 ? shown.join(', ') : `${shown.join(', ')} and ${String(modules.length - 6)} more`;
}
