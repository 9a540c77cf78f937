// Calls the function of a fact with arguments that are exact to the bit, and keeps all that can be asserted of it.
import { FRAME } from '../../../protocol/wire/layout.ts';
import { batchFrom } from '../../calls/agent/bound-function.ts';
import type { CaseSource } from '../../calls/agent/case-source.ts';
import type { Caller } from '../../calls/agent/caller.ts';
import { resultOffset } from '../../calls/marshal/decode-result.ts';
import type { Outcome } from '../../calls/marshal/outcome.ts';
import { type CallPlan, placementFor, slotOf } from '../../calls/marshal/plan.ts';
import type { Placement } from '../../types/abi/place-arguments.ts';
import { type Arguments, buildArguments } from './build-arguments.ts';
import { callbackAddress } from './callbacks.ts';
import type { FactMemory } from './fact-memory.ts';
import { type FactRoom, pathOf, type Told } from './fact-room.ts';
import type { FactTypes } from './fact-types.ts';
import { bitsIn, bytesOf } from './number-bits.ts';
import type { PlannedFact } from './plan-fact.ts';
import { type Prepared, prepareFact } from './prepare-fact.ts';
import { Unsupported } from './unsupported.ts';

/** What is there after the function has returned. */
export interface Returned {
  readonly kind: 'returned';
  /** Its bytes as they lie in memory or in the register, 8 at least. */
  readonly result: Uint8Array;
  readonly errno: number | undefined;
  readonly doserrno: number | undefined;
  readonly lastError: number;
  readonly memory: FactMemory;
  readonly args: Arguments;
  readonly prepared: Prepared;
  readonly told: Told;
}

/** A call that did not return, or could not be made. */
export interface Lost {
  readonly kind: 'lost';
  readonly outcome: Exclude<Outcome, { kind: 'returned' }>;
}

/** Sets up, calls, and says what came of it. Throws Unsupported where that cannot be done here. */
export function callFact(room: FactRoom, planned: PlannedFact, types: FactTypes): Returned | Lost {
  const { fact } = planned;
  const { call, knowsErrno } = room.functionOf(planned);
  const memory = room.memory();
  try {
    const prepared = prepareFact(room, planned, memory);
    const args = buildArguments(fact, memory, types, (words, parameter) => callbackAddress(room, words, parameter));
    prepareStructs(room, planned, args, memory);
    const wantsDoserrno = fact.expect.doserrno !== undefined;
    const doserrno = wantsDoserrno ? doserrnoOf(room, planned) : undefined;
    doserrno?.write('uint32_t', prepared.doserrno);
    if (fact.expect.errno !== undefined && !knowsErrno) throw new Unsupported(`${fact.dll} does not export _errno`);
    // Each call is a message: where nobody asks, the code of the fact before will do.
    if (fact.expect.lastError !== undefined) {
      room.helper('kernel32.dll', 'void __stdcall SetLastError(uint32_t code)')(prepared.lastError);
    }
    room.told = { callbacks: 0, invalidParameters: 0, matherr: undefined };
    let source: FactSource | undefined;
    const batch = call[batchFrom](
      (caller, plan) => (source = new FactSource(caller, plan, args, memory, prepared.errno)),
    );
    const found = batch.frameOf(0);
    if (!found || !source) {
      const outcome = batch.outcome(0);
      if (outcome.kind === 'returned') throw new Error('internal: a call without a frame has returned');
      return { kind: 'lost', outcome };
    }
    const { view, frame } = found;
    return {
      kind: 'returned',
      result: source.result(view, frame),
      errno: knowsErrno ? view.getInt32(frame + FRAME.ERRNO, true) : undefined,
      lastError: view.getUint32(frame + FRAME.LAST_ERROR, true),
      doserrno: doserrno?.read('uint32_t'),
      memory,
      args,
      prepared,
      told: room.told,
    };
  } finally {
    room.release(memory);
  }
}

