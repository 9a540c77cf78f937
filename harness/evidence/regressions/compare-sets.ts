import { compareSubject } from './compare-subject.ts';
import { type Change, type ChangedCase, CHANGES, type ChangeGroup, type Comparison, type DllCounts, noChanges, type Remark, type RuntimePair } from './comparison.ts'; // prettier-ignore
import type { ResultSet, SubjectStates } from './result-set.ts';

interface GrowingGroup {
  readonly change: Change;
  readonly dll: string;
  readonly runtime: string;
  readonly cause: string;
  cases: number;
  readonly subjects: Map<string, number>;
  readonly shown: ChangedCase[];
}

interface GrowingCounts {
  readonly dll: string;
  readonly runtime: string;
  readonly before: { judged: number; right: number };
  readonly after: { judged: number; right: number };
  readonly changes: Record<Change, number>;
  newWrong: number;
}

/**
 * What changed from A to B.
 *
 * @param pairs the runtimes to compare with one another
 * @param limit how many cases of each group are kept to be shown
 */
export function compareSets(a: ResultSet, b: ResultSet, pairs: readonly RuntimePair[], limit: number): Comparison {
  const groups = new Map<string, GrowingGroup>();
  const dlls = new Map<string, GrowingCounts>();
  const remarks: Remark[] = [];
  for (const pair of pairs) {
    const inA = pair.a === undefined ? new Map<string, SubjectStates>() : a.subjects(pair.a);
    const inB = pair.b === undefined ? new Map<string, SubjectStates>() : b.subjects(pair.b);
    const runtimes = { a: pair.a ?? pair.b ?? '', b: pair.b ?? pair.a ?? '' };
    const runtime = runtimes.b;
    for (const subject of new Set([...inA.keys(), ...inB.keys()])) {
      const before = inA.get(subject);
      const after = inB.get(subject);
      const dll = (after ?? before)?.group ?? '';
      const counts = countsOf(dlls, dll, runtime);
      count(counts.before, before);
      count(counts.after, after);
      remarks.push(...remarksOn(before, after, runtime));
      compareSubject(before, after, runtimes, (change, cause, changed) => {
        counts.changes[change]++;
        const group = groupOf(groups, change, dll, runtime, cause);
        group.cases++;
        group.subjects.set(subject, (group.subjects.get(subject) ?? 0) + 1);
        if (change === 'new' && cause !== 'as on Windows') counts.newWrong++;
        if (group.shown.length < limit) group.shown.push(changed());
      });
    }
  }
  return {
    pairs,
    dlls: [...dlls.values()].sort((one, other) => weight(other) - weight(one)) satisfies readonly DllCounts[],
    groups: [...groups.values()].map(finished).sort(byUrgency),
    remarks,
  };
}

function countsOf(dlls: Map<string, GrowingCounts>, dll: string, runtime: string): GrowingCounts {
  const key = `${runtime}\n${dll}`;
  let counts = dlls.get(key);
  if (counts === undefined) {
    counts = {
      dll,
      runtime,
      before: { judged: 0, right: 0 },
      after: { judged: 0, right: 0 },
      changes: noChanges(),
      newWrong: 0,
    };
    dlls.set(key, counts);
  }
  return counts;
}

function groupOf(
  groups: Map<string, GrowingGroup>,
  change: Change,
  dll: string,
  runtime: string,
  cause: string,
): GrowingGroup {
  const key = `${change}\n${runtime}\n${dll}\n${cause}`;
  let group = groups.get(key);
  if (group === undefined)
    groups.set(key, (group = { change, dll, runtime, cause, cases: 0, subjects: new Map(), shown: [] }));
  return group;
}

function count(sum: { judged: number; right: number }, states: SubjectStates | undefined): void {
  if (states === undefined) return;
  sum.right += states.right.size;
  sum.judged += states.right.size;
  for (const { standing } of states.others.values()) if (standing === 'wrong') sum.judged++;
}

function remarksOn(a: SubjectStates | undefined, b: SubjectStates | undefined, runtime: string): Remark[] {
  const { subject = '' } = b ?? a ?? {};
  const texts: string[] = [];
  if (a?.problem !== undefined) texts.push(`could not be compared with its baseline in A: ${a.problem}`);
  if (b?.problem !== undefined) texts.push(`could not be compared with its baseline in B: ${b.problem}`);
  if (a?.baseline !== undefined && b?.baseline !== undefined && isOther(a.baseline, b.baseline))
    texts.push('has another baseline in B than in A: what changed may be the baseline');
  return texts.map((text) => ({ subject, runtime, text }));
}

/** Each architecture has its own baseline. */
function isOther(a: string, b: string): boolean {
  return a !== b && a.split(' ')[0] === b.split(' ')[0];
}

function finished({ subjects, ...group }: GrowingGroup): ChangeGroup {
  const counted = [...subjects].map(([subject, cases]) => ({ subject, cases }));
  return { ...group, subjects: counted.sort((one, other) => other.cases - one.cases) };
}

function byUrgency(one: ChangeGroup, other: ChangeGroup): number {
  return CHANGES.indexOf(one.change) - CHANGES.indexOf(other.change) || other.cases - one.cases;
}

/** What changed most comes first; what got worse counts before all. */
function weight({ changes }: GrowingCounts): number {
  const sum = CHANGES.reduce((all, change) => all + changes[change], 0);
  return (changes['newly-failing'] + changes.removed) * 1e9 + sum;
}
