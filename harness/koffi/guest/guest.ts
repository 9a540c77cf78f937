// HOT: calls into the process that DLLs are loaded into, and its memory.
import { FRAME, HEADER, PLAN, PLAN_TABLE } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS, TO_AGENT, TO_HOST } from '../../../protocol/wire/messages.ts';
import { tooDeep } from '../../calls/marshal/callbacks.ts';
import { readFault } from '../../calls/marshal/read-fault.ts';
import { describeFault, type Fault } from '../../calls/marshal/outcome.ts';
import { DllparityError } from '../../base/errors.ts';
import { rawCall } from '../../calls/session/raw-call.ts';
import { offsetOf, readMemory, tooLarge } from '../../calls/session/read-memory.ts';
import type { Session } from '../../calls/session/session.ts';
import { faultOf, hasReturned, WireDamage } from '../../calls/session/wire-damage.ts';
import { GONE, TIMED_OUT } from '../../calls/session/wire.ts';
import { writeMemory } from '../../calls/session/write-memory.ts';
import { refuse } from '../errors.ts';
import type { Bytes, GuestMemory } from '../values/memory.ts';
import { lengthToNul, type Unit } from '../values/text.ts';
import { bootSurroundings, type Surroundings } from './boot.ts';
import type { Lending } from './lending.ts';
import { Pins } from './pins.ts';

const PAGE = 4096;
const MAX_PAGES = 256;

/** How a function is called, as the table of plans has it, and what was written there last. */
export interface PlanRecord {
  readonly id: number;
  readonly slots: number;
  readonly stride: number;
  readonly flags: number;
  /** What the agent copies behind the returned pointer, one of CAPTURE, and the room for it at the end of the frame. */
  readonly capture: number;
  readonly captureBytes: number;
  address: bigint;
  generation: number;
}

/** What the guest needs of callbacks. */
export interface CallbackAnswerer {
  answer(): void;
}

export class Guest implements GuestMemory {
  readonly session: Session;
  readonly surroundings: Surroundings;
  /** What a callback threw, until the call that it happened in has returned. */
  thrown: { readonly error: unknown } | undefined;
  /** Memory of JavaScript that calls in flight have lent to the guest, innermost last. */
  readonly lendings: Lending[] = [];
  /** How many synchronous calls are in flight. */
  depth = 0;
  readonly pins: Pins;
  private readonly planOwners: (PlanRecord | undefined)[] = [];

  constructor(callbacks: (guest: Guest) => CallbackAnswerer) {
    this.surroundings = bootSurroundings();
    this.session = this.surroundings.session;
    this.pins = new Pins(this.session);
    const answerer = callbacks(this);
    this.session.owner = {
      answerCallback: () => {
        this.session.refused.enter();
        try {
          answerer.answer();
        } finally {
          this.session.refused.leave();
        }
      },
      ensureAlive: () => {
        this.ensureAlive();
      },
      noticeDeath: () => undefined,
    };
  }

  get pointerBytes(): 4 | 8 {
    return this.session.pointerBytes;
  }

  /** Starts another process when a call has cost the last one. */
  ensureAlive(): void {
    if (!this.session.isAlive) this.session.boot();
  }

  /**
   * Writes how a function is called into the table of plans, unless it is there already. Returns its index: one of its
   * own as long as there are some, then one that functions share.
   */
  preparePlan(plan: PlanRecord, address: bigint): number {
    const { view, generation } = this.session;
    const index = 1 + (plan.id % (PLAN.COUNT - 1));
    if (this.planOwners[index] === plan && plan.address === address && plan.generation === generation) return index;
    this.planOwners[index] = plan;
    plan.address = address;
    plan.generation = generation;
    const at = PLAN_TABLE + index * PLAN.BYTES;
    view.setBigUint64(at + PLAN.FUNCTION, address, true);
    view.setInt32(at + PLAN.SLOTS, plan.slots, true);
    view.setInt32(at + PLAN.STRIDE, plan.stride, true);
    view.setBigUint64(at + PLAN.ERRNO_ADDRESS, 0n, true);
    view.setInt32(at + PLAN.CAPTURE, plan.capture, true);
    view.setInt32(at + PLAN.CAPTURE_BYTES, plan.captureBytes, true);
    view.setInt32(at + PLAN.FLAGS, plan.flags, true);
    view.setBigUint64(at + PLAN.ERRNO_FUNCTION, 0n, true);
    return index;
  }

  /** Runs the frame of a plan, and whatever calls back meanwhile. */
  run(plan: number, frame: number, name: string): void {
    const { pins } = this;
    if (pins.any) pins.copyIn();
    this.depth++;
    try {
      this.exchange(plan, frame, name);
      hasReturned(this.session, frame);
    } catch (error) {
      this.throwDamage(error, name);
    } finally {
      this.depth--;
    }
    if (pins.any) pins.copyOut();
    this.checkFrame(frame, name);
    this.checkDepth();
  }

  /** Throws when callbacks were answered with 0 because they were nested too deeply. */
  private checkDepth(): void {
    if (this.session.refused.take() && !this.thrown) throw tooDeep();
  }