interface Cell {
  read(type: 'uint32_t'): number;
  write(type: 'uint32_t', value: number): void;
}

function doserrnoOf(room: FactRoom, { fact }: PlannedFact): Cell {
  const place = room.helper(pathOf(fact), 'void *__doserrno(void)')();
  return place as Cell;
}

/** Calls functions of the DLL that prepare a struct: those named Update get the text of the fact too. */
function prepareStructs(room: FactRoom, { fact }: PlannedFact, args: Arguments, memory: FactMemory): void {
  const { convention } = fact.declared.type;
  for (const { block, content } of args.preparations) {
    const own = fact.args.find(({ kind }) => kind === 'memory');
    const text = content.data ?? (own?.kind === 'memory' && own.content.kind === 'text' ? own.content.text : undefined);
    const place = room.agent.pointer(memory.addressOf(block.offset));
    for (const name of content.calls) {
      const isUpdate = name.endsWith('Update');
      if (isUpdate && text === undefined) throw new Unsupported(`${name} needs a text: give it as "data"`);
      const bytes = Buffer.from(text ?? '', 'latin1');
      const call = room.helper(
        pathOf(fact),
        `void __${convention} ${name}(void *context${isUpdate ? ', const void *data, uint32_t length' : ''})`,
      );
      if (isUpdate) call(place, bytes, bytes.length);
      else call(place);
    }
  }
}

/** The one case of a batch, whose slots are written as bytes. */
class FactSource implements CaseSource {
  readonly length = 1;
  readonly usesMemory = true;
  readonly #caller: Caller;
  readonly #plan: CallPlan;
  readonly #args: Arguments;
  readonly #memory: FactMemory;
  readonly #errno: number;
  readonly #placement: Placement;
  /** Where a struct that is too large for a register is returned. */
  readonly #hidden: number | undefined;

  constructor(caller: Caller, plan: CallPlan, args: Arguments, memory: FactMemory, errno: number) {
    this.#caller = caller;
    this.#plan = plan;
    this.#args = args;
    this.#memory = memory;
    this.#errno = errno;
    const extra = args.passed.slice(plan.type.parameters.length).map(({ layout }) => layout);
    this.#placement = placementFor(plan, extra);
    this.#hidden = this.#placement.hidden ? memory.allocate(this.#placement.resultLayout.bytes) : undefined;
  }

  slotBytesOf(): number {
    return this.#placement.slotBytes;
  }

  encode(_: number, frame: number): void {
    const { session } = this.#caller;
    const memory = this.#memory;
    session.view.setInt32(frame + FRAME.ERRNO, this.#errno, true);
    const { hidden, arguments: places } = this.#placement;
    if (hidden && this.#hidden !== undefined) {
      session.bytes.set(bytesOf(memory.addressOf(this.#hidden), this.#plan.pointerBytes), slotOf(frame, hidden));
    }
    places.forEach((place, i) => {
      const { bytes } = this.#args.passed[i] ?? { bytes: new Uint8Array() };
      if (!place.byAddress) {
        session.bytes.set(bytes, slotOf(frame, place));
        return;
      }
      const copy = memory.allocate(bytes.length);
      memory.write(copy, bytes);
      session.bytes.set(bytesOf(memory.addressOf(copy), this.#plan.pointerBytes), slotOf(frame, place));
    });
  }

  argumentsOf(): readonly unknown[] {
    return [];
  }

  result(view: DataView, frame: number): Uint8Array {
    const { resultLayout } = this.#placement;
    if (this.#hidden !== undefined) return this.#memory.read(this.#hidden, resultLayout.bytes);
    const at = frame + resultOffset(this.#plan);
    return new Uint8Array(view.buffer, view.byteOffset + at, 8).slice();
  }
}

/** The address in a result. */
export function addressIn(result: Uint8Array, pointerBytes: number): bigint {
  return bitsIn(result.subarray(0, pointerBytes));
}
