import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KnownDivergence } from '../known/known-divergence.ts';
import { readKnownDivergences } from '../known/read-known-divergences.ts';
import { FACT_IDS } from './fact-ids.ts';
import type { FactSet } from './read-facts.ts';

/** Declarations beside facts. */
export const KNOWN_FACTS = 'known-divergences.yaml';

/** What is declared beside files of facts, and in other files. */
export function knownFacts({ facts }: FactSet, others: readonly string[] = []): KnownDivergence[] {
  const beside = facts.map(({ file }) => join(dirname(file), KNOWN_FACTS));
  const files = new Set([...beside.filter((file) => existsSync(file)), ...others]);
  return [...files].flatMap((file) => readKnownDivergences(file, FACT_IDS));
}
