import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resolveParts } from '../../windows/paths/resolve-parts.ts';
import { FOLDERS, SHARED_FOLDERS, type Folder } from '../places.ts';
import type { PlacedFile } from '../scenario.ts';

/** Where folders of a prefix are on this machine. */
export interface PrefixFolders {
  readonly driveC: string;
  /** What a process of the runtime's architecture finds in C:\windows\system32. */
  readonly system32: string;
}

export function prefixFolders(prefix: string, architecture: 'x64' | 'ia32'): PrefixFolders {
  const driveC = join(prefix, 'drive_c');
  const wow64 = join(driveC, 'windows', 'syswow64');
  return {
    driveC,
    system32: architecture === 'ia32' && existsSync(wow64) ? wow64 : join(driveC, 'windows', 'system32'),
  };
}

/** The folders and files of one scenario: laid out, and taken away again. */
export class Tree {
  /** On this machine. */
  readonly folder: string;
  /** As programs name it. */
  readonly root: string;
  readonly #prefix: PrefixFolders;
  /** How to undo what was done in folders that scenarios share, in the order in which it was done. */
  readonly #undo: (() => void)[] = [];

  constructor(prefix: PrefixFolders, name: string) {
    this.#prefix = prefix;
    this.folder = join(prefix.driveC, 'scenarios', name);
    this.root = `C:\\scenarios\\${name}`;
    mkdirSync(this.folder, { recursive: true });
    // A prefix of 64-bit Wine has none, and Windows has one.
    mkdirSync(this.#folderOf('system'), { recursive: true });
    for (const folder of FOLDERS) if (!SHARED_FOLDERS.has(folder)) mkdirSync(join(this.folder, folder));
  }

  place(file: Pick<PlacedFile, 'folder' | 'path'>, bytes: Buffer | undefined): void {
    const base = this.#folderOf(file.folder);
    const parts = file.path.split(/[\\/]/).filter((part) => part !== '');
    // As Windows finds them: without regard to case.
    const path = resolveParts(base, parts);
    if (bytes === undefined && existsSync(path)) return;
    if (SHARED_FOLDERS.has(file.folder)) this.#remember(base, path);
    if (bytes === undefined) {
      mkdirSync(path, { recursive: true });
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }

  /** A file beside the folders. */
  write(name: string, bytes: Buffer): void {
    writeFileSync(join(this.folder, name), bytes);
  }

  remove(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo.length = 0;
    removeTree(this.folder);
  }

  #folderOf(folder: Folder): string {
    switch (folder) {
      case 'system32':
        return this.#prefix.system32;
      case 'windows':
        return join(this.#prefix.driveC, 'windows');
      case 'system':
        return join(this.#prefix.driveC, 'windows', 'system');
      default:
        return join(this.folder, folder);
    }
  }

  /** What lies there already is put aside; of what does not exist, the uppermost is removed afterwards. */
  #remember(base: string, path: string): void {
    let made = path;
    while (!existsSync(dirname(made)) && dirname(made) !== base) made = dirname(made);
    const aside = existsSync(made) ? join(this.folder, `aside-${String(this.#undo.length)}`) : undefined;
    if (aside !== undefined) renameSync(made, aside);
    this.#undo.push(() => {
      rmSync(made, { recursive: true, force: true });
      if (aside !== undefined) renameSync(aside, made);
    });
  }
}

/** In a third of the time that Node's own takes, which asks for each entry what it is and tries to remove folders that are not empty. */
function removeTree(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) removeTree(path);
      else unlinkSync(path);
    }
    rmdirSync(folder);
  } catch {
    // A program that still runs may have removed something, or added it.
    rmSync(folder, { recursive: true, force: true });
  }
}
