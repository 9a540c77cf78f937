import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { SelectableRuntime } from '../../base/runtime-selector.ts';
import { KnownIndex } from '../known/known-index.ts';
import { readKnownDivergences } from '../known/read-known-divergences.ts';
import type { Suite } from './suite.ts';

const FILE = 'known-divergences.yaml';

const read = new Map<string, KnownIndex>();

/** The declarations beside a suite that hold for this runtime. Read once for each folder and runtime. */
export function knownFor(suite: Suite, runtime: SelectableRuntime): KnownIndex {
  const file = join(dirname(suite.file), FILE);
  const { kind, version, architecture, distribution = '' } = runtime;
  const key = [file, kind, version, architecture, distribution].join('\n');
  let index = read.get(key);
  if (!index) {
    index = new KnownIndex(existsSync(file) ? readKnownDivergences(file) : [], runtime);
    read.set(key, index);
  }
  return index;
}
