import type { YamlPart } from '../../base/yaml-source.ts';
import { type RuntimeSelector, type SelectableRuntime, selects } from '../../base/runtime-selector.ts';

/** How many cases of a suite a declared cause covers. */
export interface SuiteCount {
  readonly suite: string;
  /** One for all runtimes, or some for some each. */
  readonly numbers: readonly {
    /** Undefined for all that the declaration holds for. */
    readonly runtimes: RuntimeSelector | undefined;
    readonly cases: number;
    /** Where it is written. */
    readonly part: YamlPart;
  }[];
}

/** One of the numbers of a declaration. */
export interface DeclaredNumber {
  readonly suite: string;
  /** Its place among those of the suite. */
  readonly at: number;
  readonly cases: number;
}

/** The number that is declared; undefined where there is none for this suite and runtime. */
export function declaredNumber(
  counts: readonly SuiteCount[],
  suite: string,
  runtime: SelectableRuntime,
): DeclaredNumber | undefined {
  const numbers = counts.find((each) => each.suite === suite)?.numbers ?? [];
  const at = numbers.findIndex(({ runtimes }) => runtimes === undefined || selects(runtimes, runtime));
  const found = numbers[at];
  return found && { suite, at, cases: found.cases };
}
