import { join } from 'node:path';
import type { Agent } from '../../harness/calls/agent/agent.ts';
import { library } from '../../harness/types/declare/library.ts';
import type { Installation } from '../../harness/machines/installation.ts';
import { type Figure, figure, timeEach } from './sample.ts';

const CASES = 10_000;
const BLOCKS = 500;

/** What the guard adds to a call, measured inside the agent. */
export function guardOverhead(agent: Agent, installation: Installation): Figure {
  const own = library(installation.agentProgram, {
    agent_time_guard:
      'void agent_time_guard(int count, _Out_writes_(count) double *overheads, _Out_writes_(count) double *guarded)',
  });
  const overheads = new Float64Array(BLOCKS);
  agent.load(own).agent_time_guard(BLOCKS, overheads, new Float64Array(BLOCKS));
  return figure('guard-overhead', [...overheads]);
}

/** Per access violation of a batch in which every case is one, with its transport and its record read. */
export function faultRecovery(agent: Agent, installation: Installation): Figure {
  const { read } = agent.load(
    library(join(installation.referenceDlls, 'misbehave.dll'), { read: 'int crash_read(uint64_t address)' }),
  );
  const cases = Array.from({ length: CASES }, (_, address): [number] => [address]);
  const { generation } = agent;
  const round = (): void => {
    const batch = read.batch(cases);
    for (let i = 0; i < CASES; i += 97) {
      const outcome = batch.outcome(i);
      if (outcome.kind !== 'faulted' || outcome.fault.access?.address !== BigInt(i))
        throw new Error('a fault is missing');
    }
  };
  timeEach(3, round);
  const samples = timeEach(20, round).map((ns) => ns / CASES);
  if (agent.generation !== generation) throw new Error('a fault has cost the agent');
  return figure('fault-recovery', samples);
}
