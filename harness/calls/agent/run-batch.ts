// HOT: many cases in one message. Benchmark: batch-pow.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS, TO_HOST } from '../../../protocol/wire/messages.ts';
import { decodeResult } from '../marshal/decode-result.ts';
import { exchange, GONE_IN_CALLBACK } from '../marshal/exchange.ts';
import { type CallPlan, strideOf, writeShape } from '../marshal/plan.ts';
import { readFault } from '../marshal/read-fault.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import { DllparityError } from '../../base/errors.ts';
import type { AfterCall } from '../memsync/transfer.ts';
import { copyAllOut } from '../memsync/copy-out.ts';
import { capturedBytes, faultOf, framesRun, hasReturned, WireDamage } from '../session/wire-damage.ts';
import { GONE } from '../session/wire.ts';
import { Batch } from './batch.ts';
import { type Caller, callsBefore } from './caller.ts';
import { type CaseSource, oneCase } from './case-source.ts';
import type { Journalled, JournalledCases } from './journal.ts';
import { keepArguments } from './keep-arguments.ts';
import type { Death } from './death.ts';
import { damagedOutcome, lostOutcome } from './lost-outcome.ts';
import { missingByFault, notCallable } from './missing.ts';
import { releaseResult } from './release-result.ts';

/** Cases in one message: enough to make transport cost nothing, few enough for progress to be seen. */
const CASES_PER_MESSAGE = 10_000;

/** Runs all cases. A case that ends or hangs the agent gets its outcome, and the rest goes on in another agent. */
export function runBatch<R>(
  caller: Caller,
  journalled: Journalled,
  declared: DeclaredFunction,
  plan: CallPlan,
  source: CaseSource,
  final = -1,
): Batch<R> {
  const batch = new Batch<R>(caller, declared, plan, source);
  let next = 0;
  let most = CASES_PER_MESSAGE;
  while (next < source.length) {
    const chunk = runChunk(caller, journalled, declared, plan, source, { start: next, final, most }, batch);
    next = chunk.next;
    // Nothing of that message can be believed: fewer cases at a time, each message in a fresh process, show the one that did it.
    most = chunk.damagedCases > 1 ? chunk.damagedCases >> 1 : chunk.damagedCases === 1 ? CASES_PER_MESSAGE : most;
    if (!chunk.death) continue;
    // The process died, and it is open whether the next case is to blame: whatever comes of it now is its outcome.
    final = next;
    caller.session.end();
    if (chunk.death.inCall && diesAgain(caller, journalled, declared, plan, source, batch, next)) next++;
    else caller.lateFaults.report(chunk.death);
  }
  return batch;
}

/** Makes a case by itself in a fresh process, and keeps its outcome only when it ends that process too. */
function diesAgain(
  caller: Caller,
  journalled: Journalled,
  declared: DeclaredFunction,
  plan: CallPlan,
  source: CaseSource,
  batch: Batch,
  index: number,
): boolean {
  const restore = keepArguments(source.argumentsOf(index));
  const outcome = runBatch(caller, journalled, declared, plan, oneCase(source, index), 0).outcome(0);
  if (outcome.kind === 'exited') batch.setExceptional(index, outcome);
  else restore();
  return outcome.kind === 'exited';
}

/** How far a message has come. */
interface Progress {
  /** Index of the first case that is still to be run. */
  readonly next: number;
  /** The process died, and not certainly of the case at `next`. */
  readonly death?: Death | undefined;
  /** How many cases were in a message behind which the shared memory was damaged. One has had its outcome; of several none has. */
  readonly damagedCases: number;
}

/** Which cases a message is for. */
interface Part {
  readonly start: number;
  /** Index of the case that gets whatever comes of it. */
  readonly final: number;
  /** Cases at most. */
  readonly most: number;
}

