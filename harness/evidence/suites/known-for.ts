import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WineRuntime } from '../known/known-divergence.ts';
import { KnownIndex } from '../known/known-index.ts';
import { readKnownDivergences } from '../known/read-known-divergences.ts';
import type { Suite } from './suite.ts';

const FILE = 'known-divergences.yaml';

const read = new Map<string, KnownIndex>();

/** The declarations beside a suite that hold for this Wine. Read once for each folder, version and architecture. */
export function knownFor(suite: Suite, { version, architecture }: WineRuntime): KnownIndex {
  const file = join(dirname(suite.file), FILE);
  const key = `${file}\n${version}\n${architecture}`;
  let index = read.get(key);
  if (!index) {
    index = new KnownIndex(existsSync(file) ? readKnownDivergences(file) : [], { version, architecture });
    read.set(key, index);
  }
  return index;
}
