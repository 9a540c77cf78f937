import type { Provenance } from '../../protocol/result-record.ts';
import type { Agent } from '../agent/agent.ts';
import { BASELINE_SCHEMA, type BaselineCase, type RecordedOutcome } from '../baseline/baseline.ts';
import { saveBaseline } from '../baseline/save-baseline.ts';
import { DllparityError } from '../errors.ts';
import { verifyCodeInMemory } from '../oracle/code-in-memory.ts';
import { verifyOwnCode } from '../oracle/own-code.ts';
import { type VerifiedOracle } from '../oracle/verify-oracle.ts';
import { currentPlatform } from '../platform/index.ts';
import { generateInputs, seedOf } from './generate.ts';
import type { Observed } from './observed.ts';
import { oracleOf } from './oracle-of.ts';
import type { Suite } from './suite.ts';

export interface RecordRequest {
  readonly suite: Suite;
  /** An agent that loads the oracle's file natively. */
  readonly agent: Agent;
  readonly verified: VerifiedOracle;
  /** Where the baseline goes. */
  readonly file: string;
  /** Version of dllparity. */
  readonly recorder: string;
}

/** Records a baseline from the oracle. Returns the number of cases. */
export function recordSuite({ suite, agent, verified, file, recorder }: RecordRequest): number {
  const { behaviour, generator } = suite;
  const { library } = behaviour;
  const { architecture } = agent.installation;
  const oracle = oracleOf(suite, architecture);
  agent.loadDeclared(library, verified.path);
  verifyOwnCode(verified.path, behaviour.exports);
  verifyCodeInMemory(verified.path, (offset, bytes) => agent.readModule(library, offset, bytes));

  const inputs = generateInputs(suite.name, behaviour, generator);
  for (const [id, values] of inputs) if (!behaviour.fits(values, agent.pointerBytes)) inputs.delete(id);
  const ids = [...inputs.keys()];
  const values = [...inputs.values()];
  const first = behaviour.observe(agent, values, { file: verified.path });
  // What Microsoft's own code does not repeat is no expectation: run everything twice.
  const second = behaviour.observe(agent, values, { file: verified.path });
  const cases = ids.map((id, index): Omit<BaselineCase, 'line'> => {
    const outcome = recordable(suite, id, first[index]);
    const again = recordable(suite, id, second[index]);
    if (JSON.stringify(outcome) !== JSON.stringify(again)) {
      throw new DllparityError('ORACLE_REFUSED', {
        what: `${suite.name} is not repeatable: case ${id} came out differently the second time`,
        details: [
          `inputs: ${JSON.stringify(values[index])}`,
          `first:  ${JSON.stringify(outcome)}`,
          `second: ${JSON.stringify(again)}`,
        ],
        hint: 'Leave out what changes from run to run, or observe it in a script that makes it stable.',
      });
    }
    return { id, inputs: values[index] ?? [], outcome };
  });
  const provenance: Provenance = {
    oracle: oracle.oracle,
    dll: behaviour.dll,
    company: verified.company,
    fileVersion: verified.fileVersion,
    sha256: verified.sha256,
    architecture,
    source: oracle.source,
    host: agent.runtime,
    cpu: currentPlatform().cpu(),
    recorder,
    recordedAt: new Date().toISOString(),
  };
  saveBaseline(
    file,
    {
      schema: BASELINE_SCHEMA,
      suite: suite.name,
      prototype: behaviour.prototype,
      seed: seedOf(suite.name),
      provenance,
    },
    cases,
  );
  return cases.length;
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
