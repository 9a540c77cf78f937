// Functions of the caller that a DLL calls: in the middle of a call, later, or from threads of its own.
import { placeArguments, type Placement } from '../../types/abi/place-arguments.ts';
import { CALLBACK, CALLBACK_TABLE, HEADER, STUB_RECORD } from '../../../protocol/wire/layout.ts';
import { CALLBACK_FLAG } from '../../../protocol/wire/messages.ts';
import type { FunctionType } from '../../types/declare/types.ts';
import { DllparityError } from '../../base/errors.ts';
import type { AfterCall } from '../memsync/transfer.ts';
import type { Session } from '../session/session.ts';
import { callbackRequest } from '../session/wire-damage.ts';
import { type CallbackFrame, isWaitedFor } from './callback-arguments.ts';
import { writeZeroResult } from './callback-result.ts';
import { type CallbackFunction, type CallbackRules, DECLARED_CALLBACKS } from './callback-rules.ts';

/** Holds the first error that a callback threw, until whoever waits for the call can be told. */
export interface Failure {
  thrown: { readonly error: unknown } | undefined;
}

/** What the DLL takes a stub for. */
interface Declared {
  readonly type: FunctionType;
  readonly placement: Placement;
  /** The function that it was passed to, or null for a registered one. */
  readonly passedTo: string | null;
}

/** What a stub leads to. */
interface Slot extends Declared {
  readonly callback: CallbackFunction;
  readonly encoding: string;
  readonly failure: Failure;
}

/**
 * The callbacks of an agent by stub number. Numbers are given out in turn, so that one that leads nowhere any more goes on doing so
 * for long: a DLL that has kept it would otherwise call another's function.
 */
export class Callbacks {
  private readonly session: Session;
  private readonly rules: CallbackRules;
  private readonly slots: (Slot | undefined)[] = new Array<Slot | undefined>(CALLBACK.STUBS).fill(undefined);
  /** Of each stub that was ever handed out, also when it leads nowhere any more: a DLL that has kept it expects that result. */
  private readonly declared: (Declared | undefined)[] = [];
  /** Worked out once for each type: the same callbacks are passed again and again. */
  private readonly placements = new WeakMap<FunctionType, Placement>();
  /** Stubs of calls in flight, those of the innermost last. */
  private readonly passed: number[] = [];
  private next = 0;
  /** Addresses of all stubs in the agent process of this generation: where the stubs lie is asked once. */
  private addresses: readonly bigint[] = [];
  private addressedIn = 0;
  /** Of the outermost synchronous call: it surfaces when that call ends. */
  private readonly failure: Failure = { thrown: undefined };
  /** How many are running, one in the other. */
  private depth = 0;

  /** @param rules those of declared types, unless others are given */
  constructor(session: Session, rules = DECLARED_CALLBACKS) {
    this.session = session;
    this.rules = rules;
  }

  /** Address of a stub that leads to `callback` until the call of `passedTo` ends. */
  makeFor(encoding: string, passedTo: string) {
    return (type: FunctionType, callback: (...args: never[]) => unknown, after: AfterCall): bigint => {
      // A batch goes on with the next message, as it does when the heap is full.
      const number = this.take();
      this.fill(number, type, callback, encoding, this.failure, passedTo);
      this.passed.push(number);
      after.callbacks++;
      return this.addressOf(number);
    };
  }

  /** Gives back the last `count` stubs. */
  release(count: number): void {
    for (let left = count; left > 0; left--) {
      const number = this.passed.pop();
      // What they were is known on: whoever calls an old stub is told.
      if (number !== undefined) this.slots[number] = undefined;
    }
  }

  /**
   * Takes a stub that stays until `unregister`, and returns its number.
   * @param failure takes what the callback throws. @default the synchronous call that is under way then
   * @param passedTo the function for whose call alone it is. @default null: it is registered
   */
  register(
    type: FunctionType,
    callback: (...args: never[]) => unknown,
    encoding: string,
    failure: Failure = this.failure,
    passedTo: string | null = null,
  ): number {
    const number = this.take();
    this.fill(number, type, callback, encoding, failure, passedTo);
    return number;
  }

  unregister(number: number): void {
    this.slots[number] = undefined;
  }

  /** The number of a free stub: the one that has been free for longest, as far as some are not kept for long. */
  private take(): number {
    for (let tried = 0; tried < CALLBACK.STUBS; tried++) {
      const number = this.next;
      this.next = (number + 1) % CALLBACK.STUBS;
      if (!this.slots[number]) return number;
    }
    throw this.rules.tooMany();
  }

