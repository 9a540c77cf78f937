import { tableLines } from '../../harness/base/text-table.ts';
import type { Figure } from './sample.ts';

/** Figures as a table for people, with each one's ratio to the synchronous call. */
export function table(figures: readonly Figure[]): string {
  const base = figures.find(({ name }) => name === 'sync-add')?.p50 ?? NaN;
  const rows = figures.map(({ name, p50, p99, mean, n }) => [
    name,
    time(p50),
    time(p99),
    time(mean),
    n.toString(),
    `${(p50 / base).toPrecision(3)} x`,
  ]);
  const head = ['', 'p50', 'p99', 'mean', 'samples', 'to sync-add'];
  const styles = head.map((_, column) => (column === 0 ? undefined : ({ align: 'right' } as const)));
  return tableLines([head, ...rows], styles).join('\n');
}

function time(ns: number): string {
  if (ns < 1000) return `${ns.toFixed(1)} ns`;
  return ns < 1e6 ? `${(ns / 1000).toFixed(2)} us` : `${(ns / 1e6).toFixed(1)} ms`;
}
