import type { RuntimePair } from './comparison.ts';

/** The runtimes of one side. */
export interface Side {
  readonly ids: readonly string[];
  /** Whether somebody named the only one. */
  readonly isChosen: boolean;
}

/**
 * Which runtime of A is compared with which of B: the only ones with one another, whatever they are called, otherwise those of one
 * id. A side that was chosen takes from the other what has its id.
 *
 * @returns undefined where they have none in common
 */
export function pairRuntimes(a: Side, b: Side): readonly RuntimePair[] | undefined {
  if (a.ids.length === 1 && b.ids.length === 1) return [{ a: a.ids[0], b: b.ids[0] }];
  const common = a.ids.filter((id) => b.ids.includes(id));
  if (common.length === 0) return undefined;
  const pairs: RuntimePair[] = common.map((id) => ({ a: id, b: id }));
  const gone = b.isChosen ? [] : a.ids.filter((id) => !common.includes(id));
  const added = a.isChosen ? [] : b.ids.filter((id) => !common.includes(id));
  return [...pairs, ...gone.map((id) => ({ a: id, b: undefined })), ...added.map((id) => ({ a: undefined, b: id }))];
}
