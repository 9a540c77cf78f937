import type { OracleDll } from '../../types/declare/oracle-dll.ts';
import type { Provenance } from '../../../protocol/records/result-record.ts';
import type { Agent } from '../../calls/agent/agent.ts';
import { BASELINE_SCHEMA } from '../baseline/baseline.ts';
import { saveBaseline, saveOtherVersion } from '../baseline/save-baseline.ts';
import { verifyCodeInMemory } from '../oracle/code-in-memory.ts';
import { verifyOwnCode } from '../oracle/own-code.ts';
import { type VerifiedOracle } from '../oracle/verify-oracle.ts';
import { currentHost } from '../../machines/current-host.ts';
import { generateInputs, seedOf } from './generate.ts';
import { oraclesOf } from './oracles-of.ts';
import { recordCases, type RecordedCases } from './record-cases.ts';
import { verifyProcessor } from './recording-processor.ts';
import type { Suite } from './suite.ts';

export interface RecordRequest {
  readonly suite: Suite;
  /** An agent that loads the oracle's file natively. */
  readonly agent: Agent;
  readonly oracle: OracleDll;
  readonly verified: VerifiedOracle;
  /** Where the baseline goes. */
  readonly file: string;
  /** Version of dllparity. */
  readonly recorder: string;
}

/** Records from an oracle: the baseline from the first, what is different in its own from another. */
export function recordSuite({ suite, agent, oracle, verified, file, recorder }: RecordRequest): RecordedCases {
  const { behaviour, generator } = suite;
  const { library } = behaviour;
  const { architecture } = agent.installation;
  const cpu = currentHost().cpu();
  verifyProcessor(agent, cpu.features);
  // It is watched from its first instruction on.
  agent.systemCalls().whileLoading(() => agent.loadDeclared(library, verified.path));
  verifyOwnCode(verified.path, behaviour.exports);
  verifyCodeInMemory(verified.path, (offset, bytes) => agent.readModule(library, offset, bytes));

  const inputs = generateInputs(suite.name, behaviour, generator, agent.pointerBytes);
  for (const [id, values] of inputs) if (!behaviour.fits(values, agent.pointerBytes)) inputs.delete(id);
  const recorded = recordCases(suite, agent, verified.path, inputs);
  const { cases, called, askedWhileLoading, withheld } = recorded;
  const provenance: Provenance = {
    oracle: oracle.oracle,
    dll: behaviour.dll,
    company: verified.company,
    fileVersion: verified.fileVersion,
    sha256: verified.sha256,
    architecture,
    source: oracle.source,
    host: agent.runtime,
    cpu,
    recorder,
    recordedAt: new Date().toISOString(),
    systemCalls: called,
    askedWhileLoading,
    ...(withheld.cases > 0 ? { withheld } : {}),
  };
  const save = oraclesOf(suite, architecture)[0] === oracle ? saveBaseline : saveOtherVersion;
  save(
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
  return recorded;
}
