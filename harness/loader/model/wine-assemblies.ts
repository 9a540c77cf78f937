// The search for a private assembly as Wine does it (ntdll/actctx.c, lookup_assembly).

import type { AssemblyIdentity } from '../scenario.ts';
import type { FoundAssembly, Probing } from './found-assembly.ts';
import type { Surroundings } from './surroundings.ts';
import { joinPath } from './windows-path.ts';
import { type ManifestFacts, NO_MANIFEST } from './world.ts';

export function searchAsWine(
  { name, version, language }: AssemblyIdentity,
  { folder, privatePath, ofWine }: Probing,
  { state, world, trace }: Surroundings,
): FoundAssembly | undefined {
  const { ways } = state;
  if (language !== undefined) ways.takes('no-language-folders');
  if (privatePath.length > 0) ways.takes('no-private-path');
  for (const place of ofWine) {
    if (place !== folder) ways.takes('assembly-folders');
    for (const base of [joinPath(place, name), joinPath(place, `${name}\\${name}`)]) {
      const library = manifestAt(`${base}.dll`);
      if (library !== undefined) {
        if (library.kind === 'manifest' && library.identity?.version === version)
          return { path: `${base}.dll`, manifest: library };
        ways.takes('assembly-dll-goes-on');
      }
      const path = `${base}.manifest`;
      const manifest = manifestAt(path);
      trace.say('assembly-sequence', `place of ${name}`, { path, found: manifest !== undefined });
      if (manifest !== undefined) return { path, manifest };
    }
  }
  return undefined;

  function manifestAt(path: string): ManifestFacts | undefined {
    const entry = world.lookUp(path);
    if (entry === undefined || entry.kind === 'folder') return undefined;
    if (entry.kind === 'image') return entry.manifests.get(1) ?? NO_MANIFEST;
    return entry.kind === 'manifest' ? entry.manifest : NO_MANIFEST;
  }
}
