import { isDllparityError } from '../../base/errors.ts';
import type { Explorer } from './explorer.ts';
import type { Keeper } from './keeper.ts';

/** So many programs are tried together: each alone would wait for its compiler. */
const PROGRAMS = 12;

/**
 * Gives the suites their turns, one after the other, until the time is over: in each round all make a portion of new cases, and
 * then the cause of one difference of each is looked for. A suite that has neither is left out.
 */
export async function takeTurns(explorers: readonly Explorer[], keeper: Keeper, timeMs: number): Promise<void> {
  const endsAt = performance.now() + timeMs;
  const isOver = (): boolean => performance.now() + keeper.waitingMs >= endsAt;
  const failed = new Map<Explorer, string>();
  const attempt = (explorer: Explorer, work: () => void): void => {
    try {
      work();
    } catch (error) {
      // One suite that cannot be compared is no reason to stop the others.
      if (!isDllparityError(error)) throw error;
      failed.set(explorer, error.message.split('\n')[0] ?? '');
    }
  };
  for (const explorer of explorers) attempt(explorer, () => explorer.begin());
  let live = explorers.filter((explorer) => !failed.has(explorer));
  while (live.length > 0 && !isOver()) {
    for (const explorer of live) if (explorer.hasNewCases && !isOver()) attempt(explorer, () => explorer.generate());
    for (const explorer of live) {
      if (isOver()) break;
      attempt(explorer, () => {
        const cause = explorer.lookForOne();
        if (cause) keeper.take(explorer, cause);
      });
      if (keeper.waiting >= PROGRAMS) await keeper.tryPrograms();
    }
    live = live.filter((each) => !failed.has(each) && (each.hasNewCases || each.hasCandidates));
  }
  await keeper.tryPrograms();
  for (const explorer of explorers) explorer.end(failed.get(explorer));
}
