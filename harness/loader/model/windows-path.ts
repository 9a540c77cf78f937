// Windows paths as texts. The model has no disk, so it makes paths full itself.

/** `C:\a\b.dll`, `\\?\C:\a\b.dll`: a path that says all. */
export function isFullPath(path: string): boolean {
  return /^([a-z]:[\\/]|\\\\)/i.test(path);
}

/** `\windows\a.dll`: full but for the drive. */
export function isRooted(path: string): boolean {
  return /^[\\/](?![\\/])/.test(path);
}

export function hasFolder(path: string): boolean {
  return /[\\/:]/.test(path);
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')));
}

/** With backslashes, without `.` and `..`, without the prefix of long paths. */
export function normalizePath(path: string): string {
  const plain = path.replaceAll('/', '\\').replace(/^\\\\\?\\/, '');
  const [root = '', ...parts] = plain.split('\\');
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else if (part !== '.' && part !== '') kept.push(part);
  }
  return [root, ...kept].join('\\');
}

export function joinPath(folder: string, rest: string): string {
  return normalizePath(`${folder}\\${rest}`);
}

/** The path as a program with this current folder means it. */
export function fullPath(path: string, currentFolder: string): string {
  if (isFullPath(path)) return normalizePath(path);
  if (isRooted(path)) return normalizePath(`${currentFolder.slice(0, 2)}${path}`);
  const onDrive = /^([a-z]:)(.*)$/i.exec(path);
  if (onDrive?.[1] !== undefined) {
    const sameDrive = onDrive[1].toLowerCase() === currentFolder.slice(0, 2).toLowerCase();
    return joinPath(sameDrive ? currentFolder : `${onDrive[1]}\\`, onDrive[2] ?? '');
  }
  return joinPath(currentFolder, path);
}

/** Whether two paths name the same file, as the file system compares them. */
export function samePath(one: string, other: string): boolean {
  return pathKey(one) === pathKey(other);
}

export function pathKey(path: string): string {
  return normalizePath(path).toLowerCase();
}
