// SearchPath, which has an order of its own.

import type { LoaderCall } from '../scenario.ts';
import type { Running } from './calls.ts';
import { assemblyPath } from './find-module.ts';
import { expand, placeOf } from './scenario-world.ts';
import { folderOfProgram } from './search-path.ts';
import { Undocumented } from './step.ts';
import { fullPath, hasFolder, isFullPath, joinPath } from './windows-path.ts';

export function searchPath(call: Extract<LoaderCall, { call: 'SearchPath' }>, running: Running): string {
  const { state, world, trace } = running;
  const name = withExtension(expand(call.name), call.extension);
  if (name === '') throw new Undocumented('search-path', 'no page says what an empty name gives');
  if (hasFolder(name)) return inFolders([isFullPath(name) ? name : fullPath(name, state.currentFolder)], name, running);
  const path = call.path === null ? null : expand(call.path);
  if (path !== null) {
    return inFolders(
      path
        .split(';')
        .filter((folder) => folder !== '')
        .map((folder) => joinPath(folder, name)),
      name,
      running,
    );
  }
  const assembly = assemblyPath(name, running);
  if (assembly !== undefined) {
    if (world.lookUp(assembly) === undefined) {
      throw new Undocumented('assembly-file-missing', `an assembly lists ${name}, and ${assembly} is not there`);
    }
    trace.say('search-path', 'a file of an active assembly', { path: assembly, found: true });
    return `found ${placeOf(assembly)}`;
  }
  const folders = [
    folderOfProgram(state),
    state.currentFolder,
    state.systemFolder,
    state.oldSystemFolder,
    state.windowsFolder,
    ...state.path.split(';').filter((folder) => folder !== ''),
  ];
  return inFolders(
    folders.map((folder) => joinPath(folder, name)),
    name,
    running,
  );
}

function withExtension(name: string, extension: string | null): string {
  return extension === null || /\.[^\\]*$/.test(name) ? name : `${name}${extension}`;
}

function inFolders(paths: readonly string[], name: string, { world, trace }: Running): string {
  for (const path of paths) {
    const entry = world.lookUp(path);
    trace.say('search-path', `place of ${name}`, { path, found: entry !== undefined });
    if (entry?.kind === 'folder') throw new Undocumented('search-path', `${path} is a folder`);
    if (entry !== undefined) return `found ${placeOf(path)}`;
  }
  return 'found ERROR_FILE_NOT_FOUND';
}
