// HOT: many cases in one message. Benchmark: batch-pow.
import { FRAME, HEADER } from '../../protocol/layout.ts';
import { FRAME_FLAG, FRAME_STATUS, TO_HOST } from '../../protocol/messages.ts';
import { capturedText, decodeResult, resultOffset } from '../call/decode-result.ts';
import { encodeArguments, slotsFor } from '../call/encode-arguments.ts';
import { exchange } from '../call/exchange.ts';
import type { Fault, Outcome } from '../call/outcome.ts';
import { type CallPlan, strideOf, writeShape } from '../call/plan.ts';
import { readFault } from '../call/read-fault.ts';
import type { DeclaredFunction } from '../declare/library.ts';
import type { AfterCall } from '../memsync/encode-pointer.ts';
import { Pointer } from '../memsync/pointer.ts';
import { decodeValue } from '../memsync/decode.ts';
import type { Caller } from './caller.ts';
import { lostOutcome } from './lost-outcome.ts';

/** Cases in one message: enough to make transport cost nothing, few enough for progress to be seen. */
const CASES_PER_MESSAGE = 10_000;

/** Frames of consecutive cases, copied out of the shared memory. */
interface Chunk {
  readonly start: number;
  readonly count: number;
  readonly slots: number;
  readonly stride: number;
  readonly view: DataView;
  /** Addresses of the memory behind the pointer arguments of each case are in its slots; `base` is where the agent had it. */
  readonly base: number;
}

/** Outcomes of a batch, in the order of its cases. They are read out only when asked for: most are compared and forgotten. */
export class Batch<R = unknown> {
  readonly length: number;
  readonly plan: CallPlan;
  private readonly declared: DeclaredFunction;
  private readonly caller: Caller;
  private readonly cases: readonly (readonly unknown[])[];
  private readonly chunks: Chunk[] = [];
  /** What does not fit in a frame: results in memory, faults, and the fate of a case that took the agent with it. */
  private readonly exceptional = new Map<number, Outcome | { readonly fault: Fault } | { readonly result: unknown }>();
  private lastChunk = 0;

  constructor(caller: Caller, declared: DeclaredFunction, plan: CallPlan, cases: readonly (readonly unknown[])[]) {
    this.caller = caller;
    this.declared = declared;
    this.plan = plan;
    this.cases = cases;
    this.length = cases.length;
  }

  /** @internal */
  addChunk(chunk: Chunk): void {
    this.chunks.push(chunk);
  }

  /** @internal */
  setExceptional(index: number, outcome: Outcome | { readonly fault: Fault } | { readonly result: unknown }): void {
    this.exceptional.set(index, outcome);
  }

  /** The chunk and frame offset of a case. Cases are mostly read in order, so the last chunk is tried first. */
  private locate(index: number): { chunk: Chunk; frame: number } | undefined {
    for (let i = this.lastChunk; i < this.chunks.length + this.lastChunk; i++) {
      const at = i % this.chunks.length;
      const chunk = this.chunks[at];
      if (chunk && index >= chunk.start && index < chunk.start + chunk.count) {
        this.lastChunk = at;
        return { chunk, frame: (index - chunk.start) * chunk.stride };
      }
    }
    return undefined;
  }

  /** The frame of a case that returned: for comparing bits without making values. */
  frameOf(
    index: number,
  ): { readonly view: DataView; readonly frame: number; readonly slots: number; readonly base: number } | undefined {
    const found = this.locate(index);
    if (found?.chunk.view.getInt32(found.frame + FRAME.STATUS, true) !== FRAME_STATUS.RETURNED) return undefined;
    return { view: found.chunk.view, frame: found.frame, slots: found.chunk.slots, base: found.chunk.base };
  }

  /** The outcome of a case. */
  outcome(index: number): Outcome<R> {
    const exceptional = this.exceptional.get(index);
    if (exceptional && 'kind' in exceptional) return exceptional as Outcome<R>;
    const common = {
      function: `${this.declared.dll}!${this.declared.name}`,
      arguments: this.cases[index] ?? [],
      runtime: this.caller.runtime,
      durationMs: 0,
    };
    if (exceptional && 'fault' in exceptional) return { kind: 'faulted', ...common, fault: exceptional.fault };
    const found = this.frameOf(index);
    if (!found)
      throw new RangeError(`the batch has ${this.length.toString()} cases and none with index ${index.toString()}`);
    const { view, frame } = found;
    return {
      kind: 'returned',
      ...common,
      result: (exceptional ? exceptional.result : this.result(found)) as R,
      errno: this.declared.library.errno === undefined ? null : view.getInt32(frame + FRAME.ERRNO, true),
      lastError: view.getUint32(frame + FRAME.LAST_ERROR, true),
      fpuChanged: (view.getInt32(frame + FRAME.FLAGS, true) & FRAME_FLAG.FPU_CHANGED) !== 0,
    };
  }

  private result({ view, frame, slots }: { view: DataView; frame: number; slots: number }): unknown {
    const { result } = this.plan.type;
    const address = view.getBigUint64(frame + FRAME.INTEGER, true);
    if (this.plan.captureBytes > 0) {
      if (address === 0n) return null;
      const text = capturedText(view, this.plan, frame, slots);
      const encoding =
        result.kind === 'pointer' && result.target.kind === 'scalar' && result.target.text === 'wchar'
          ? 'utf16le'
          : 'utf8';
      return text?.toString(encoding) ?? new Pointer(this.caller.session, address);
    }
    return decodeValue(result, view, frame + resultOffset(this.plan), (at) => new Pointer(this.caller.session, at));
  }
}

