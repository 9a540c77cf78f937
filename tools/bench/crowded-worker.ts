// A thread of crowded.ts: boots an agent of its own, waits for the others, and calls.
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Agent } from '../../harness/calls/agent/agent.ts';
import { loadConfig } from '../../harness/config/load-config.ts';
import { library } from '../../harness/types/declare/library.ts';
import { readInstallation } from '../../harness/machines/installation.ts';
import { timeEach } from './sample.ts';

const { gate, workers, calls } = workerData as { gate: Int32Array; workers: number; calls: number };

const { config } = await loadConfig();
const installation = readInstallation(config.runtime);
const agent = new Agent({ config, installation });
const { add } = agent.load(library(join(installation.referenceDlls, 'basics.dll'), { add: 'int add(int a, int b)' }));
timeEach(calls / 10, () => add(1, 2));
Atomics.add(gate, 0, 1);
Atomics.notify(gate, 0);
for (let ready = Atomics.load(gate, 0); ready < workers; ready = Atomics.load(gate, 0)) Atomics.wait(gate, 0, ready);
const samples = Float64Array.from(timeEach(calls, () => add(1, 2)));
await agent.close();
parentPort?.postMessage(samples);
