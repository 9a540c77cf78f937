import type { Agent } from '../../calls/agent/agent.ts';
import type { RecordedOutcome } from '../baseline/baseline.ts';
import type { Json } from '../compare/json.ts';
import { DllparityError } from '../../base/errors.ts';
import { asksSystem } from '../oracle/system-functions.ts';
import type { Observed } from './observed.ts';
import type { Suite } from './suite.ts';

/** Cases that came out the same twice, and what Microsoft's code asked Wine meanwhile. */
export interface RecordedCases {
  readonly cases: readonly {
    readonly id: string;
    readonly inputs: readonly Json[];
    readonly outcome: RecordedOutcome;
  }[];
  /** Functions of the system that were called, by name, in cases that stay: an outcome does not depend on their answers. */
  readonly called: readonly string[];
  /** Functions that the DLL asked when it was loaded, and on whose answers any outcome may depend. */
  readonly askedWhileLoading: readonly string[];
  /** Cases that are left out since the system was asked: of what Windows would have answered they say nothing. */
  readonly withheld: { readonly cases: number; readonly asked: readonly string[] };
}

/** Runs every case by itself, then all together: what Microsoft's own code does not repeat is no expectation. */
export function recordCases(
  suite: Suite,
  agent: Agent,
  file: string,
  inputs: ReadonlyMap<string, readonly Json[]>,
): RecordedCases {
  const { behaviour } = suite;
  const values = [...inputs.values()];
  const system = agent.systemCalls();
  const first = values.map((one) => {
    // A process that begins with this case loads the DLL first, which asks on its own account.
    system.whileLoading(() => agent.loadDeclared(behaviour.library, file));
    const before = system.counts();
    const [seen] = behaviour.observe(agent, [one], { file });
    return { seen, called: system.calledSince(before) };
  });
  // In the other order: none lies where it lay before, so that an address in an outcome shows.
  const second = behaviour.observe(agent, values.toReversed(), { file }).toReversed();

  const cases: RecordedCases['cases'][number][] = [];
  const called = new Set<string>();
  const asked = new Set<string>();
  for (const [index, [id, given]] of [...inputs].entries()) {
    const { seen, called: names } = first[index] ?? { seen: undefined, called: [] };
    const outcome = repeatable(suite, id, given, seen, second[index]);
    const questions = asksSystem(names);
    for (const name of questions) asked.add(name);
    if (questions.length > 0) continue;
    for (const name of names) called.add(name);
    cases.push({ id, inputs: given, outcome });
  }
  const withheld = { cases: inputs.size - cases.length, asked: [...asked].toSorted() };
  if (cases.length === 0 && withheld.cases > 0) refuseAll(suite, withheld.asked);
  const askedWhileLoading = asksSystem(system.calledWhileLoading).toSorted();
  return { cases, called: [...called].toSorted(), askedWhileLoading, withheld };
}

function repeatable(
  suite: Suite,
  id: string,
  given: readonly Json[],
  first: Observed | undefined,
  second: Observed | undefined,
): RecordedOutcome {
  const outcome = recordable(suite, id, first);
  const again = recordable(suite, id, second);
  if (JSON.stringify(outcome) === JSON.stringify(again)) return outcome;
  throw new DllparityError('ORACLE_REFUSED', {
    what: `${suite.name} is not repeatable: case ${id} came out differently the second time`,
    details: [
      `inputs: ${JSON.stringify(given)}`,
      `first, by itself:     ${JSON.stringify(outcome)}`,
      `second, after others: ${JSON.stringify(again)}`,
    ],
    hint: 'Leave out what changes from run to run, or observe it in a script that makes it stable.',
  });
}

/** The part of an observation that a baseline holds. A case that hangs or cannot be called has no place in one. */
function recordable(suite: Suite, id: string, seen: Observed | undefined): RecordedOutcome {
  if (seen?.kind === 'returned') return { kind: 'returned', fields: seen.fields };
  if (seen?.kind === 'faulted') return { kind: 'faulted', code: seen.code };
  if (seen?.kind === 'exited') return { kind: 'exited', code: seen.code };
  throw new DllparityError('ORACLE_REFUSED', {
    what: `the oracle gave no outcome for case ${id} of ${suite.name}: ${seen?.text ?? 'nothing was observed'}`,
    hint: 'Leave this input out of the suite, or correct the prototype.',
  });
}

function refuseAll(suite: Suite, asked: readonly string[]): never {
  throw new DllparityError('ORACLE_SILENT', {
    what: `every case of ${suite.name} asks the system, and here Wine answers: nothing of it is evidence`,
    details: asked,
    hint: "Leave this suite out, or give it inputs for which the DLL's own code decides.",
  });
}
