/**
 * The folders of a scenario. Every scenario has all of them, empty but for the files that it names. `system32`, `system`
 * (the 16-bit system folder) and `windows` are those of the prefix; in a 32-bit process `system32` lies in `syswow64` on the disk.
 */
export const FOLDERS = [
  'app',
  'cwd',
  'path1',
  'path2',
  'dir1',
  'dir2',
  'other',
  'system32',
  'system',
  'windows',
] as const;

export type Folder = (typeof FOLDERS)[number];

/** Folders that processes of one prefix share: a scenario that writes to one of them runs alone. */
export const SHARED_FOLDERS: ReadonlySet<Folder> = new Set<Folder>(['system32', 'system', 'windows']);

const WINDOWS_PATHS: Partial<Record<Folder, string>> = {
  system32: 'C:\\windows\\system32',
  system: 'C:\\windows\\system',
  windows: 'C:\\windows',
};

/**
 * The Windows path of a folder as programs of the scenario name it.
 *
 * @param root the scenario's own tree, for example `C:\scenario`, without a backslash at its end
 */
export function folderPath(folder: Folder, root: string): string {
  return WINDOWS_PATHS[folder] ?? `${root}\\${folder}`;
}

/** Puts paths in the place of `{app}`, `{dir1}`, …; `{root}` is the scenario's own tree, without a backslash at its end. */
export function expandFolders(text: string, root: string): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === 'root') return root;
    return isFolder(name) ? folderPath(name, root) : whole;
  });
}

export function isFolder(name: string): name is Folder {
  return (FOLDERS as readonly string[]).includes(name);
}
