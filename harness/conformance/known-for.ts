import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KnownIndex } from '../known/known-index.ts';
import { readKnownDivergences } from '../known/read-known-divergences.ts';
import type { Suite } from './suite.ts';

const FILE = 'known-divergences.yaml';

const read = new Map<string, KnownIndex>();

/** The declarations beside a suite that hold for this Wine version. Read once per folder and version. */
export function knownFor(suite: Suite, wineVersion: string): KnownIndex {
  const file = join(dirname(suite.file), FILE);
  const key = `${file}\n${wineVersion}`;
  let index = read.get(key);
  if (!index) {
    index = new KnownIndex(existsSync(file) ? readKnownDivergences(file) : [], wineVersion);
    read.set(key, index);
  }
  return index;
}
