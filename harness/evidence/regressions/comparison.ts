// What came of comparing two result sets: counts for each DLL, and groups of cases that changed in one way for one cause.

/** In the order in which they are told: what got worse first. */
export const CHANGES = ['newly-failing', 'removed', 'newly-passing', 'changed', 'new'] as const;

/**
 * What became of a case between A and B: it was right and is wrong; it was judged and is not any more; it was wrong and is right; it was
 * wrong and is wrong in another way; it was not judged and is now.
 */
export type Change = (typeof CHANGES)[number];

/** One case that changed. */
export interface ChangedCase {
  readonly subject: string;
  readonly id: string;
  /** Its verdicts, `right` for all that are as on Windows; null where it was not there. */
  readonly before: string | null;
  readonly after: string | null;
  /** How it differs, in one line, where it does; in B, or in A where it does not in B. */
  readonly summary: string;
  /** The command that runs it alone, in B where it is there. */
  readonly replay: string;
}

/** Cases of one DLL that changed alike, for one cause. */
export interface ChangeGroup {
  readonly change: Change;
  readonly dll: string;
  /** Id of the runtime in B. */
  readonly runtime: string;
  readonly cause: string;
  readonly cases: number;
  /** How many of them in each subject, the most first. */
  readonly subjects: readonly { readonly subject: string; readonly cases: number }[];
  /** The first ones. */
  readonly shown: readonly ChangedCase[];
}

/** The counts of one DLL. */
export interface DllCounts {
  readonly dll: string;
  readonly runtime: string;
  /** Cases that were judged in A, and how many of them were as on Windows. */
  readonly before: { readonly judged: number; readonly right: number };
  readonly after: { readonly judged: number; readonly right: number };
  readonly changes: Readonly<Record<Change, number>>;
  /** Of the new ones, those that are not as on Windows. */
  readonly newWrong: number;
}

/** A subject that was compared with another baseline, or could not be compared. */
export interface Remark {
  readonly subject: string;
  readonly runtime: string;
  readonly text: string;
}

export interface Comparison {
  /** Ids of runtimes that were compared with one another. */
  readonly pairs: readonly RuntimePair[];
  readonly dlls: readonly DllCounts[];
  readonly groups: readonly ChangeGroup[];
  readonly remarks: readonly Remark[];
}

/** What of A stands beside what of B; undefined where one of them has nothing for it. */
export interface RuntimePair {
  readonly a: string | undefined;
  readonly b: string | undefined;
}

export function noChanges(): Record<Change, number> {
  return { 'newly-failing': 0, removed: 0, 'newly-passing': 0, changed: 0, new: 0 };
}
