import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WhichFolder } from '../../../protocol/records/which-record.ts';
import type { DotLocal, ProcessState } from '../model/process-state.ts';
import { searchFolders } from '../model/search-path.ts';
import { PLAIN_REQUEST } from '../model/search-request.ts';
import { modulesAtStart } from '../model/start-modules.ts';
import { WINDOWS_WAYS } from '../model/ways.ts';
import { pathKey } from '../model/windows-path.ts';
import { SYSTEM_FOLDER } from './real-world.ts';
import { accessOf, behindZ, throughZ } from './real-folders.ts';

/** What decides how a program is started. Paths of this machine, absolute. */
export interface Start {
  readonly program: string;
  readonly architecture: 'x64' | 'ia32';
  readonly cwd: string;
  /** Folders of PATH before those of Windows. */
  readonly path: readonly string[];
}

/** A process as it is before the loader begins, on a Windows with the settings that it comes with. */
export function freshProcess({ program, architecture, cwd, path }: Start): ProcessState {
  const folders = [...path.map(throughZ), SYSTEM_FOLDER, String.raw`C:\windows`].join(';');
  return {
    architecture,
    ways: WINDOWS_WAYS,
    program: throughZ(program),
    systemFolder: SYSTEM_FOLDER,
    oldSystemFolder: String.raw`C:\windows\system`,
    windowsFolder: String.raw`C:\windows`,
    safeDllSearchMode: true,
    addedKnownDlls: new Set(),
    userLanguage: 'en-us',
    currentFolder: throughZ(cwd),
    path: folders,
    startPath: folders,
    dllDirectory: undefined,
    userFolders: [],
    defaultFlags: undefined,
    redirection: dotLocal(program),
    processContext: undefined,
    doubtfulContext: undefined,
    isStarting: true,
    contexts: [],
    modules: modulesAtStart(SYSTEM_FOLDER, architecture),
    lastModule: undefined,
    locked: new Set(),
  };
}

function dotLocal(program: string): DotLocal {
  const path = `${program}.local`;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: 'none' };
  const unsure =
    'a .local file or folder is there; whether it counts depends on the registry value DevOverrideEnable of that Windows';
  return stat.isDirectory()
    ? { kind: 'folder', folder: throughZ(path), unsure }
    : { kind: 'file', folder: throughZ(dirname(program)), unsure };
}

const ROLES = {
  'application-folder': 'application',
  'current-folder': 'current',
  'path-folders': 'path',
} as const satisfies Record<string, WhichFolder['role']>;

/** The folders that the program searches, with what this user can do with them. */
export function foldersOf(state: ProcessState): WhichFolder[] {
  const seen = new Set<string>();
  return searchFolders(PLAIN_REQUEST, state).flatMap(({ path, rule }) => {
    const unix = behindZ(path);
    const role = rule in ROLES && unix !== undefined ? ROLES[rule as keyof typeof ROLES] : 'system';
    const key = `${role} ${pathKey(path)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const access = unix === undefined ? undefined : accessOf(unix);
    return [
      {
        role,
        windowsPath: path,
        path: unix ?? null,
        exists: access?.exists ?? true,
        writable: access?.writable ?? null,
      },
    ];
  });
}

/** Whether one of these folders, other than Windows's own, has a file of this name. */
export function hasFile(folders: readonly WhichFolder[], name: string): boolean {
  return folders.some(({ path, windowsPath }) => {
    const unix = path === null ? undefined : behindZ(`${windowsPath}\\${name}`);
    return unix !== undefined && statSync(unix, { throwIfNoEntry: false }) !== undefined;
  });
}

/** The folder of Wine's own DLLs in a prefix. */
export function systemFolderOf(prefix: string, architecture: 'x64' | 'ia32'): string {
  const windows = join(prefix, 'drive_c', 'windows');
  const wow64 = join(windows, 'syswow64');
  // A prefix for both architectures keeps those for ia32 there; a folder without DLLs is that of a prefix for x64 alone.
  return architecture === 'ia32' && statSync(wow64, { throwIfNoEntry: false }) !== undefined
    ? wow64
    : join(windows, 'system32');
}