/** Runs as many cases from `start` as fit in one message, and are wanted. */
function runChunk(
  caller: Caller,
  journalled: Journalled,
  declared: DeclaredFunction,
  plan: CallPlan,
  source: CaseSource,
  { start, final, most }: Part,
  batch: Batch,
): Progress {
  const { session } = caller;
  if (!session.isReady) caller.ensureAlive();
  const missing = caller.missing.get(plan);
  const common = { function: `${declared.dll}!${declared.name}`, runtime: caller.runtime, durationMs: null };
  if (missing) {
    for (let i = start; i < source.length; i++) {
      batch.setExceptional(i, notCallable(caller, declared, source.argumentsOf(i), missing));
    }
    return { next: source.length, damagedCases: 0 };
  }
  const mark = session.top;
  const after: AfterCall = { copyBack: [], callbacks: 0 };
  let count = 0;
  let before = 0;
  try {
    const wanted = Math.min(source.length - start, most);
    let { slotBytes } = plan.placement;
    if (plan.type.variadic) {
      for (let i = 0; i < wanted; i++) slotBytes = Math.max(slotBytes, source.slotBytesOf(start + i));
    }
    const stride = strideOf(slotBytes, plan.captureBytes);
    // Half of the heap for frames at most; the memory behind arguments takes what it needs of the rest.
    const room = Math.max(1, Math.min(wanted, Math.floor(session.free / 2 / stride)));
    writeShape(session, plan, slotBytes);
    const frames = session.reserve(room * stride);
    count = encodeCases(caller, source, { start, count: room, frames, slotBytes, stride }, after);
    before = callsBefore(caller, caller.calls + 1);
    caller.calls += count;
    const noted: JournalledCases = { start, count, argumentsOf: (index) => source.argumentsOf(index) };
    caller.journal.note(journalled, noted);
    // Memory that travels back does so once. Without it the frames behind many faults need not be written again.
    const resends = after.copyBack.length === 0 && after.callbacks === 0;
    let ran = 0;
    let answer: number;
    let goesOn: boolean;
    do {
      const rest = { start: start + ran, count: count - ran, slotBytes, stride, frames: frames + ran * stride };
      answer = exchange(session, caller.callbacks, plan.index, rest.frames, rest.count, caller.timeoutMs);
      if (answer === GONE_IN_CALLBACK) throw goneInCallback(common.function);
      caller.afterCall?.();
      const more = answer === TO_HOST.RETURNED ? framesRun(session, rest.count) : finishedFrames(session, rest);
      const isSound = readFaults(caller, declared, batch, source, { ...rest, count: more }, before + ran);
      goesOn = isSound && answer === TO_HOST.RETURNED && resends && !caller.missing.has(plan);
      ran += more;
    } while (goesOn && ran < count);
    const answered = answer === TO_HOST.RETURNED;
    const done = { start, count: ran, slotBytes, stride, frames };
    const view = copyFrames(session, plan, batch, done);
    copyAllOut(after);
    collect(caller, plan, batch, source, done, view, answered);
    if (answered) hint(caller, declared, batch, done);
    noted.count = ran;
    const lost = start + ran;
    if (answer === GONE && lost !== final) {
      const status = ran < count ? session.words[(frames + ran * stride + FRAME.STATUS) >> 2] : undefined;
      const death = caller.lateFaults.deathBehind(status ?? FRAME_STATUS.NOT_RUN, 0);
      if (death) return { next: lost, death, damagedCases: 0 };
    }
    const args = answered ? [] : source.argumentsOf(lost);
    const end = answered
      ? undefined
      : lostOutcome(caller, answer, { ...common, arguments: args, callsBefore: before + ran });
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    // Dead after its last call and before its answer: there is no case to blame.
    if (!end || ran === count) return { next: lost, damagedCases: 0 };
    batch.setExceptional(lost, end);
    return { next: lost + 1, damagedCases: 0 };
  } catch (error) {
    const args = count === 1 ? source.argumentsOf(start) : [];
    const lost = damagedOutcome(caller, error, { ...common, arguments: args, callsBefore: before });
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    if (count === 1) batch.setExceptional(start, lost);
    return { next: count === 1 ? start + 1 : start, damagedCases: count };
  } finally {
    caller.callbacks.release(after.callbacks);
    session.top = mark;
  }
}

/** Frames of consecutive cases in the heap. */
interface Frames {
  /** Index of the first case. */
  readonly start: number;
  readonly count: number;
  /** Offset of the first frame. */
  readonly frames: number;
  readonly slotBytes: number;
  readonly stride: number;
}

/** Encodes the cases, and says how many: fewer when the memory behind their arguments does not fit. */
function encodeCases(
  { session, callbacks }: Caller,
  source: CaseSource,
  { start, count, frames, slotBytes, stride }: Frames,
  after: AfterCall,
): number {
  const { doubles } = session;
  for (let i = 0; i < count; i++) {
    const frame = frames + i * stride;
    // Status and errno lie side by side: one store makes them NOT_RUN and 0.
    doubles[(frame + FRAME.STATUS) >> 3] = 0;
    if (!source.usesMemory) {
      source.encode(start + i, frame, after);
      continue;
    }
    const mark = session.top;
    const copies = after.copyBack.length;
    const stubs = after.callbacks;
    try {
      // Cases of a variadic function may leave slots to which nothing is written.
      session.bytes.fill(0, frame + FRAME.SLOTS, frame + FRAME.SLOTS + slotBytes);
      source.encode(start + i, frame, after);
    } catch (error) {
      if (i === 0 || (error as { code?: unknown }).code !== 'CALL_OUT_OF_MEMORY') throw error;
      session.top = mark;
      after.copyBack.length = copies;
      callbacks.release(after.callbacks - stubs);
      after.callbacks = stubs;
      return i;
    }
  }
  return count;
}

