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

const PLACE = /\{(\w+)((?: \w+)*)\}/g;

/** How a path can be written in the place of a folder, beside the plain form: without its drive, with forward slashes. */
const FORMS: Readonly<Record<string, (path: string) => string>> = {
  rooted: (path) => path.replace(/^[a-z]:/i, ''),
  slashes: (path) => path.replaceAll('\\', '/'),
};

/**
 * Puts paths in the place of `{app}`, `{dir1}`, …; `{root}` is the scenario's own tree, without a backslash at its end.
 * `{app rooted}`, `{app slashes}` and `{app rooted slashes}` are the same path written otherwise.
 */
export function expandFolders(text: string, root: string): string {
  return text.replaceAll(PLACE, (whole, name: string, written: string) => {
    const path = name === 'root' ? root : isFolder(name) ? folderPath(name, root) : undefined;
    const forms = formsOf(written);
    if (path === undefined || forms.some((form) => !(form in FORMS))) return whole;
    return forms.reduce((made, form) => FORMS[form]?.(made) ?? made, path);
  });
}

/** The first `{word}` in a text that would stay as it is, though it looks like the path of a folder. */
export function unknownPlace(text: string): { readonly place: string; readonly word: string } | undefined {
  for (const [place, name = '', written = ''] of text.matchAll(PLACE)) {
    const isPlace = name === 'root' || isFolder(name);
    const form = formsOf(written).find((word) => !(word in FORMS));
    if (!isPlace) return { place, word: name };
    if (form !== undefined) return { place, word: form };
  }
  return undefined;
}

/** What can stand in braces. */
export const PLACE_WORDS: readonly string[] = [...FOLDERS, 'root', ...Object.keys(FORMS)];

function formsOf(written: string): string[] {
  return written.split(' ').filter((word) => word !== '');
}

export function isFolder(name: string): name is Folder {
  return (FOLDERS as readonly string[]).includes(name);
}
