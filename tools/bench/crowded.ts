import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Figure, figure } from './sample.ts';

const CALLS = 20_000;

/** A synchronous call while another thread of this process makes such calls too, to an agent of its own: four processes want two processors. */
export async function crowdedAdd(workers = 2): Promise<Figure> {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const program = new URL(`crowded-worker.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url);
  const each = await Promise.all(
    Array.from({ length: workers }, async () => {
      const [samples] = (await once(
        new Worker(program, { workerData: { gate, workers, calls: CALLS } }),
        'message',
      )) as [Float64Array];
      return [...samples];
    }),
  );
  return figure('sync-add-crowded', each.flat());
}
