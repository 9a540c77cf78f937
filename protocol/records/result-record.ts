// One line of results.jsonl. Reports, and whoever reads results later, import this file and nothing else.
//
// Order of lines in a file: one `run`, then any number of `suite`, `case` and `test` lines (every `case` follows the
// `suite` line it names, every `scenario` its `scenarios` line), then one `end`. A file without an `end` line was interrupted and says nothing about what is missing.

import type { ScenarioRecord, ScenariosRecord } from './scenario-record.ts';

export {
  PASSING_SCENARIOS,
  SCENARIO_VERDICTS,
  type ScenarioEvidence,
  type ScenarioRecord,
  type ScenariosRecord,
  type ScenarioVerdict,
} from './scenario-record.ts';

/** Raised by one whenever a reader of the previous shape would misread a line. */
export const RESULT_SCHEMA = 1;

/**
 * The comparison of one outcome with its baseline.
 *
 * `known-divergence` is a divergence somebody declared, with a reason; `unexpected-match` is such a declaration that no
 * longer holds. `tolerated` differs, within the comparator's tolerance. `baseline-stale` means the baseline was recorded
 * from another declaration of the function, so that nothing can be said.
 */
export type Verdict =
  | 'match'
  | 'tolerated'
  | 'known-divergence'
  | 'divergence'
  | 'unexpected-match'
  | 'fault'
  | 'timeout'
  | 'unsupported'
  | 'baseline-missing'
  | 'baseline-stale'
  | 'harness-error';

/** All verdicts, in the order in which reports list them. */
export const VERDICTS: readonly Verdict[] = [
  'match',
  'tolerated',
  'known-divergence',
  'divergence',
  'unexpected-match',
  'fault',
  'timeout',
  'unsupported',
  'baseline-missing',
  'baseline-stale',
  'harness-error',
];

/** The verdicts that let a run pass. Every other one fails it, those of LENIENT_VERDICTS only when it is strict. */
export const PASSING_VERDICTS: readonly Verdict[] = ['match', 'tolerated', 'known-divergence'];

/** Nothing could be compared: they fail a run that is strict, and are listed by one that is not. */
export const LENIENT_VERDICTS: readonly Verdict[] = ['unsupported', 'baseline-missing'];

/** Who vouches for a baseline. */
export type Oracle = 'windows' | 'microsoft-dll' | 'documented';

/** Where the expected outcomes come from. Every field is read from the file or machine that gave the results, none is typed in. */
export interface Provenance {
  readonly oracle: Oracle;
  /** File name of the DLL whose code ran, for example `msvcr120.dll`. */
  readonly dll: string;
  /** `CompanyName` of the DLL's version resource. */
  readonly company: string;
  /** `FileVersion` of the DLL's fixed version information, four numbers, for example `12.0.21005.1`. */
  readonly fileVersion: string;
  /** SHA-256 of the DLL file, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly architecture: 'x64' | 'ia32';
  /** Where the file came from, for example `npm:edge@5.9.2`. */
  readonly source: string;
  /** What ran it: `wine-8.0-x64` with the DLL loaded natively, or a Windows build. */
  readonly host: string;
  /** CPU model and the instruction-set extensions the DLL may branch on, as the recording machine reported them. */
  readonly cpu: { readonly model: string; readonly features: readonly string[] };
  /** Version of dllparity that recorded. */
  readonly recorder: string;
  /** ISO 8601 date and time of the recording, UTC. */
  readonly recordedAt: string;
  /**
   * Functions of the system that the DLL called in these cases, for example `KERNEL32.dll!HeapAlloc`: outcomes do not depend
   * on their answers. Absent where nobody has looked.
   */
  readonly systemCalls?: readonly string[] | undefined;
  /** Cases that were left out: in them the DLL asked the system, and what was recorded would be Wine's answer. */
  readonly withheld?: { readonly cases: number; readonly asked: readonly string[] } | undefined;
}

