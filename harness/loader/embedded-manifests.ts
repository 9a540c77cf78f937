import type { EmbeddedManifest, EmbeddedManifests } from './scenario.ts';

/** All manifests of a DLL or program, in the order of the file that describes it. */
export function embeddedManifests(written: EmbeddedManifests): readonly EmbeddedManifest[] {
  if (written === undefined) return [];
  return isOne(written) ? [written] : written;
}

function isOne(written: EmbeddedManifest | readonly EmbeddedManifest[]): written is EmbeddedManifest {
  return !Array.isArray(written);
}
