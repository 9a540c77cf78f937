// HOT: outcomes of a batch. Benchmark: batch-pow.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { FRAME_FLAG, FRAME_STATUS } from '../../../protocol/wire/messages.ts';
import { capturedText, resultAddress, resultOffset, textOfCapture } from '../marshal/decode-result.ts';
import type { Fault, Outcome } from '../marshal/outcome.ts';
import type { CallPlan } from '../marshal/plan.ts';
import type { DeclaredFunction } from '../../types/declare/library.ts';
import { Pointer, readValue } from '../memsync/pointer.ts';
import type { Caller } from './caller.ts';
import type { CaseSource } from './case-source.ts';

/** Frames of consecutive cases, copied out of the shared memory. */
export interface Chunk {
  readonly start: number;
  readonly count: number;
  readonly slotBytes: number;
  readonly stride: number;
  readonly view: DataView;
  /** Addresses of the memory behind the pointer arguments of each case are in its slots; `base` is where the agent had it. */
  readonly base: number;
}

type Exceptional = Outcome | { readonly fault: Fault; readonly callsBefore: number } | { readonly result: unknown };

/** Outcomes of a batch, in the order of its cases. They are read out only when asked for: most are compared and forgotten. */
export class Batch<R = unknown> {
  readonly length: number;
  readonly plan: CallPlan;
  private readonly declared: DeclaredFunction;
  private readonly caller: Caller;
  private readonly source: CaseSource;
  private readonly chunks: Chunk[] = [];
  /** What does not fit in a frame: results in memory, faults, and the fate of a case that took the agent with it. */
  private readonly exceptional = new Map<number, Exceptional>();
  private lastChunk = 0;

  constructor(caller: Caller, declared: DeclaredFunction, plan: CallPlan, source: CaseSource) {
    this.caller = caller;
    this.declared = declared;
    this.plan = plan;
    this.source = source;
    this.length = source.length;
  }

  /** The frames of all cases that were run, for who reads many of them. @internal */
  get frames(): readonly Chunk[] {
    return this.chunks;
  }

  /** @internal */
  addChunk(chunk: Chunk): void {
    this.chunks.push(chunk);
  }

  /** @internal */
  setExceptional(index: number, outcome: Exceptional): void {
    this.exceptional.set(index, outcome);
  }

  /** Whether more is known of a case than its frame. @internal */
  hasExceptional(index: number): boolean {
    return this.exceptional.has(index);
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
  ):
    { readonly view: DataView; readonly frame: number; readonly slotBytes: number; readonly base: number } | undefined {
    const found = this.locate(index);
    if (found?.chunk.view.getInt32(found.frame + FRAME.STATUS, true) !== FRAME_STATUS.RETURNED) return undefined;
    return { view: found.chunk.view, frame: found.frame, slotBytes: found.chunk.slotBytes, base: found.chunk.base };
  }

  /** The outcome of a case. */
  outcome(index: number): Outcome<R> {
    const exceptional = this.exceptional.get(index);
    if (exceptional && 'kind' in exceptional) return exceptional as Outcome<R>;
    const common = {
      function: `${this.declared.dll}!${this.declared.name}`,
      arguments: this.source.argumentsOf(index),
      runtime: this.caller.runtime,
      durationMs: null,
    };
    if (exceptional && 'fault' in exceptional) return { kind: 'faulted', ...common, ...exceptional };
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

  private result({ view, frame, slotBytes }: { view: DataView; frame: number; slotBytes: number }): unknown {
    const { plan } = this;
    const { session } = this.caller;
    if (plan.captureBytes > 0) {
      const address = resultAddress(plan, view, frame);
      if (address === 0n) return null;
      const text = capturedText(view, plan, frame, slotBytes, 'cut');
      return text ? textOfCapture(plan, text) : new Pointer(session, address, plan.encoding);
    }
    const source = { view, session, encoding: plan.encoding };
    return readValue(source, plan.placement.resultLayout, frame + resultOffset(plan));
  }
}