/** What ran the code under test. */
export interface RuntimeRecord {
  /** For example `wine-8.0-x64`. */
  readonly id: string;
  readonly kind: 'wine' | 'windows';
  /** For example `8.0`. */
  readonly version: string;
  /** The runtime's own words, for example `wine-8.0 (Debian 8.0~repack-4)`. */
  readonly build: string;
  readonly architecture: 'x64' | 'ia32';
  /** Windows version the runtime reports to programs, for example `10.0.19043`. */
  readonly reportsWindows: string;
  /** The first digits of the SHA-256 of the agent's program. Files of earlier versions also name the Node and the koffi in it. */
  readonly agent: { readonly revision: string; readonly node?: string; readonly koffi?: string };
  /** What stood between the code and the machine. Files of earlier versions do not say. */
  readonly sandbox?: SandboxRecord;
}

/** Whether a sandbox was in force, and which limits. */
export interface SandboxRecord {
  readonly state: 'on' | 'off';
  /** Why there was none although one was wanted; null otherwise. */
  readonly reason: string | null;
  /** How the prefix was kept apart from its template. */
  readonly clone: 'overlay' | 'copy';
  /** Those that were enforced: bytes of memory, processes and threads, bytes of files. */
  readonly limits: { readonly memoryBytes?: number; readonly processes?: number; readonly diskBytes?: number };
}

/** First line: what ran, where and how. */
export interface RunRecord {
  readonly record: 'run';
  readonly schema: typeof RESULT_SCHEMA;
  readonly id: string;
  readonly startedAt: string;
  readonly dllparity: string;
  /** Whether what could not be compared fails the run. Absent in files of earlier versions, whose runs were strict. */
  readonly strict?: boolean;
  readonly host: {
    readonly os: string;
    readonly node: string;
    readonly cpu: { readonly model: string; readonly features: readonly string[] };
  };
}

/** A declared divergence, as its author wrote it. */
export interface KnownDivergenceRecord {
  readonly reason: string;
  /** Address of a bug report, or `none` when nobody has filed one. */
  readonly bug: string;
  /** Range of Wine versions in which it is expected, for example `>=8.0 <9.0`. */
  readonly wine: string;
  /** How many case ids the declaration names. */
  readonly cases: number;
  /** File and line of the declaration. */
  readonly file: string;
  readonly line: number;
}

/** One function (or one scripted behaviour) in one runtime, with all its cases counted. */
export interface SuiteRecord {
  readonly record: 'suite';
  /** Stable name: `<dll>/<function or behaviour>`, for example `msvcr120.dll/pow`. Unique with `runtime`. */
  readonly suite: string;
  readonly dll: string;
  /** Function or behaviour, for example `pow` or `rand sequence`. */
  readonly function: string;
  /** C prototype, or null for a scripted behaviour. */
  readonly prototype: string | null;
  readonly runtime: RuntimeRecord;
  /** Suite file, relative to the project, and the line where the suite is declared. */
  readonly file: string;
  readonly line: number;
  /** The comparator in words, for example `exact (-0 differs from 0)` or `ulp(1)`. */
  readonly comparator: string;
  readonly baseline: {
    readonly file: string;
    /** SHA-256 over the case lines. */
    readonly digest: string;
    readonly provenance: Provenance;
  } | null;
  readonly known: readonly KnownDivergenceRecord[];
  readonly cases: number;
  readonly totals: Readonly<Record<Verdict, number>>;
  readonly durationMs: number;
  /** Why no case could be compared (verdict `baseline-missing`, `baseline-stale`, `unsupported` or `harness-error`), with the next step; otherwise null. */
  readonly problem: { readonly verdict: Verdict; readonly message: string } | null;
  /** Deaths of the process while the suite ran that are no case's outcome; they fail the run. Absent when there were none. */
  readonly lateFaults?: readonly LateFaultRecord[];
}

/** A process that died after a call had returned. */
export interface LateFaultRecord {
  /** What happened, in one line. */
  readonly text: string;
  /** It came at most so many milliseconds after the last call had returned. */
  readonly withinMs: number;
  /** The calls that may be the cause, newest first. */
  readonly suspects: readonly {
    /** For example `codec.dll!start_worker(4)`. */
    readonly call: string;
    /** What came of making the call again by itself, in a fresh process. */
    readonly replayed: 'crashed again' | 'survived' | 'not replayed';
  }[];
}

