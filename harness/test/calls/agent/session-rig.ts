// A session without what lies above it: plans and frames are written by hand, as docs/internals/protocol.md has them.
import { join } from 'node:path';
import {
  CALLBACK,
  CALLBACK_TABLE,
  FRAME,
  HEADER,
  PLAN,
  PLAN_TABLE,
  STUB_RECORD,
} from '../../../../protocol/wire/layout.ts';
import {
  CALLBACK_FLAG,
  FRAME_FLAG,
  FRAME_STATUS,
  PLAN_FLAG,
  TO_AGENT,
  TO_HOST,
} from '../../../../protocol/wire/messages.ts';
import { openSession } from '../../../calls/agent/open-session.ts';
import { resolveConfig } from '../../../config/resolve-config.ts';
import { packageRoot } from '../../../base/package-root.ts';
import { readInstallation } from '../../../machines/installation.ts';
import { rawCall } from '../../../calls/session/raw-call.ts';
import type { Session } from '../../../calls/session/session.ts';

/** An argument: a number is an int, a bigint is as wide as a pointer. */
export type Argument = number | bigint | { readonly int64: bigint } | { readonly double: number };

export interface HowToCall {
  /** Arguments that go to ecx and edx on ia32. */
  readonly registers?: 0 | 1 | 2;
  /** The result is a floating-point number. */
  readonly floating?: boolean;
  readonly errno?: { readonly address?: bigint; readonly function?: bigint; readonly value?: number };
}

export interface Returned {
  readonly status: number;
  readonly int: number;
  readonly int64: bigint;
  readonly double: number;
  readonly popped: number;
  readonly errno: number;
  readonly lastError: number;
  readonly fault: number;
  readonly fpuChanged: boolean;
}

/** A callback as the host sees it. */
export interface Called {
  readonly stub: number;
  /** Offset of the callback frame. */
  readonly frame: number;
  readonly foreign: boolean;
  readonly thread: number;
  int(index: number): number;
}

const SECOND_PLAN = 1;

export class SessionRig {
  readonly session: Session;
  /** What callbacks do; the result goes to the integer and to the floating-point register alike. */
  onCallback: (called: Called) => number = () => 0;
  private readonly referenceDlls: string;
  private readonly modules = new Map<string, bigint>();

  constructor(environment: Readonly<Record<string, string>> = {}) {
    const installation = readInstallation(process.env['DLLPARITY_RUNTIME']);
    this.referenceDlls = installation.referenceDlls;
    const { config } = resolveConfig({ root: packageRoot, fixture: { environment } });
    this.session = openSession(config, installation);
    this.session.owner = {
      answerCallback: () => {
        this.answer();
      },
      ensureAlive: () => undefined,
      noticeDeath: () => undefined,
    };
  }

  get isIa32(): boolean {
    return this.session.pointerBytes === 4;
  }

  word(offset: number): number {
    return Atomics.load(this.session.words, offset >> 2);
  }

  /** Address of a function of a reference DLL, or of any other that the loader finds. */
  address(dll: string, name: string): bigint {
    let handle = this.modules.get(dll);
    if (handle === undefined) {
      const path = dll.endsWith('.dll') ? dll : `Z:${join(this.referenceDlls, dll).replaceAll('/', '\\')}.dll`;
      handle = this.pointerTo(Buffer.from(`${path}\0`, 'utf16le'), (at) => this.raw(HEADER.LOAD_LIBRARY, at, 0n, 0n));
      if (handle === 0n) throw new Error(`${path} does not load`);
      this.modules.set(dll, handle);
    }
    const loaded = handle;
    const found = this.pointerTo(Buffer.from(`${name}\0`), (at) => this.raw(HEADER.GET_PROC_ADDRESS, loaded, at));
    if (found === 0n) throw new Error(`${dll} has no ${name}`);
    return found;
  }

  /** Address of a stub, which returns as `how` says. */
  stub(number: number, how: { readonly pop?: number; readonly floating?: boolean } = {}): bigint {
    const { view } = this.session;
    const record = CALLBACK_TABLE + number * STUB_RECORD.BYTES;
    view.setInt32(record + STUB_RECORD.POP_BYTES, how.pop ?? 0, true);
    view.setInt32(record + STUB_RECORD.FLAGS, how.floating ? CALLBACK_FLAG.RESULT_X87 : 0, true);
    return view.getBigUint64(HEADER.CALLBACK_STUBS, true) + BigInt(number * CALLBACK.STUB_BYTES);
  }

  call(address: bigint, args: readonly Argument[] = [], how: HowToCall = {}): Returned {
    const { session } = this;
    const mark = session.top;
    const frame = this.write(address, args, how);
    session.wire.send(TO_AGENT.CALL, SECOND_PLAN, frame, 1);
    let answer = session.wire.await(20_000);
    while (answer === TO_HOST.CALLBACK) {
      session.refused.enter();
      this.answer();
      session.refused.leave();
      session.wire.send(TO_AGENT.CALLBACK_RETURN, 0, 0, 0);
      answer = session.wire.await(20_000);
    }
    session.top = mark;
    if (answer !== TO_HOST.RETURNED)
      throw new Error(`no answer: ${answer.toString()}\n${session.logTail().join('\n')}`);
    return this.read(frame);
  }

