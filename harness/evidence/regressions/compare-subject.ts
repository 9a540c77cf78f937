import { replayCommand } from '../suites/replay-command.ts';
import type { Change, ChangedCase } from './comparison.ts';
import type { OtherState, SubjectStates } from './result-set.ts';

/** Told of each case that changed, with its cause. */
export type OnChange = (change: Change, cause: string, changed: () => ChangedCase) => void;

/** What a case that has no state of its own is called. */
const RIGHT = 'right';
/** Of a process that died after the calls: it is no case, and can come and go as one does. */
const LATE_FAULT = 'late fault';

/** One subject of A and of B, one of which may not have run; `onChange` is told what became of its cases. */
export function compareSubject(
  a: SubjectStates | undefined,
  b: SubjectStates | undefined,
  runtimes: { readonly a: string; readonly b: string },
  onChange: OnChange,
): void {
  const { subject = '' } = b ?? a ?? {};
  const replayOf = (id: string, before?: OtherState, after?: OtherState): string =>
    after?.replay ??
    // What was told in A is to be tried where it has changed.
    before?.replay?.replace(`--runtime ${runtimes.a}`, b === undefined ? '$&' : `--runtime ${runtimes.b}`) ??
    replayCommand(subject, id, b === undefined ? runtimes.a : runtimes.b);
  const tell = (change: Change, cause: string, id: string, before: Seen, after: Seen): void => {
    onChange(change, cause, () => ({
      subject,
      id,
      before: verdictOf(before),
      after: verdictOf(after),
      summary: summaryOf(after) || summaryOf(before),
      replay: replayOf(id, stateOf(before), stateOf(after)),
    }));
  };

  const rightInB = b?.right.toSet() ?? new Set<string>();
  const inB = (id: string): Seen => b?.others.get(id) ?? (rightInB.has(id) ? RIGHT : undefined);
  /** Of the cases of B, those that A has judged. */
  const judgedInA = new Set<string>();
  const compare = (id: string, before: Seen): void => {
    const after = inB(id);
    if (isJudged(after)) {
      // What is left in the one set, and is not in the other, is new.
      if (after === RIGHT) rightInB.delete(id);
      else judgedInA.add(id);
    }
    const change = changeOf(before, after);
    if (change !== undefined) tell(change, causeIn(before, after, b), id, before, after);
  };

  for (const [id, state] of a?.others ?? []) if (state.standing === 'wrong') compare(id, state);
  for (const id of a?.right.toSet() ?? []) if (a?.others.has(id) !== true) compare(id, RIGHT);
  for (const [id, state] of b?.others ?? []) {
    // A case that stands there twice is what it is at its worst.
    rightInB.delete(id);
    if (state.standing === 'wrong' && !judgedInA.has(id)) tell('new', state.cause, id, a?.others.get(id), state);
  }
  for (const id of rightInB) tell('new', 'as on Windows', id, a?.others.get(id), RIGHT);

  if (a === undefined || b === undefined || (a.lateFault === undefined) === (b.lateFault === undefined)) return;
  onChange(b.lateFault === undefined ? 'newly-passing' : 'newly-failing', LATE_FAULT, () => ({
    subject,
    id: LATE_FAULT,
    before: a.lateFault === undefined ? RIGHT : 'fault',
    after: b.lateFault === undefined ? RIGHT : 'fault',
    summary: b.lateFault ?? a.lateFault ?? '',
    replay: `npx dllparity run ${subject}`,
  }));
}

/** What is known of a case on one side; undefined where it is not there. */
type Seen = OtherState | typeof RIGHT | undefined;

/** Undefined where nothing changed. */
function changeOf(before: Seen, after: Seen): Change | undefined {
  if (!isJudged(after)) return 'removed';
  if (before === RIGHT) return after === RIGHT ? undefined : 'newly-failing';
  if (after === RIGHT) return 'newly-passing';
  return stateOf(before)?.digest === stateOf(after)?.digest ? undefined : 'changed';
}

function causeIn(before: Seen, after: Seen, b: SubjectStates | undefined): string {
  const state = stateOf(after);
  if (state !== undefined) return state.standing === 'wrong' ? state.cause : state.verdict;
  if (after === RIGHT) return stateOf(before)?.cause ?? '';
  return b === undefined ? 'did not run' : (b.problem ?? 'no such case any more');
}

function isJudged(seen: Seen): boolean {
  return seen === RIGHT || stateOf(seen)?.standing === 'wrong';
}

function stateOf(seen: Seen): OtherState | undefined {
  return seen === RIGHT ? undefined : seen;
}

function verdictOf(seen: Seen): string | null {
  return seen === RIGHT ? RIGHT : (seen?.verdict ?? null);
}

function summaryOf(seen: Seen): string {
  return stateOf(seen)?.summary ?? '';
}
