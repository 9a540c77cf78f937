// Many calls of numbers, from typed arrays to typed arrays.
import { join } from 'node:path';
import type { Agent } from '../../harness/calls/agent/agent.ts';
import { library } from '../../harness/types/declare/library.ts';
import type { Installation } from '../../harness/machines/installation.ts';
import { type Figure, figure, timeEach } from './sample.ts';

const ROWS = 1_000_000;

/** Per case: 1,000,000 times `double add(double, double)`, with all that goes there and comes back. */
export function nativeBatchAdd(agent: Agent, { referenceDlls }: Installation): Figure {
  const { add } = agent.load(
    library(join(referenceDlls, 'basics.dll'), { add: 'double add_double(double a, double b)' }),
  );
  const a = Float64Array.from({ length: ROWS }, (_, i) => i / 3);
  const b = Float64Array.from({ length: ROWS }, (_, i) => 1 - i);
  const round = (): void => {
    const { results, faults, statuses } = add.columns(a, b);
    const last = ROWS - 1;
    const isRight = results[last] === (a[last] ?? 0) + (b[last] ?? 0) && statuses[last] === statuses[0];
    if (!isRight || faults > 0) throw new Error('the sums are wrong');
  };
  timeEach(10, round);
  return figure(
    'native-batch-add',
    timeEach(60, round).map((ns) => ns / ROWS),
  );
}
