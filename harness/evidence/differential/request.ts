import type { Search } from './finding.ts';
import type { Side } from './side.ts';

/** What a differential run is asked to do. It travels as JSON to the workers. */
export interface DifferentialRequest {
  /** Only say which suites there are. */
  readonly isListing: boolean;
  /** File that events are appended to. */
  readonly events: string;
  /** For compiled programs; agents see it. */
  readonly folder: string;
  readonly between: readonly [a: Side, b: Side];
  readonly search: Search;
  readonly timeMs: number;
  readonly seed: number;
  /** Folder of the corpora. Undefined: `corpus` beside each suite file. */
  readonly corpus?: string | undefined;
  /** Names of the suites that take part; all when undefined. */
  readonly suites?: readonly string[] | undefined;
  /** The only thing to do: run one case on every runtime. */
  readonly report?: ReportRequest | undefined;
}

/** A case that a report is written about. */
export interface ReportRequest {
  readonly suite: string;
  readonly id: string;
  /** Ids of the runtimes. */
  readonly runtimes: readonly string[];
}
