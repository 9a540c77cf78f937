// SearchPath, which has an order of its own.

import type { LoaderCall } from '../scenario.ts';
import type { Running } from './running.ts';
import { assemblyPath } from './find-module.ts';
import { expand, placeOf } from './scenario-world.ts';
import { folderOfProgram } from './search-path.ts';
import { Undocumented } from './step.ts';
import { fullPath, hasFolder, isFullPath, joinPath } from './windows-path.ts';

type Wanted = Pick<Extract<LoaderCall, { call: 'SearchPath' }>, 'path' | 'name' | 'extension'>;

export function searchPath(call: Wanted, running: Running): string {
  const path = searchedPath(call, running);
  return path === undefined ? 'found ERROR_FILE_NOT_FOUND' : `found ${placeOf(path)}`;
}

/** Full path of what it finds. */
export function searchedPath(call: Wanted, running: Running): string | undefined {
  const { state, world, trace } = running;
  const name = withExtension(expand(call.name), call.extension);
  if (name === '') throw new Undocumented('search-path', 'no page says what an empty name gives');
  // Wine looks for a relative path in each folder, unless it begins with a point.
  const isOfFolder = state.ways.ofWindows || isFullPath(name) || /^(\.\.?\\|[a-z]:|\\)/i.test(name);
  if (hasFolder(name) && isOfFolder)
    return firstThere([isFullPath(name) ? name : fullPath(name, state.currentFolder)], name, running);
  const path = call.path === null ? null : expand(call.path);
  if (path !== null) return inFolders(foldersIn(path), name, running);
  // An assembly lists plain names.
  const assembly = hasFolder(name) ? undefined : assemblyPath(name, running);
  if (assembly !== undefined) {
    if (world.lookUp(assembly) === undefined) {
      throw new Undocumented('assembly-file-missing', `an assembly lists ${name}, and ${assembly} is not there`);
    }
    trace.say('search-path', 'a file of an active assembly', { path: assembly, found: true });
    return assembly;
  }
  const folders = [
    folderOfProgram(state),
    state.currentFolder,
    state.systemFolder,
    state.oldSystemFolder,
    state.windowsFolder,
    ...foldersIn(state.path),
  ];
  return inFolders(folders, name, running);
}

function withExtension(name: string, extension: string | null): string {
  return extension === null || /\.[^\\]*$/.test(name) ? name : `${name}${extension}`;
}

function foldersIn(path: string): readonly string[] {
  return path.split(';').filter((folder) => folder !== '');
}

function inFolders(folders: readonly string[], name: string, running: Running): string | undefined {
  return firstThere(
    folders.map((folder) => joinPath(folder, name)),
    name,
    running,
  );
}

function firstThere(paths: readonly string[], name: string, { world, trace }: Running): string | undefined {
  for (const path of paths) {
    const entry = world.lookUp(path);
    trace.say('search-path', `place of ${name}`, { path, found: entry !== undefined });
    if (entry?.kind === 'folder') throw new Undocumented('search-path', `${path} is a folder`);
    if (entry !== undefined) return path;
  }
  return undefined;
}