/** Reads the records of these frames' faults before others take their place. False when one of them makes the agent doubtful. */
function readFaults(
  caller: Caller,
  declared: DeclaredFunction,
  batch: Batch,
  source: CaseSource,
  { start, count, stride, frames }: Frames,
  before: number,
): boolean {
  const { session } = caller;
  const { words } = session;
  let isSound = true;
  for (let i = 0; i < count; i++) {
    const frame = frames + i * stride;
    if (words[(frame + FRAME.STATUS) >> 2] !== FRAME_STATUS.FAULTED) continue;
    const fault = readFault(session, faultOf(session, frame));
    if (fault.tainted.length > 0) isSound = false;
    const missing = missingByFault(caller, declared, batch.plan, fault);
    if (!missing) batch.setExceptional(start + i, { fault, callsBefore: before + i });
    else batch.setExceptional(start + i, notCallable(caller, declared, source.argumentsOf(start + i), missing));
  }
  // The next message goes to another process, unless this one is made by a callback.
  if (!isSound) session.taint();
  return isSound;
}

/** A copy of frames that were run. Each says that it was, how much text it holds, and if it has faulted, its fault is known. */
function copyFrames(
  session: Caller['session'],
  plan: CallPlan,
  batch: Batch,
  { start, count, frames, stride }: Frames,
): DataView {
  const bytes = session.bytes.slice(frames, frames + count * stride);
  const view = new DataView(bytes.buffer);
  const words = new Int32Array(bytes.buffer);
  for (let i = 0, frame = 0; i < count; i++, frame += stride) {
    if (!hasReturned({ words }, frame)) {
      if (!batch.hasExceptional(start + i)) throw new WireDamage('FRAME.STATUS', FRAME_STATUS.FAULTED);
    } else if (plan.captureBytes > 0) capturedBytes(view, frame, plan.captureBytes);
  }
  return view;
}

/** How many frames were done when the agent was lost: each says so itself. */
function finishedFrames({ words }: Caller['session'], { count, frames, stride }: Frames): number {
  for (let i = 0; i < count; i++) {
    const status = words[(frames + i * stride + FRAME.STATUS) >> 2];
    if (status !== FRAME_STATUS.RETURNED && status !== FRAME_STATUS.FAULTED) return i;
  }
  return count;
}

/** Looks for calls that failed for what the agent has not. */
function hint(
  { hints, session }: Caller,
  declared: DeclaredFunction,
  batch: Batch,
  { start, count, stride, frames }: Frames,
): void {
  const watch = hints.watch(declared);
  for (let i = 0; watch && i < count; i++) {
    const frame = frames + i * stride;
    if (batch.hasExceptional(start + i)) continue;
    watch(session.words[(frame + FRAME.INTEGER) >> 2] ?? 0, session.unsigned[(frame + FRAME.LAST_ERROR) >> 2] ?? 0);
  }
}

/** The error when a callback's own call has cost the agent that was running a batch. */
export function goneInCallback(name: string): DllparityError {
  return new DllparityError('AGENT_GONE', {
    what: `a callback of a batch of ${name} made a call that cost the agent, and with it the outcomes of the batch`,
    hint: 'Make such calls outside the batch, or one call at a time.',
  });
}

/** Keeps the copy of frames, and reads what lies outside them, except records of faults. */
function collect(
  caller: Caller,
  plan: CallPlan,
  batch: Batch,
  source: CaseSource,
  { start, count, slotBytes, stride, frames }: Frames,
  view: DataView,
  answered: boolean,
): void {
  const { session } = caller;
  // What a result leads to is read, and given back, as long as the agent that has it is there.
  const isFollowed = answered && (plan.type.resultExtent !== null || plan.frees.result !== undefined);
  batch.addChunk({ start, count, slotBytes, stride, view, base: session.base });
  for (let i = 0; i < count; i++) {
    const frame = i * stride;
    if (view.getInt32(frame + FRAME.STATUS, true) === FRAME_STATUS.FAULTED) continue;
    if (plan.placement.hidden || isFollowed) {
      const args = plan.type.resultExtent ? source.argumentsOf(start + i) : [];
      batch.setExceptional(start + i, { result: decodeResult(session, plan, frames + frame, slotBytes, args) });
      if (isFollowed) releaseResult(session, plan, frames + frame);
    }
  }
}
