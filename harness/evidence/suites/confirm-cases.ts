// A case that ends badly after thousands of others may do so because of them: it is run once more in a fresh process.
import type { Agent } from '../../calls/agent/agent.ts';
import type { BaselineCase } from '../baseline/baseline.ts';
import { isDllparityError } from '../../base/errors.ts';
import { judgeCase } from './judge-case.ts';
import type { Observed } from './observed.ts';
import type { Suite } from './suite.ts';

/** Cases of a suite that get a fresh process each. Further ones share one: a process takes a few tenths of a second. */
const ALONE = 20;
/** Cases that hang are run again by themselves only, since each costs its time limit once more. */
const HANGING = 3;

/** Confirms what was seen of the cases of one suite. */
export class Confirmation {
  private readonly suite: Suite;
  private readonly agent: Agent;
  private alone = ALONE;
  private hanging = HANGING;

  constructor(suite: Suite, agent: Agent) {
    this.suite = suite;
    this.agent = agent;
  }

  /** What is to be judged, in place of what was seen first. */
  confirm(cases: readonly BaselineCase[], seen: readonly Observed[]): readonly Observed[] {
    const doubtful = cases.flatMap((expected, index) => {
      const found = seen[index];
      return found && this.isDoubtful(expected, found) ? [{ expected, found, index }] : [];
    });
    if (doubtful.length === 0) return seen;
    const result = [...seen];
    const together: typeof doubtful = [];
    for (const each of doubtful) {
      const { found, index } = each;
      if (found.callsBefore === 0) result[index] = { ...found, confirmed: true };
      else if (!this.mayRunAlone(found)) {
        if (found.kind !== 'timed-out') together.push(each);
      } else result[index] = settle(found, this.observeAgain([each.expected])?.[0]);
    }
    const again = together.length > 0 ? this.observeAgain(together.map(({ expected }) => expected)) : undefined;
    together.forEach(({ found, index }, i) => {
      result[index] = settle(found, again?.[i]);
    });
    return result;
  }

  private isDoubtful(expected: BaselineCase, seen: Observed): boolean {
    if (seen.kind === 'returned' || seen.kind === 'not-callable') return false;
    const { behaviour, comparator } = this.suite;
    return judgeCase(behaviour, comparator, expected.outcome, seen).verdict !== 'match';
  }

  private mayRunAlone({ kind }: Observed): boolean {
    if (kind === 'timed-out') return this.hanging-- > 0;
    return this.alone-- > 0;
  }

  /** Undefined for a script that holds on to memory of the process before: it cannot be run in another. */
  private observeAgain(cases: readonly BaselineCase[]): readonly Observed[] | undefined {
    this.agent.renew();
    try {
      return this.suite.behaviour.observe(
        this.agent,
        cases.map(({ inputs }) => inputs),
      );
    } catch (error) {
      if (isDllparityError(error, 'AGENT_GONE')) return undefined;
      throw error;
    }
  }
}

function settle(first: Observed, second: Observed | undefined): Observed {
  if (!second) return first;
  if (isSame(first, second)) return { ...first, confirmed: true };
  const calls = first.callsBefore ?? 0;
  return {
    ...second,
    carriedOver: `state carried over: after ${calls.toLocaleString('en-US')} call${calls === 1 ? '' : 's'} of its process ${first.text ?? `it ${first.kind}`}`,
  };
}

/** Addresses change from process to process, codes do not. */
function isSame(first: Observed, second: Observed): boolean {
  if (first.kind !== second.kind) return false;
  return !('code' in first && 'code' in second) || first.code === second.code;
}
