/** What a benchmark measured: one row of out/bench.json. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ns';
  readonly p50: number;
  readonly p99: number;
  readonly mean: number;
  /** Number of samples. */
  readonly n: number;
}

/** Sums up samples in nanoseconds. */
export function figure(name: string, samples: readonly number[]): Figure {
  const sorted = Float64Array.from(samples).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return { name, unit: 'ns', p50: round(at(0.5)), p99: round(at(0.99)), mean: round(mean), n: sorted.length };
}

function round(value: number): number {
  return value < 1000 ? Math.round(value * 10) / 10 : Math.round(value);
}

/** Nanoseconds of each of `count` runs, the clock's own cost included. */
export function timeEach(count: number, run: () => void): number[] {
  const samples = new Array<number>(count);
  for (let i = 0; i < count; i++) {
    const start = process.hrtime.bigint();
    run();
    samples[i] = Number(process.hrtime.bigint() - start);
  }
  return samples;
}