/** A value as a person reads it, exact. */
export interface ShownValue {
  /** C type, for example `double`, `const char *`, `int[10]`. */
  readonly type: string;
  /** The value in words: `0.1`, `"1.5\0"`, `argument 0 + 3`, `null`. Never shortened. */
  readonly text: string;
  /** Bits, most significant first, in hexadecimal, for floating-point values and integers; absent otherwise. */
  readonly bits?: string;
}

/** One named part of inputs or of an outcome: an argument, `result`, `errno`, memory behind an argument, a trace of callbacks. */
export interface ShownField {
  readonly name: string;
  readonly value: ShownValue;
}

/** What came of a call, for reading. */
export interface ShownOutcome {
  readonly kind: 'returned' | 'faulted' | 'exited' | 'timed-out' | 'wire-damaged' | 'not-callable';
  /** `returned`, `faulted: STATUS_ACCESS_VIOLATION (0xC0000005) reading 0x0 in msvcr120.dll+0x1234`, and so on. */
  readonly text: string;
  readonly fields: readonly ShownField[];
}

/** How two outcomes differ. */
export interface ShownDifference {
  /** One line, for example `result differs by 1 ulp` or `buffer differs at character 17`. */
  readonly summary: string;
  /** Names of the fields that differ. */
  readonly fields: readonly string[];
  /** Distance in units in the last place, when a floating-point field differs and both values are finite. A decimal string: it may exceed 2^53. */
  readonly ulp?: string;
  /** Index of the first byte, character or element that differs, when a field is a sequence. */
  readonly offset?: number;
}

/** One case. A match carries no values: they are those of its baseline. */
export interface CaseRecord {
  readonly record: 'case';
  readonly suite: string;
  /** Id of the runtime. */
  readonly runtime: string;
  /** Stable id, from the inputs alone. */
  readonly id: string;
  readonly verdict: Verdict;
  /**
   * What came of the case after other calls of its process, when that was another outcome than in a fresh process. The
   * verdict is about the latter.
   */
  readonly carriedOver?: string;
  /** Present for every verdict but `match`, and where something was carried over. */
  readonly detail?: CaseDetail;
}

/** What a person needs in order to judge a case that did not simply match. */
export interface CaseDetail {
  readonly inputs: readonly ShownField[];
  /** Microsoft's outcome, or null when there is no baseline. */
  readonly expected: ShownOutcome | null;
  /** The outcome in the runtime under test, or null when it could not be called. */
  readonly actual: ShownOutcome | null;
  readonly difference: ShownDifference | null;
  /** True when a fault, an exit or a time limit came in a fresh process too. */
  readonly confirmed?: boolean;
  /** Line in the baseline file. */
  readonly baselineLine: number | null;
  /** The file of that line, where it is not the suite's: a case that is the same on another architecture stands there. */
  readonly baselineFile?: string;
  /** Index into the suite's `known`, when the verdict comes from a declaration. */
  readonly known?: number;
  /** A shell command that runs this case alone, in the same runtime. */
  readonly replay: string;
  /** Last lines of the agent's log, when they bear on the case. */
  readonly log?: readonly string[];
}

/** A plain vitest test of the same run. */
export interface TestRecord {
  readonly record: 'test';
  readonly name: string;
  /** The runtime whose project of the run it belongs to, where the run has several. */
  readonly runtime?: string;
  readonly file: string;
  readonly line: number | null;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  readonly errors: readonly string[];
}

/** Last line. */
export interface EndRecord {
  readonly record: 'end';
  readonly finishedAt: string;
  readonly durationMs: number;
  readonly cases: number;
  readonly totals: Readonly<Record<Verdict, number>>;
  readonly tests: { readonly passed: number; readonly failed: number; readonly skipped: number };
  /** True when nothing failed the run. */
  readonly ok: boolean;
}

export type ResultRecord =
  RunRecord | SuiteRecord | CaseRecord | ScenariosRecord | ScenarioRecord | TestRecord | EndRecord;
