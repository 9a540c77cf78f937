import fc from 'fast-check';
import type { Folder } from '../../harness/loader/places.ts';
import type { EmbeddedManifest, PlacedFile } from '../../harness/loader/scenario.ts';
import { assemblies, assemblyFiles, programManifest } from './assembly-arbitrary.ts';
import { dll, dllPlaces, hasOwnManifest, placedDll } from './dll-arbitrary.ts';
import { KNOWN, TARGET } from './names.ts';
import { type Theme, themedPlace, themes } from './theme.ts';

/** What lies where, and what the program carries inside. */
export interface Laid {
  readonly files: readonly PlacedFile[];
  readonly programManifest: EmbeddedManifest | undefined;
  readonly theme: Theme | undefined;
}

type Local = 'none' | 'file' | 'folder' | 'folder with a DLL' | 'folder with a known DLL';

const local: fc.Arbitrary<Local> = fc.oneof(
  { weight: 20, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constantFrom('file', 'folder', 'folder with a DLL', 'folder with a known DLL') },
);

/** The files of a scenario; simpler ones are fewer, and ordinary DLLs. */
export const laid: fc.Arbitrary<Laid> = fc
  .record({ all: dllPlaces, around: assemblies, redirection: local, theme: themes })
  .map(({ all, around, redirection, theme }) => {
    const places = all.map((place) => themedPlace(place, theme));
    const owners = places.filter(hasOwnManifest).map(({ folder }) => folder);
    const files = [...places.map(placedDll), ...assemblyFiles(around, owners), ...localFiles(redirection)];
    return { files: unique(files), programManifest: programManifest(around), theme };
  });

/** The first of those that would lie at one place. */
function unique(files: readonly PlacedFile[]): readonly PlacedFile[] {
  const seen = new Set<string>();
  return files.filter(({ folder, path }) => {
    const key = `${folder}\\${path}`.toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

function localFiles(kind: Local): readonly PlacedFile[] {
  const folder: Folder = 'app';
  const path = 'probe.exe.local';
  switch (kind) {
    case 'none':
      return [];
    case 'file':
      return [{ folder, path, content: { kind: 'empty' } }];
    case 'folder':
      return [{ folder, path, content: { kind: 'folder' } }];
    case 'folder with a DLL':
      return [{ folder, path: `${path}\\${TARGET}`, content: dll('local-tgt') }];
    case 'folder with a known DLL':
      return [{ folder, path: `${path}\\${KNOWN}`, content: dll('local-known') }];
  }
}
