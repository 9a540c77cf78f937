// GetModuleHandle.

import type { Running } from './running.ts';
import { assemblyPath } from './find-module.ts';
import { lookInFolders } from './look-in-folders.ts';
import { type Module, moduleByPath } from './module-list.ts';
import { withExtension } from './module-name.ts';
import { PLAIN_REQUEST } from './search-request.ts';
import { Trace, Undocumented } from './step.ts';
import { isApiSetName } from './windows-dlls.ts';
import { baseName, hasFolder, isFullPath, samePath } from './windows-path.ts';
import { moduleWord } from './words.ts';

export function getModuleHandle(name: string, running: Running): string {
  const { state, trace } = running;
  if (name === '' || isApiSetName(name) || state.redirection.kind !== 'none') {
    throw new Undocumented('module-handle', `no page says what GetModuleHandle does with "${name}" here`);
  }
  const module = hasFolder(name) ? byPath(name, running) : byName(withExtension(name, trace), running);
  trace.say('module-handle', module === undefined ? 'no such module is loaded' : 'a loaded module', {
    path: module?.path,
    found: module !== undefined,
  });
  if (module === undefined) return 'handle ERROR_MOD_NOT_FOUND';
  if (module.unresolved) throw new Undocumented('no-resolve', 'nothing of an unresolved module can be called');
  running.handles[running.index] = { kind: 'module', module };
  return `handle ${moduleWord(module, running.world, running)}`;
}

function byPath(name: string, { state, world }: Running): Module | undefined {
  if (!isFullPath(name) || name.includes('/')) {
    throw new Undocumented('module-handle', 'only full paths with backslashes are documented');
  }
  const path = /\.[^\\]*$/.test(name) ? name : `${name}.dll`;
  const entry = world.lookUp(path);
  const ofFile = entry?.kind === 'image' && !entry.partOfWindows ? entry : undefined;
  return moduleByPath(state.modules, path) ?? state.modules.find(({ image }) => image === ofFile);
}

function byName(name: string, running: Running): Module | undefined {
  const { state } = running;
  if (name.toLowerCase() === baseName(state.program).toLowerCase()) {
    throw new Undocumented('module-handle', 'the program itself is no DLL of the scenario');
  }
  if (name.includes(' .') || name.endsWith(' ')) {
    throw new Undocumented('name-blanks', 'no page says what GetModuleHandle does with blanks at the end of a name');
  }
  const redirected = assemblyPath(name, running);
  const modules = state.modules.filter((module) => baseName(module.path).toLowerCase() === name.toLowerCase());
  if (redirected !== undefined) {
    const found = modules.find((module) => samePath(module.path, redirected));
    const entry = running.world.lookUp(redirected);
    if (found === undefined && state.modules.some(({ image }) => image === entry)) throw secondName(name);
    return found;
  }
  if (modules.length > 1) {
    throw new Undocumented('module-handle-two', `several modules are named ${name}; which one is returned is not said`);
  }
  if (modules[0]?.fromAssembly === true) {
    throw new Undocumented('assembly-module', `${name} was loaded from an assembly that is not active here`);
  }
  if (modules[0] === undefined) refuseSecondName(name, running);
  return modules[0];
}

/** A file of that name is loaded, under its other name. */
function refuseSecondName(name: string, running: Running): void {
  const found = lookInFolders(name, PLAIN_REQUEST, { ...running, trace: new Trace() });
  if (found.kind === 'loaded') throw secondName(name);
}

function secondName(name: string): Undocumented {
  return new Undocumented(
    'hard-link',
    `no page says whether GetModuleHandle knows a loaded file by its other name ${name}`,
  );
}
