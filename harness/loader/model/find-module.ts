// From a name to a file or a loaded module: redirection, API sets, assemblies, loaded modules, KnownDLLs, and then the folders.

import { redirectTo } from './dot-local.ts';
import { redirectedPath } from './activation.ts';
import { moduleByName, moduleByPath } from './module-list.ts';
import { lastOfName } from './last-module.ts';
import { type ModuleName, readModuleName } from './module-name.ts';
import { UNKNOWN_FOLDER } from './find-assembly.ts';
import { SEARCH_FLAGS } from './search-path.ts';
import { isForData, type SearchRequest } from './search-request.ts';
import { lookInFolders } from './look-in-folders.ts';
import { isBehindApiSet, mappedImage, moduleOfFile } from './module-of-file.ts';
import type { FoundModule, Surroundings } from './surroundings.ts';
import { Undocumented } from './step.ts';
import { ALWAYS_LOADED, isApiSetName, isKnownApiSet, isKnownDll } from './windows-dlls.ts';
import { windowsImage } from './windows-image.ts';
import { baseName, folderOf, joinPath, pathKey, samePath } from './windows-path.ts';

/** What the name that a program gives to the loader leads to. */
export function findModule(text: string, request: SearchRequest, around: Surroundings): FoundModule {
  return findNamed(readModuleName(text, around.state, around.trace), request, around);
}

/** As `findModule`, for the name of an import, which is never a path. */
export function findImport(name: string, request: SearchRequest, around: Surroundings): FoundModule {
  return findNamed({ kind: 'plain', name: name.includes('.') ? name : `${name}.dll` }, request, around);
}

function findNamed(name: ModuleName, request: SearchRequest, around: Surroundings): FoundModule {
  switch (name.kind) {
    case 'refused':
      return { kind: 'failed', error: 'not-found' };
    case 'full':
      sayNotOfAssembly(name.path, around);
      return redirected(baseName(name.path), request, around) ?? fileAt(name.path, request, around);
    case 'relative':
      return redirected(baseName(name.path), request, around) ?? lookInFolders(name.path, request, around);
    case 'plain':
      return (
        redirected(name.name, request, around) ??
        apiSet(name.name, around) ??
        ofAssembly(name.name, request, around) ??
        loaded(name.name, around) ??
        knownDll(name.name, around) ??
        lookInFolders(name.name, request, around)
      );
  }
}

function redirected(name: string, request: SearchRequest, around: Surroundings): FoundModule | undefined {
  const path = redirectTo(name, around);
  return path === undefined ? undefined : fileAt(path, request, around);
}

function apiSet(name: string, { state, trace }: Surroundings): FoundModule | undefined {
  if (!isApiSetName(name)) return undefined;
  if (!isKnownApiSet(name)) {
    throw new Undocumented(
      'api-set',
      `no list says whether this Windows has the API set ${name}, and what happens if not`,
    );
  }
  trace.say('api-set', `${name} is an API set: a DLL of Windows stands behind it`, { found: true });
  const path = joinPath(state.systemFolder, name);
  const module = state.modules.find((each) => each.image.partOfWindows && samePath(each.path, path));
  if (module !== undefined) return { kind: 'loaded', module };
  return {
    kind: 'image',
    path,
    image: windowsImage(state.architecture),
    fromAssembly: false,
  };
}

function ofAssembly(name: string, request: SearchRequest, around: Surroundings): FoundModule | undefined {
  const path = assemblyPath(name, around);
  if (path === undefined) return undefined;
  const hasFlags = ((request.flags | (around.state.defaultFlags ?? 0)) & SEARCH_FLAGS) !== 0;
  if (hasFlags && around.state.ways.ofWindows) {
    throw new Undocumented('assembly-redirect', 'no page says whether LOAD_LIBRARY_SEARCH flags leave assemblies out');
  }
  const module = moduleByPath(around.state.modules, path);
  if (module !== undefined) return { kind: 'loaded', module };
  const entry = around.world.lookUp(path);
  if (entry === undefined && isShared(path, around)) {
    return { kind: 'image', path, image: windowsImage(around.state.architecture), fromAssembly: true };
  }
  if (entry === undefined && !around.state.ways.ofWindows) return { kind: 'failed', error: 'not-found' };
  if (entry === undefined) {
    throw new Undocumented('assembly-file-missing', `an assembly lists ${name}, and ${path} is not there`);
  }
  const found = fileAt(path, request, around);
  return found.kind === 'image' ? { ...found, fromAssembly: true } : found;
}

function isShared(path: string, { state }: Surroundings): boolean {
  return pathKey(path).startsWith(pathKey(joinPath(state.windowsFolder, 'WinSxS')));
}