  /** HOT: address of a stub in the agent that runs now. Benchmark: image-filter-structs. */
  addressOf(number: number): bigint {
    const { generation, view } = this.session;
    if (this.addressedIn !== generation) {
      this.addressedIn = generation;
      const first = view.getBigUint64(HEADER.CALLBACK_STUBS, true);
      this.addresses = Array.from({ length: CALLBACK.STUBS }, (_, each) => first + BigInt(each * CALLBACK.STUB_BYTES));
    }
    return this.addresses[number] ?? 0n;
  }

  /** The number of the stub at an address; undefined where none is that leads somewhere. */
  numberAt(address: bigint): number | undefined {
    const number = Number(address - this.addressOf(0)) / CALLBACK.STUB_BYTES;
    return this.slots[number] ? number : undefined;
  }

  /** How many stubs lead somewhere. */
  get inUse(): number {
    return this.slots.reduce((count, slot) => count + (slot ? 1 : 0), 0);
  }

  /** Tells a new agent how the registered stubs return: it has an empty table. */
  restore(): void {
    this.slots.forEach((slot, number) => {
      if (slot) this.writeRecord(number, slot.placement);
    });
  }

  private fill(
    number: number,
    type: FunctionType,
    callback: (...args: never[]) => unknown,
    encoding: string,
    failure: Failure,
    passedTo: string | null,
  ): void {
    let placement = this.placements.get(type);
    if (!placement) {
      placement = placeArguments(type, this.session.pointerBytes);
      this.placements.set(type, placement);
    }
    const slot: Slot = { type, placement, callback: callback as CallbackFunction, encoding, failure, passedTo };
    this.slots[number] = slot;
    const before = this.declared[number];
    if (before?.type !== type || before.passedTo !== passedTo) this.declared[number] = { type, placement, passedTo };
    this.writeRecord(number, placement);
  }

  private writeRecord(number: number, placement: Placement): void {
    const at = CALLBACK_TABLE + number * STUB_RECORD.BYTES;
    this.session.view.setInt32(at + STUB_RECORD.POP_BYTES, placement.pops, true);
    this.session.view.setInt32(at + STUB_RECORD.FLAGS, placement.result === 'x87' ? CALLBACK_FLAG.RESULT_X87 : 0, true);
  }

  /** Whether one is running: then the call that has led to it is under way, and whatever is called now is called within. */
  get isRunning(): boolean {
    return this.depth > 0;
  }

  /** Runs the callback that the agent asks for and writes its result into its frame. */
  run(): void {
    const { view } = this.session;
    const { stub: number, frame } = callbackRequest(this.session);
    view.setFloat64(frame + CALLBACK.RESULT_INTEGER, 0, true);
    view.setFloat64(frame + CALLBACK.RESULT_FLOAT, 0, true);
    const slot = this.slots[number];
    const declared = this.declared[number];
    const failure = slot?.failure ?? this.failure;
    // After the first error the rest of the call only has to end: the DLL sees 0.
    if (failure.thrown) {
      if (declared) writeZeroResult(this.session, frame, declared.placement);
      return;
    }
    const at: CallbackFrame = {
      session: this.session,
      encoding: slot?.encoding ?? '',
      frame,
      generation: this.session.generation,
    };
    this.depth++;
    this.session.refused.enter();
    try {
      if (!slot) throw this.rules.expired(declared?.type.name, declared?.passedTo ?? null);
      this.rules.answer(at, slot.type, slot.placement, slot.callback);
    } catch (error) {
      failure.thrown = { error };
      if (declared && isWaitedFor(at)) writeZeroResult(this.session, frame, declared.placement);
    } finally {
      this.depth--;
      this.session.refused.leave();
    }
  }

  /** Whether a callback has thrown, and nobody was told yet. */
  get hasFailed(): boolean {
    return this.failure.thrown !== undefined;
  }

  /** The error a callback threw, once; or that one did not get here. */
  takeError(): { readonly error: unknown } | undefined {
    const { thrown } = this.failure;
    this.failure.thrown = undefined;
    const isTooDeep = this.session.refused.take();
    return thrown ?? (isTooDeep ? { error: tooDeep() } : undefined);
  }
}

/** Some callbacks never got here: their calls have a made-up result. */
function tooDeep(): DllparityError {
  return new DllparityError('CALL_OUT_OF_MEMORY', {
    what: 'callbacks are nested too deeply; the innermost were answered with 0',
    figures: [{ name: 'limit', value: CALLBACK.DEPTH, unit: 'callbacks' }],
    hint: 'Let a callback return before the DLL calls the next one.',
  });
}
