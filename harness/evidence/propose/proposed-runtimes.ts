import type { RuntimeRecord } from '../../../protocol/records/result-record.ts';
import { versionOf } from '../../base/runtime-selector.ts';
import type { NewDivergence } from './new-divergence.ts';

/** For which runtimes an entry would hold, and how many cases it would cover there. */
export interface ProposedRuntimes {
  readonly wine: string;
  readonly architecture: 'x64' | 'ia32' | undefined;
  readonly numbers: number | Readonly<Record<string, number>>;
}

/** @param ran the runtimes that ran the suite; those without a case are left out where versions or architecture can say so */
export function runtimesOf(ran: readonly RuntimeRecord[], cases: readonly NewDivergence[]): ProposedRuntimes {
  const counted = ran.map((runtime) => ({
    range: rangeOf(runtime),
    architecture: runtime.architecture,
    cases: cases.filter((each) => each.runtime.id === runtime.id).length,
  }));
  const showing = counted.filter((each) => each.cases > 0);
  const [architecture, ...others] = new Set(showing.map((each) => each.architecture));
  const isOne = others.length === 0 && counted.some((each) => each.architecture !== architecture);
  const ranges = [...new Set(showing.map(({ range }) => range))];
  const held = counted.filter((each) => ranges.includes(each.range) && (!isOne || each.architecture === architecture));
  return { wine: ranges.join(' || '), architecture: isOne ? architecture : undefined, numbers: numbersOf(held) };
}

type Counted = { readonly range: string; readonly architecture: string; readonly cases: number };

function numbersOf(held: readonly Counted[]): ProposedRuntimes['numbers'] {
  const [only = 0, ...others] = new Set(held.map(({ cases }) => cases));
  if (others.length === 0) return only;
  for (const key of [
    ({ architecture }: Counted) => architecture,
    ({ range }: Counted) => range,
    ({ architecture, range }: Counted) => `${architecture} ${range}`,
  ]) {
    const numbers: Record<string, number> = {};
    if (held.every((each) => (numbers[key(each)] ??= each.cases) === each.cases)) return numbers;
  }
  throw new RangeError('two runtimes of one version and architecture');
}

/** All versions of Wine with this one's first number. */
function rangeOf({ version }: RuntimeRecord): string {
  const major = Number(versionOf(version)?.split('.')[0] ?? 0);
  return `>=${major.toString()}.0 <${(major + 1).toString()}.0`;
}