  private exchange(plan: number, frame: number, name: string): void {
    const { session, pins } = this;
    const { wire, generation } = session;
    const { callTimeoutMs } = this.surroundings;
    wire.send(TO_AGENT.CALL, plan, frame, 1);
    let leftMs = callTimeoutMs;
    let endMs = NaN;
    for (;;) {
      const answer = wire.await(leftMs);
      if (answer === TO_HOST.RETURNED) {
        session.refused.look(session.words);
        break;
      }
      if (answer !== TO_HOST.CALLBACK) this.lost(answer, name);
      if (Number.isNaN(endMs))
        endMs = (Number.isNaN(wire.blockedMs) ? performance.now() : wire.blockedMs) + callTimeoutMs;
      if (pins.any) pins.copyOut();
      session.owner.answerCallback();
      if (pins.any) pins.copyIn();
      if (!session.isAlive || session.generation !== generation) this.lost(GONE, name);
      // Callbacks do not extend the limit.
      if (callTimeoutMs >= 0) leftMs = Math.ceil(endMs - performance.now());
      if (callTimeoutMs >= 0 && leftMs <= 0) this.lost(TIMED_OUT, name);
      wire.send(TO_AGENT.CALLBACK_RETURN, 0, 0, 0);
    }
  }

  /** Throws when the call in this frame has faulted. */
  checkFrame(frame: number, name: string): void {
    const { session } = this;
    if (session.words[(frame + FRAME.STATUS) >> 2] !== FRAME_STATUS.FAULTED) return;
    let fault: Fault;
    try {
      fault = readFault(session, faultOf(session, frame));
    } catch (error) {
      return this.throwDamage(error, name);
    }
    throw new DllparityError('CALL_DID_NOT_RETURN', {
      what: `${name} faulted: ${describeFault(fault)}`,
      hint: 'On Windows koffi would have ended the process here; the next call works again.',
    });
  }

  /** Ends the process behind whose memory nothing can be believed; whatever else was thrown goes on. */
  throwDamage(error: unknown, name: string): never {
    if (!(error instanceof WireDamage)) throw error;
    this.lost(GONE, name, `${name} wrote over the memory that it shares with the host: ${error.message}`);
  }

  private lost(answer: number, name: string, damage?: string): never {
    const { session } = this;
    const log = session.logTail();
    session.end();
    const { thrown } = this;
    this.thrown = undefined;
    if (thrown) throw thrown.error;
    throw new DllparityError('CALL_DID_NOT_RETURN', {
      what: damage ?? (answer === TIMED_OUT ? `${name} did not return in time` : `the process ended while ${name} ran`),
      details: log,
      hint: 'The next call starts another process; addresses and handles of this one mean nothing there.',
    });
  }

  /** Lets callbacks of other threads through that wait for their turn. */
  pump(): void {
    rawCall(this.session, this.session.view.getBigUint64(HEADER.PUMP, true), 0n);
  }

  read(address: bigint, bytes: number): Bytes {
    const { session } = this;
    const offset = offsetOf(session, address);
    if (this.pins.any) this.pins.copyIn();
    if (offset >= 0 && offset + bytes <= session.capacity) return { view: session.view, at: offset };
    const copy = readMemory(session, address, bytes) ?? unreadable(address, bytes);
    return { view: new DataView(copy.buffer, copy.byteOffset, copy.byteLength), at: 0 };
  }

  write(address: bigint, bytes: Uint8Array): void {
    if (!writeMemory(this.session, address, bytes)) {
      refuse(`${bytes.length.toString()} bytes at 0x${address.toString(16)} cannot be written`);
    }
  }

  readText(address: bigint, unit: Unit): Uint8Array {
    const { session } = this;
    const offset = offsetOf(session, address);
    if (offset >= 0) {
      const bytes = session.bytes.subarray(offset);
      return bytes.subarray(0, lengthToNul(bytes, unit));
    }
    const parts: Uint8Array[] = [];
    let at = address;
    for (let pages = 1; ;) {
      if (at - address > BigInt(session.readBytes))
        throw tooLarge(session, 'a text of the DLL goes on for more than is taken');
      // Up to the end of its page a byte is as readable as the one before; what lies behind is tried, more and more of it.
      const bytes = PAGE - Number(at % BigInt(PAGE)) + (pages - 1) * PAGE;
      const part = readMemory(session, at, Math.min(session.readBytes, Math.max(unit, bytes - (bytes % unit))));
      if (!part && pages === 1) return unreadable(at, unit);
      if (part) {
        const length = lengthToNul(part, unit);
        parts.push(part.subarray(0, length));
        if (length < part.length) return parts.length === 1 ? (parts[0] ?? part) : Buffer.concat(parts);
        at += BigInt(part.length);
      }
      pages = part ? Math.min(pages * 2, MAX_PAGES) : 1;
    }
  }
}

function unreadable(address: bigint, bytes: number): never {
  return refuse(`${bytes.toString()} bytes at 0x${address.toString(16)} cannot be read`);
}