/** Runs all cases. A case that ends or hangs the agent gets its outcome, and the rest goes on in another agent. */
export function runBatch<R>(
  caller: Caller,
  declared: DeclaredFunction,
  plan: CallPlan,
  cases: readonly (readonly unknown[])[],
): Batch<R> {
  const batch = new Batch<R>(caller, declared, plan, cases);
  let next = 0;
  while (next < cases.length) next = runChunk(caller, declared, plan, cases, next, batch as Batch);
  return batch;
}

/** Runs as many cases from `start` as fit in one message, and returns the index of the first that is still to be run. */
function runChunk(
  caller: Caller,
  declared: DeclaredFunction,
  plan: CallPlan,
  cases: readonly (readonly unknown[])[],
  start: number,
  batch: Batch,
): number {
  const { session } = caller;
  if (!session.isAlive) caller.ensureAlive();
  const reason = caller.missing.get(plan);
  const common = { function: `${declared.dll}!${declared.name}`, runtime: caller.runtime, durationMs: 0 };
  if (reason !== undefined) {
    for (let i = start; i < cases.length; i++)
      batch.setExceptional(i, { kind: 'not-callable', ...common, arguments: cases[i] ?? [], reason });
    return cases.length;
  }
  const mark = session.top;
  const after: AfterCall = { copyBack: [], callbacks: 0 };
  try {
    const wanted = Math.min(cases.length - start, CASES_PER_MESSAGE);
    let slots = plan.slots;
    if (plan.type.variadic)
      for (let i = 0; i < wanted; i++) slots = Math.max(slots, slotsFor(plan, cases[start + i] ?? []));
    const stride = strideOf(slots, plan.captureBytes);
    // Half of the heap for frames at most; the memory behind arguments takes what it needs of the rest.
    const room = Math.max(1, Math.min(wanted, Math.floor((session.capacity - session.top) / 2 / stride)));
    writeShape(session, plan, slots);
    const frames = session.reserve(room * stride);
    const count = encodeCases(caller, plan, cases, start, room, frames, slots, stride, after);
    caller.calls += count;
    const answer = exchange(session, caller.callbacks, plan.index, frames, count, caller.timeoutMs);
    const answered = answer === TO_HOST.RETURNED;
    const ran = answered
      ? (session.words[HEADER.TO_HOST_COUNT >> 2] ?? 0)
      : Math.min(count - 1, session.words[HEADER.JOURNAL_INDEX >> 2] ?? 0);
    for (const copyBack of after.copyBack) copyBack();
    collect(session, plan, batch, { start, count: ran, slots, stride, frames });
    if (!answered) {
      const lost = start + ran;
      batch.setExceptional(lost, lostOutcome(caller, answer, { ...common, arguments: cases[lost] ?? [] }));
      return lost + 1;
    }
    const thrown = caller.callbacks.takeError();
    if (thrown) throw thrown.error;
    return start + ran;
  } finally {
    caller.callbacks.release(after.callbacks);
    session.top = mark;
  }
}

/** Encodes up to `room` cases; fewer when the memory behind their arguments does not fit. */
function encodeCases(
  caller: Caller,
  plan: CallPlan,
  cases: readonly (readonly unknown[])[],
  start: number,
  room: number,
  frames: number,
  slots: number,
  stride: number,
  after: AfterCall,
): number {
  const { session } = caller;
  const { words } = session;
  for (let i = 0; i < room; i++) {
    const args = cases[start + i] ?? [];
    const frame = frames + i * stride;
    slotsFor(plan, args);
    const mark = session.top;
    const copies = after.copyBack.length;
    try {
      encodeArguments(session, plan, args, frame, slots, after, caller.callbacks.make);
    } catch (error) {
      if (i === 0 || (error as { code?: unknown }).code !== 'CALL_OUT_OF_MEMORY') throw error;
      session.top = mark;
      after.copyBack.length = copies;
      return i;
    }
    words[(frame + FRAME.ERRNO) >> 2] = 0;
    words[(frame + FRAME.STATUS) >> 2] = FRAME_STATUS.NOT_RUN;
  }
  return room;
}

function collect(
  session: Caller['session'],
  plan: CallPlan,
  batch: Batch,
  {
    start,
    count,
    slots,
    stride,
    frames,
  }: { start: number; count: number; slots: number; stride: number; frames: number },
): void {
  const bytes = session.bytes.slice(frames, frames + count * stride);
  const view = new DataView(bytes.buffer);
  batch.addChunk({ start, count, slots, stride, view, base: session.base });
  for (let i = 0; i < count; i++) {
    const frame = i * stride;
    if (view.getInt32(frame + FRAME.STATUS, true) === FRAME_STATUS.FAULTED) {
      batch.setExceptional(start + i, { fault: readFault(session, view.getInt32(frame + FRAME.FAULT, true)) });
    } else if (plan.hiddenResultBytes > 0) {
      batch.setExceptional(start + i, { result: decodeResult(session, plan, frames + frame, slots) });
    }
  }
}
