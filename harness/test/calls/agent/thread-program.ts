// What a worker thread does in its test: its own agent, a thousand calls, callbacks, an asynchronous call.
import { parentPort, workerData } from 'node:worker_threads';
import { bootAgent } from '../../../calls/agent/boot-agent.ts';
import { basics } from '../../reference-dlls.ts';

/** What it says when the calls are done. */
export interface ThreadReport {
  readonly sum: number;
  readonly counted: number;
  readonly later: number;
  readonly generation: number;
  readonly pid: number | null;
  readonly prefix: string;
}

const { number, close } = workerData as { readonly number: number; readonly close: boolean };
const agent = await bootAgent();
const { add, callBack } = agent.load(basics);
let sum = 0;
for (let i = 0; i < 1000; i++) sum += add(i, number);
let counted = 0;
callBack((value) => ++counted + value, 5);
const later = await add.async(number, 1);
const { generation, pid, prefix } = agent;
const report: ThreadReport = { sum, counted, later, generation, pid, prefix };
parentPort?.postMessage(report);
if (close) await agent.close();
// Nobody closes the agent: the thread goes on until it is ended.
else setInterval(() => undefined, 1000);
