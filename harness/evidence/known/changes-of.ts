import type { ShownDifference } from '../../../protocol/records/result-record.ts';
import type { KnownChange } from './accept-patch.ts';
import { type SelectableRuntime, selects } from '../../base/runtime-selector.ts';
import { covers, type DeclaredCases } from './known-divergence.ts';

/** A case that a declaration may explain. */
export interface NewCase {
  readonly id: string;
  readonly difference: ShownDifference | null | undefined;
}

/** What a run found about one suite on one runtime. */
export interface FoundOnRuntime {
  readonly runtime: SelectableRuntime & { readonly id: string };
  /** Cases that diverge and are not declared. */
  readonly newCases: readonly NewCase[];
  /** Cases that are declared and match. */
  readonly goneIds: readonly string[];
}

/** What the declarations of a suite need to become, and what only a person can say. */
export interface SuiteChanges {
  readonly changes: readonly KnownChange[];
  /** Sentences. */
  readonly open: readonly string[];
}

const SHOWN_IDS = 5;

/**
 * Which ids the declarations of one suite gain and lose. A new case goes to the declaration whose bound covers it, where that is
 * exactly one, and an id comes or goes only if it does so on every runtime of the run that the declaration holds for.
 */
export function changesOf(
  suite: string,
  found: readonly FoundOnRuntime[],
  entries: readonly DeclaredCases[],
): SuiteChanges {
  const open: string[] = [];
  const takers = found.map(({ runtime, newCases }) => {
    const own = entries.filter((entry) => entry.suite === suite && selects(entry.runtimes, runtime));
    const taken = new Map(
      newCases.map((each) => [each.id, onlyOne(own.filter((entry) => covers(entry, each.difference)))]),
    );
    const homeless = [...taken].filter(([, entry]) => entry === undefined).map(([id]) => id);
    if (homeless.length > 0) {
      const why =
        own.length === 0 ? 'no declaration holds for this runtime' : 'not exactly one declaration covers them';
      open.push(`${suite} on ${runtime.id}: ${count(homeless)} new divergences, and ${why}: ${shown(homeless)}`);
    }
    return taken;
  });

  const changes = entries.flatMap((entry): KnownChange[] => {
    if (entry.suite !== suite) return [];
    const holding = found.flatMap(({ runtime, goneIds }, index) => {
      if (!selects(entry.runtimes, runtime)) return [];
      const taken = [...(takers[index] ?? [])].filter(([, taker]) => taker === entry).map(([id]) => id);
      return [{ id: runtime.id, gone: goneIds.filter((id) => entry.cases.includes(id)), taken }];
    });
    const gone = agreed(holding.map((each) => ({ id: each.id, ids: each.gone })));
    const taken = agreed(holding.map((each) => ({ id: each.id, ids: each.taken })));
    const place = `${suite}, declared in line ${entry.line.toString()}`;
    for (const { id, ids } of gone.disputed)
      open.push(
        `${place}: ${count(ids)} cases are gone on ${id}, and on other runtimes they are not: ${shown(ids)}. Narrow its versions, or split it`,
      );
    for (const { id, ids } of taken.disputed)
      open.push(
        `${place}: ${count(ids)} new divergences on ${id}, and on other runtimes they are none: ${shown(ids)}. Narrow its versions, or split it`,
      );
    return gone.ids.length + taken.ids.length > 0 ? [{ entry, newIds: taken.ids, goneIds: gone.ids }] : [];
  });
  return { changes, open };
}

function onlyOne<T>([only, another]: readonly T[]): T | undefined {
  return another === undefined ? only : undefined;
}

interface OfRuntime {
  readonly id: string;
  readonly ids: readonly string[];
}

/** What all runtimes say, and what some say alone. */
function agreed(all: readonly OfRuntime[]): {
  readonly ids: readonly string[];
  readonly disputed: readonly OfRuntime[];
} {
  const [first, ...others] = all;
  const sets = others.map(({ ids }) => new Set(ids));
  const common = new Set(first?.ids.filter((id) => sets.every((set) => set.has(id))));
  const disputed = all
    .map(({ id, ids }) => ({ id, ids: ids.filter((each) => !common.has(each)) }))
    .filter(({ ids }) => ids.length > 0);
  return { ids: [...common], disputed };
}

function count(ids: readonly string[]): string {
  return ids.length.toString();
}

function shown(ids: readonly string[]): string {
  return `${ids.slice(0, SHOWN_IDS).join(' ')}${ids.length > SHOWN_IDS ? ' ...' : ''}`;
}
