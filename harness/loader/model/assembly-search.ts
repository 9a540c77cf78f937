// Which manifest holds for a program or a DLL, and the activation context that comes of it.

import type { ActivationContext } from './activation.ts';
import { findAssembly, listFiles } from './find-assembly.ts';
import type { Probing } from './found-assembly.ts';
import type { Surroundings } from './surroundings.ts';
import type { Module } from './module-list.ts';
import { Trace, Undocumented } from './step.ts';
import { baseName, folderOf } from './windows-path.ts';
import { type ImageFile, type ManifestFacts, NO_MANIFEST } from './world.ts';

export type ContextResult =
  | { readonly kind: 'made'; readonly context: ActivationContext | undefined }
  | {
      readonly kind: 'failed';
      readonly because: string;
      readonly error: 'ERROR_SXS_CANT_GEN_ACTCTX' | 'ERROR_FILE_NOT_FOUND';
    };

/** The context that a process starts with: from the manifest in its program, or beside it. */
export function processContext(image: ImageFile, around: Surroundings): ContextResult {
  const { state, world, trace } = around;
  const beside = manifestFile(`${state.program}.manifest`, around);
  const inside = image.manifests.get(1);
  if (beside !== undefined && inside !== undefined) {
    const skipped = 'the one inside the program counts';
    trace.say('manifest-both', 'a manifest beside the program', {
      path: `${state.program}.manifest`,
      found: true,
      skipped,
    });
  }
  if (inside !== undefined) {
    trace.say('manifest-resource', 'the program has a manifest as resource 1', { path: state.program, found: true });
  } else {
    trace.say('manifest-file', 'a manifest beside the program', {
      path: `${state.program}.manifest`,
      found: beside !== undefined,
    });
  }
  state.doubtfulContext = doubtfulContext(image, around);
  const manifest = inside ?? beside;
  if (manifest === undefined) return { kind: 'made', context: undefined };
  return makeContext(manifest, state.program, probingOf(state.program, `${state.program}.config`, world), around);
}

/** What resource 2 of a program would bring, if it counted there, which no page says; undefined: nothing. */
function doubtfulContext(image: ImageFile, around: Surroundings): ActivationContext | undefined {
  const manifest = image.manifests.get(2);
  if (manifest === undefined) return undefined;
  const { program, ways } = around.state;
  const places = probingOf(program, `${program}.config`, around.world);
  const result = makeContext(manifest, program, places, { ...around, trace: new Trace() });
  if (result.kind === 'made') return result.context;
  if (!ways.ofWindows) return undefined;
  throw new Undocumented(
    'manifest-resource',
    `no page says whether resource 2 of a program counts, and ${result.because}`,
  );
}

/** The context for the imports and the DllMain of a DLL: that of its own manifest, resource 2. */
export function contextOfDll(module: Module, around: Surroundings): ContextResult {
  const external = `${module.path}.2.manifest`;
  if (around.world.lookUp(external) !== undefined) {
    throw new Undocumented('manifest-dll', `no page says whether ${external} counts`);
  }
  const manifest = module.image.manifests.get(2);
  if (manifest !== undefined) return ownContext(manifest, module.path, around);
  for (const resource of module.image.manifests.keys()) {
    around.trace.say('manifest-dll', `its manifest is resource ${String(resource)}`, {
      path: module.path,
      skipped: 'only resource 2 decides for the imports of a DLL',
    });
  }
  return { kind: 'made', context: undefined };
}

function ownContext(manifest: ManifestFacts, file: string, around: Surroundings): ContextResult {
  const { trace, state, world } = around;
  trace.say('manifest-dll', `${baseName(file)} has a manifest as resource 2`, { path: file, found: true });
  const result = makeContext(manifest, file, probingOf(file, `${file}.2.config`, world), around);
  if (result.kind === 'made') return result;
  // Nobody tells of a DLL whose manifest is no XML.
  if (manifest.kind === 'broken' && state.ways.ofWindows) throw new Undocumented('manifest-broken', result.because);
  trace.say('manifest-dll-missing', result.because, { path: file });
  return state.ways.takes('dll-without-assembly') ? { kind: 'made', context: undefined } : result;
}

/** The context of CreateActCtx. */
export function contextOfCall(
  source: string,
  directory: string | undefined,
  resource: number | undefined,
  around: Surroundings,
): ContextResult {
  const { world, trace } = around;
  const entry = world.lookUp(source);
  if (entry === undefined) {
    trace.say('context-missing', 'no file is there', { path: source, found: false });
    return { kind: 'failed', because: `${source} is not there`, error: 'ERROR_FILE_NOT_FOUND' };
  }
  if (entry.kind === 'folder') throw new Undocumented('context-api', `${source} is a folder`);
  if (entry.kind === 'image') {
    if (resource === undefined) {
      throw new Undocumented('context-api', 'no page says which resource of an image counts when none is named');
    }
    const manifest = entry.manifests.get(resource);
    if (manifest === undefined) throw new Undocumented('context-api', `${source} has no such resource`);
    trace.say('context-api', `resource ${String(resource)} is the manifest`, { path: source, found: true });
    return makeContext(manifest, source, probing(source, directory, around), around);
  }
  trace.say('context-api', 'the manifest of the call', { path: source, found: true });
  const manifest: ManifestFacts = entry.kind === 'manifest' ? entry.manifest : NO_MANIFEST;
  return makeContext(manifest, source, probing(source, directory, around), around);
}

function makeContext(manifest: ManifestFacts, file: string, places: Probing, around: Surroundings): ContextResult {
  if (manifest.kind === 'unread') {
    throw new Undocumented(
      'manifest-broken',
      `whether the manifest of ${file} is one is not known: ${manifest.because}`,
    );
  }
  if (manifest.kind === 'broken') {
    const because = `the manifest of ${baseName(file)} is broken: ${manifest.because}`;
    around.trace.say('manifest-broken', because, { path: file, found: true });
    return failed(because);
  }
  const files = new Map<string, string>();
  listFiles(manifest.files, folderOf(file), files);
  for (const wanted of manifest.dependsOn) {
    const because = findAssembly(wanted, places, files, around);
    if (because !== undefined) return failed(because);
  }
  return { kind: 'made', context: { source: file, files } };
}

function failed(because: string): ContextResult {
  return { kind: 'failed', because, error: 'ERROR_SXS_CANT_GEN_ACTCTX' };
}

function manifestFile(path: string, { world }: Surroundings): ManifestFacts | undefined {
  const entry = world.lookUp(path);
  if (entry === undefined || entry.kind === 'folder') return undefined;
  return entry.kind === 'manifest' ? entry.manifest : NO_MANIFEST;
}

function probing(source: string, directory: string | undefined, { state }: Surroundings): Probing {
  const beside = folderOf(source);
  return { folder: directory ?? beside, privatePath: [], ofWine: [folderOf(state.program), beside] };
}

function probingOf(file: string, config: string, world: Surroundings['world']): Probing {
  const entry = world.lookUp(config);
  const folder = folderOf(file);
  return { folder, privatePath: entry?.kind === 'config' ? entry.privatePath : [], ofWine: [folder] };
}
