// Many random scenarios in a runtime: which of them it does otherwise than the model says.

import fc from 'fast-check';
import type { Architecture } from '../../harness/loader/model/world.ts';
import type { Scenario } from '../../harness/loader/scenario.ts';
import { compare, type Comparison } from './compare.ts';
import { scenarios } from './scenario-arbitrary.ts';

/** What a runtime did with scenarios, in their order. */
export type RunScenarios = (scenarios: readonly Scenario[]) => Promise<readonly (readonly string[])[]>;

export interface TryOptions {
  readonly seed: number;
  readonly count: number;
  readonly architecture: Architecture;
  /** How many are given to the runtime at once. */
  readonly batch?: number;
}

export interface Tried {
  readonly counts: Readonly<Record<Comparison['kind'], number>>;
  /** How often each known divergence was seen, by its id. */
  readonly known: Readonly<Record<string, number>>;
  readonly differing: readonly Differing[];
}

export interface Differing {
  /** Its number in the series that the seed gives. */
  readonly index: number;
  readonly scenario: Scenario;
  readonly comparison: Comparison;
}

/** Runs `count` scenarios of one series, many at once. */
export async function tryScenarios(run: RunScenarios, options: TryOptions): Promise<Tried> {
  const { count, batch = 100 } = options;
  const series = sample(options).map((scenario, index) => ({ ...scenario, id: `random-${String(index)}` }));
  const counts = { agrees: 0, unknown: 0, known: 0, excused: 0, differs: 0 };
  const known: Record<string, number> = {};
  const differing: Differing[] = [];
  for (let at = 0; at < count; at += batch) {
    const part = series.slice(at, at + batch);
    const outcomes = await run(part);
    for (const [offset, scenario] of part.entries()) {
      const comparison = compare(scenario, outcomes[offset] ?? [], options.architecture);
      counts[comparison.kind]++;
      for (const id of 'ids' in comparison ? comparison.ids : []) known[id] = (known[id] ?? 0) + 1;

      if (comparison.kind === 'differs') differing.push({ index: at + offset, scenario, comparison });
    }
  }
  return { counts, known, differing };
}

/** From then on nothing smaller is looked for: runs in Wine take their time. */
const SHRINK_MS = 20_000;

/** The smallest scenario that still differs, which fast-check finds from one of a series. */
export async function shrink(run: RunScenarios, { seed, architecture }: TryOptions, index: number): Promise<Differing> {
  let smallest: Differing | undefined;
  const end = performance.now() + SHRINK_MS;
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    if (smallest !== undefined && performance.now() > end) return true;
    const [outcome = []] = await run([scenario]);
    const comparison = compare(scenario, outcome, architecture);
    if (comparison.kind !== 'differs') return true;
    smallest = { index, scenario, comparison };
    return false;
  });
  await fc.check(property, { seed, path: String(index), numRuns: 1 });
  if (smallest === undefined)
    throw new Error(`internal: scenario ${String(index)} of seed ${String(seed)} differs no more`);
  return smallest;
}

function sample({ seed, count }: TryOptions): readonly Scenario[] {
  return fc.sample(scenarios, { seed, numRuns: count });
}