/** The file that an active assembly brings for a plain name. */
export function assemblyPath(name: string, { state, trace }: Surroundings): string | undefined {
  const active = state.contexts.at(-1);
  const byActive = active === undefined ? undefined : redirectedPath(active, name);
  const byProcess = state.processContext === undefined ? undefined : redirectedPath(state.processContext, name);
  if (byActive === undefined && byProcess !== undefined && active !== undefined && state.ways.ofWindows) {
    throw new Undocumented(
      'context-nested',
      `${name} belongs to an assembly of the program, while another context is active`,
    );
  }
  const path = byActive ?? byProcess;
  const { doubtfulContext } = state;
  const isDoubtful = doubtfulContext !== undefined && redirectedPath(doubtfulContext, name) !== undefined;
  if (path === undefined && isDoubtful && state.ways.ofWindows) {
    throw new Undocumented('manifest-resource', 'no page says whether resource 2 of a program counts');
  }
  if (path !== undefined) {
    const shown = folderOf(path).endsWith(UNKNOWN_FOLDER) ? {} : { path };
    trace.say('assembly-redirect', `an active assembly lists ${name}`, { ...shown, found: true });
  }
  return path;
}

function sayNotOfAssembly(path: string, { state, trace }: Surroundings): void {
  const listed = [state.contexts.at(-1), state.processContext].some(
    (context) => context !== undefined && redirectedPath(context, path) !== undefined,
  );
  if (listed)
    trace.say('full-path-assembly', 'an active assembly lists this name', { skipped: 'the call names a path' });
}

function loaded(name: string, { state, trace }: Surroundings): FoundModule | undefined {
  const module = lastOfName(name, state) ?? moduleByName(state.modules, name);
  if (module === undefined) return undefined;
  if (module.fromAssembly) {
    throw new Undocumented('assembly-module', `${name} was loaded from an assembly that is not active here`);
  }
  const rule = ALWAYS_LOADED.includes(name.toLowerCase()) ? 'windows-loaded' : 'loaded-module';
  trace.say(rule, `a module named ${name} is loaded already`, { path: module.path, found: true });
  return { kind: 'loaded', module };
}

function knownDll(name: string, around: Surroundings): FoundModule | undefined {
  const { state, world, trace } = around;
  const added = state.addedKnownDlls.has(name.toLowerCase());
  const known = added ? 'yes' : isKnownDll(name);
  if (known === 'no' || state.ways.takes('no-known-dlls')) return undefined;
  if (known === 'perhaps') {
    throw new Undocumented('known-dll', `whether ${name} is on the list KnownDLLs depends on the version of Windows`);
  }
  const path = joinPath(state.systemFolder, name);
  trace.say('known-dll', `${name} is on the list KnownDLLs: the system’s copy is used`, { path, found: true });
  const module = moduleByPath(state.modules, path);
  if (module !== undefined) return { kind: 'loaded', module };
  const entry = added ? world.lookUp(path) : undefined;
  return {
    kind: 'image',
    path,
    image: entry?.kind === 'image' ? entry : windowsImage(state.architecture),
    fromAssembly: false,
  };
}

/** The file at a full path, as a module. */
function fileAt(path: string, request: SearchRequest, { state, world, trace }: Surroundings): FoundModule {
  const module = moduleByPath(state.modules, path);
  const entry = world.lookUp(path);
  if (module !== undefined && !isBehindApiSet(module, entry)) {
    trace.say('loaded-path', 'this file is loaded already', { path, found: true });
    return { kind: 'loaded', module };
  }
  if (entry === undefined) {
    trace.say('full-path', 'no file is there', { path, found: false });
    return { kind: 'failed', error: 'not-found' };
  }
  if (entry.kind === 'folder') throw new Undocumented('folder-named-dll', `${path} is a folder`);
  if (state.locked.has(pathKey(path))) {
    trace.say('locked-file', 'the file is open without sharing', { path, found: true });
    return { kind: 'failed', error: 'locked' };
  }
  if (entry.kind !== 'image') {
    trace.say('bad-image', 'the file is no image', { path, found: true });
    return { kind: 'failed', error: 'bad-image' };
  }
  if (entry.architecture !== state.architecture && !isForData(request)) {
    trace.say('bad-image', 'the file is an image for another architecture', { path, found: true });
    return { kind: 'failed', error: 'bad-image' };
  }
  const second = moduleOfFile(entry, path, request, { state, world, trace });
  if (second !== undefined) return { kind: 'loaded', module: second };
  trace.say('full-path', 'the file is there', { path, found: true });
  return { kind: 'image', path, image: mappedImage(entry, path, state), fromAssembly: false };
}
