import { expandFolders, FOLDERS, folderPath, type Folder } from '../places.ts';
import type { Scenario } from '../scenario.ts';

/** Which folder of a scenario a path leads into, and what stands behind the folder. */
export interface Where {
  readonly folder: Folder;
  /** Without a backslash in front; empty for the folder itself. */
  readonly rest: string;
}

/** Undefined where it leads into none of them. */
export function whereIs(path: string, root: string): Where | undefined {
  const plain = plainPath(path);
  // The longest counts: windows holds system32.
  const places = FOLDERS.flatMap((folder) => pathsOf(folder, root).map((text) => ({ folder, text })));
  const found = places
    .filter(({ text }) => isBelow(plain, text))
    .reduce<(typeof places)[number] | undefined>(
      (best, each) => (best === undefined || each.text.length > best.text.length ? each : best),
      undefined,
    );
  return found && { folder: found.folder, rest: plain.slice(found.text.length + 1) };
}

/** As outcomes write it: the folder, with what lies between it and the file, or the path where it is none of the scenario's. */
export function placeText(path: string, root: string): string {
  const where = whereIs(path, root);
  if (where === undefined) return plainPath(path).replace(/\\[^\\]*$/, '');
  const between = where.rest.split('\\').slice(0, -1);
  return [where.folder, ...between].join('\\');
}

/** The folder and the path in it, as outcomes write what SearchPath has found. */
export function fileText(path: string, root: string): string {
  const where = whereIs(path, root);
  return where === undefined ? path : [where.folder, where.rest].filter((part) => part !== '').join('\\');
}

/** Whether a path names the file of the scenario that says it is this variant, or a hard link to it. */
export function isPlacedAt(scenario: Scenario, variant: string, path: string, root: string): boolean {
  const where = whereIs(linkedFile(scenario, path, root), root);
  return scenario.files.some(
    (file) =>
      file.content.kind === 'dll' &&
      file.content.variant === variant &&
      file.folder === where?.folder &&
      file.path.replaceAll('/', '\\').toLowerCase() === where.rest.toLowerCase(),
  );
}

/** What a path was made a hard link to by the scenario; any other path stays. */
function linkedFile({ calls }: Scenario, path: string, root: string): string {
  const isIt = (text: string): boolean => expandFolders(text, root).toLowerCase() === plainPath(path).toLowerCase();
  const link = calls.find((call) => call.call === 'CreateHardLink' && isIt(call.path));
  return link?.call === 'CreateHardLink' ? expandFolders(link.existing, root) : path;
}

/** A 32-bit process is told either name of its system32. */
function pathsOf(folder: Folder, root: string): string[] {
  const path = folderPath(folder, root);
  return folder === 'system32' ? [path, path.replace(/system32$/, 'syswow64')] : [path];
}

function isBelow(path: string, folder: string): boolean {
  const [one, other] = [path.toLowerCase(), folder.toLowerCase()];
  return one === other || one.startsWith(`${other}\\`);
}

function plainPath(path: string): string {
  return path.replace(/^\\\\\?\\/, '').replaceAll('/', '\\');
}
