// What it costs that a DLL ends or hangs its process, and what a prefix costs.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, type AgentOptions } from '../../harness/calls/agent/agent.ts';
import { library } from '../../harness/types/declare/library.ts';
import { openMachine } from '../../harness/machines/open-machine.ts';
import { type Figure, figure } from './sample.ts';

const LIMIT_MS = 300;
/** By now a spare has booted. */
const SPARE_MS = 1500;

const now = (): number => Number(process.hrtime.bigint());

function dllOf({ installation }: AgentOptions) {
  return library(join(installation.referenceDlls, 'misbehave.dll'), {
    maybe: 'int maybe(int value, int how)',
    end: 'void end_process(unsigned code)',
    countUp: 'int count_up(void)',
  });
}

/** From the start of a call that spins to the result of the next one, beyond the time limit. */
export async function hang(options: AgentOptions, times: number): Promise<Figure> {
  const agent = new Agent({ ...options, config: { ...options.config, callTimeoutMs: LIMIT_MS, spare: 'eager' } });
  const { maybe, countUp } = agent.load(dllOf(options));
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    await sleep(SPARE_MS);
    const start = now();
    if (maybe.outcome(1, 4).kind !== 'timed-out') throw new Error('the call did not hang');
    if (countUp() !== 1) throw new Error('the next call was not made in a new process');
    samples.push(now() - start - LIMIT_MS * 1e6);
  }
  await agent.close();
  return figure('hang', samples);
}

/** From the outcome of a call that has ended the process to the result of the next one. */
export async function spareTakeover(options: AgentOptions, times: number): Promise<Figure> {
  const agent = new Agent({ ...options, config: { ...options.config, spare: 'eager' } });
  const { end, countUp } = agent.load(dllOf(options));
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    await sleep(SPARE_MS);
    if (end.outcome(3).kind !== 'exited') throw new Error('the process did not end');
    const start = now();
    if (countUp() !== 1) throw new Error('the next call was not made in a new process');
    samples.push(now() - start);
  }
  await agent.close();
  return figure('spare-takeover', samples);
}

/** From nothing to a prefix that can be written to, in a sandbox. Wine has not started in it yet. */
export async function prefixClone({ config, installation }: AgentOptions, times: number): Promise<Figure> {
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const start = now();
    const home = openMachine(config, installation);
    samples.push(now() - start);
    await home.close();
  }
  return figure('prefix-clone', samples);
}