  /** Starts a call on another thread. Returns its frame, which lives until the session ends. */
  start(address: bigint, args: readonly Argument[] = [], how: HowToCall = {}): number {
    const { session } = this;
    const frame = this.write(address, args, how, (bytes) => session.persistent.allocate(bytes));
    session.wire.send(TO_AGENT.START, SECOND_PLAN, frame, 1);
    if (session.wire.await(20_000) !== TO_HOST.RETURNED) throw new Error('no answer');
    if (this.word(HEADER.TO_HOST_COUNT) !== 1) throw new Error('there is no thread');
    return frame;
  }

  read(frame: number): Returned {
    const { view } = this.session;
    return {
      status: this.word(frame + FRAME.STATUS),
      int: view.getInt32(frame + FRAME.INTEGER, true),
      int64: view.getBigInt64(frame + FRAME.INTEGER, true),
      double: view.getFloat64(frame + FRAME.FLOAT, true),
      popped: view.getInt32(frame + FRAME.POPPED, true),
      errno: view.getInt32(frame + FRAME.ERRNO, true),
      lastError: view.getUint32(frame + FRAME.LAST_ERROR, true),
      fault: view.getInt32(frame + FRAME.FAULT, true),
      fpuChanged: (view.getInt32(frame + FRAME.FLAGS, true) & FRAME_FLAG.FPU_CHANGED) !== 0,
    };
  }

  close(): Promise<void> {
    return this.session.close();
  }

  /** Lets callbacks of other threads through, and says how many came. */
  pump(milliseconds: number): number {
    return Number(BigInt.asIntN(32, this.raw(HEADER.PUMP, BigInt(milliseconds))));
  }

  private raw(word: number, ...args: bigint[]): bigint {
    return rawCall(this.session, this.session.view.getBigUint64(word, true), ...args).integer;
  }

  /** `use` with the address of a copy of `bytes` in the shared memory. */
  pointerTo<T>(bytes: Uint8Array, use: (address: bigint, offset: number) => T): T {
    const mark = this.session.top;
    const at = this.session.reserve(bytes.length);
    this.session.bytes.set(bytes, at);
    const result = use(BigInt(this.session.base + at), at);
    this.session.top = mark;
    return result;
  }

  private write(
    address: bigint,
    args: readonly Argument[],
    how: HowToCall,
    reserve = (bytes: number): number => this.session.reserve(bytes),
  ): number {
    const { view, slotBytes } = this.session;
    const slots = args.flatMap((arg) => this.slotsOf(arg));
    if (this.isIa32) {
      const registers = slots.splice(0, how.registers ?? 0);
      slots.unshift(registers[0] ?? 0n, registers[1] ?? 0n);
    } else while (slots.length < 4) slots.push(0n);
    const stride = FRAME.SLOTS + ((slots.length * slotBytes + 7) & ~7);
    const frame = reserve(stride);
    const plan = PLAN_TABLE + SECOND_PLAN * PLAN.BYTES;
    view.setBigUint64(plan + PLAN.FUNCTION, address, true);
    view.setInt32(plan + PLAN.SLOTS, slots.length, true);
    view.setInt32(plan + PLAN.STRIDE, stride, true);
    view.setInt32(plan + PLAN.FLAGS, how.floating ? PLAN_FLAG.RESULT_X87 : 0, true);
    view.setBigUint64(plan + PLAN.ERRNO_ADDRESS, how.errno?.address ?? 0n, true);
    view.setBigUint64(plan + PLAN.ERRNO_FUNCTION, how.errno?.function ?? 0n, true);
    this.session.bytes.fill(0, frame, frame + FRAME.SLOTS);
    view.setInt32(frame + FRAME.STATUS, FRAME_STATUS.NOT_RUN, true);
    view.setInt32(frame + FRAME.ERRNO, how.errno?.value ?? 0, true);
    for (const [index, slot] of slots.entries()) {
      const at = frame + FRAME.SLOTS + index * slotBytes;
      if (slotBytes === 8) view.setBigUint64(at, BigInt.asUintN(64, slot), true);
      else view.setUint32(at, Number(BigInt.asUintN(32, slot)), true);
    }
    return frame;
  }

  private slotsOf(arg: Argument): bigint[] {
    if (typeof arg === 'number') return [BigInt(arg)];
    if (typeof arg === 'bigint') return [arg];
    const bits =
      'int64' in arg ? BigInt.asUintN(64, arg.int64) : new BigUint64Array(Float64Array.of(arg.double).buffer)[0];
    return this.isIa32 ? [(bits ?? 0n) & 0xffffffffn, (bits ?? 0n) >> 32n] : [bits ?? 0n];
  }

  private answer(): void {
    const { view, slotBytes } = this.session;
    const frame = view.getInt32(HEADER.TO_HOST_FRAME, true);
    const result = this.onCallback({
      stub: view.getInt32(HEADER.TO_HOST_CALLBACK, true),
      frame,
      foreign: view.getInt32(frame + CALLBACK.FOREIGN, true) !== 0,
      thread: view.getUint32(frame + CALLBACK.THREAD, true),
      int: (index) => {
        const onStack = this.isIa32 ? index : index - 4;
        const at = onStack < 0 ? CALLBACK.INTEGERS + index * 8 : CALLBACK.STACK + onStack * slotBytes;
        return view.getInt32(frame + at, true);
      },
    });
    view.setBigInt64(frame + CALLBACK.RESULT_INTEGER, BigInt(Math.trunc(result)), true);
    view.setFloat64(frame + CALLBACK.RESULT_FLOAT, result, true);
  }
}
