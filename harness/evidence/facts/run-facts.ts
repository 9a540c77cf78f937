// Tries facts, those that need the same state in one process, and whatever fails once more in a fresh one.
import type { Verdict } from '../../../protocol/records/result-record.ts';
import { isDllparityError } from '../../base/errors.ts';
import type { Agent } from '../../calls/agent/agent.ts';
import { callFact } from './call-fact.ts';
import { FactRoom } from './fact-room.ts';
import type { Fact } from './fact.ts';
import type { FactTypes } from './fact-types.ts';
import { judgeFact, type JudgedFact, type Mismatch } from './judge-fact.ts';
import { type PlannedFact, planFact } from './plan-fact.ts';
import { Unsupported } from './unsupported.ts';

/** What came of a fact, before declarations of known divergences are looked at. */
export interface TriedFact {
  readonly fact: Fact;
  readonly verdict: Extract<Verdict, 'match' | 'divergence' | 'fault' | 'timeout' | 'unsupported' | 'harness-error'>;
  readonly mismatches: readonly Mismatch[];
  /** Why it could not be tried. */
  readonly reason: string | undefined;
  /** The runtime lacks the function, which Windows has. */
  readonly isMissing?: true;
  /** It is about another architecture than the runtime has. */
  readonly isForeign: boolean;
  /** What came of it after other facts, when that was something else than in a fresh process. */
  readonly carriedOver: string | undefined;
}

/** Tries the facts on the agent; results come in their order. `done` is told of each. */
export function runFacts(
  agent: Agent,
  facts: readonly Fact[],
  types: FactTypes,
  done: () => void = () => undefined,
): TriedFact[] {
  const { architecture } = agent.installation;
  const results = new Map<Fact, TriedFact>();
  const planned: PlannedFact[] = [];
  for (const fact of facts) {
    const plan = planFact(fact, architecture);
    if ('steps' in plan) planned.push(plan);
    else {
      results.set(fact, { ...NOTHING, fact, verdict: 'unsupported', reason: plan.reason, isForeign: plan.isForeign });
      done();
    }
  }
  using room = new FactRoom(agent, planned);
  for (const group of groupsOf(planned)) {
    if (agent.callsInProcess > 0) agent.renew();
    runGroup(room, group, types, results, done);
  }
  return facts.map(
    (fact) => results.get(fact) ?? { ...NOTHING, fact, verdict: 'harness-error', reason: 'it was not tried' },
  );
}

const NOTHING = { mismatches: [], reason: undefined, isForeign: false, carriedOver: undefined } as const;

/** Facts that share a process. The largest group comes first: it is what an agent that was just booted is for. */
function groupsOf(planned: readonly PlannedFact[]): readonly (readonly PlannedFact[])[] {
  const groups = new Map<string, PlannedFact[]>();
  planned.forEach((plan, index) => {
    const key = plan.isAlone ? `alone ${String(index)}` : `shared ${plan.process}`;
    const group = groups.get(key);
    if (group) group.push(plan);
    else groups.set(key, [plan]);
  });
  return [...groups.values()].toSorted((one, other) => other.length - one.length);
}

function runGroup(
  room: FactRoom,
  group: readonly PlannedFact[],
  types: FactTypes,
  results: Map<Fact, TriedFact>,
  done: () => void,
): void {
  const failed: PlannedFact[] = [];
  for (const plan of group) {
    const result = tryFact(room, plan, types);
    results.set(plan.fact, result);
    if (['divergence', 'fault', 'timeout'].includes(result.verdict)) failed.push(plan);
    done();
  }
  if (group.length === 1 || failed.length === 0) return;
  // Others may have left something behind that makes them fail.
  room.agent.renew();
  for (const plan of failed) {
    const before = results.get(plan.fact);
    const again = tryFact(room, plan, types);
    if (!before || summary(before) === summary(again)) continue;
    results.set(plan.fact, { ...again, carriedOver: summary(before) });
  }
}

function tryFact(room: FactRoom, plan: PlannedFact, types: FactTypes): TriedFact {
  const { fact } = plan;
  try {
    const judged: JudgedFact = judgeFact(fact, callFact(room, plan, types));
    return { ...NOTHING, fact, ...judged, reason: judged.reason };
  } catch (error) {
    if (error instanceof Unsupported) return { ...NOTHING, fact, verdict: 'unsupported', reason: error.message };
    if (isDllparityError(error, 'DLL_WRONG_ARCHITECTURE'))
      return { ...NOTHING, fact, verdict: 'unsupported', reason: firstLine(error), isForeign: true };
    if (!isDllparityError(error)) throw error;
    return { ...NOTHING, fact, verdict: 'harness-error', reason: error.message };
  }
}

function firstLine({ message }: Error): string {
  return message.split('\n')[0] ?? '';
}

function summary({ verdict, mismatches }: TriedFact): string {
  const texts = mismatches.map(({ what, actual }) => `${what} ${actual}`);
  return texts.length === 0 ? verdict : `${verdict}: ${texts.join(', ')}`;
}
