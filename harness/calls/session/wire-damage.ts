// The boundary of trust: what the agent has written in the shared memory becomes a number of this process here, once, or damage.
//
// A DLL can write there as the agent does. What it can say of its own results is its own affair; a place, a length, a count or a
// callback is believed only when the agent could have written it.
import { CALLBACK, CALLBACK_FRAMES, FRAME, HEADER } from '../../../protocol/wire/layout.ts';
import { FRAME_STATUS } from '../../../protocol/wire/messages.ts';

/** A word of the shared memory that cannot be: something has written over it. Whoever catches this ends the agent. */
export class WireDamage extends Error {
  /** Its name in the protocol, for example `HEADER.TO_HOST_FRAME`. */
  readonly word: string;
  readonly value: number;

  constructor(word: string, value: number) {
    super(`${word} of the shared memory is ${value.toString()}, which no agent writes`);
    this.word = word;
    this.value = value;
  }
}

/** The memory of an agent, as much of it as is needed here. */
interface Words {
  readonly words: Int32Array;
}

function requireBetween(word: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value;
  throw new WireDamage(word, value);
}

/** The word at an offset, when it lies between two bounds, both included. */
export function wordBetween({ words }: Words, name: string, offset: number, least: number, most: number): number {
  return requireBetween(name, words[offset >> 2] ?? 0, least, most);
}

/** HOT: which stub was called back, and where the arguments lie. Benchmark: image-filter-9-callbacks. */
export function callbackRequest({ words }: Words): { readonly stub: number; readonly frame: number } {
  const stub = requireBetween(
    'HEADER.TO_HOST_CALLBACK',
    words[HEADER.TO_HOST_CALLBACK >> 2] ?? 0,
    0,
    CALLBACK.STUBS - 1,
  );
  const frame = words[HEADER.TO_HOST_FRAME >> 2] ?? 0;
  const distance = frame - CALLBACK_FRAMES;
  if (distance < 0 || distance >= CALLBACK.DEPTH * CALLBACK.BYTES || distance % CALLBACK.BYTES !== 0) {
    throw new WireDamage('HEADER.TO_HOST_FRAME', frame);
  }
  return { stub, frame };
}

/** How many of `count` frames were run. At least one was: else nothing would ever be done. */
export function framesRun(session: Words, count: number): number {
  return wordBetween(session, 'HEADER.TO_HOST_COUNT', HEADER.TO_HOST_COUNT, 1, count);
}

/** HOT: whether a frame that was run returned, and did not fault. Benchmark: sync-add. */
export function hasReturned({ words }: Words, frame: number): boolean {
  const status = words[(frame + FRAME.STATUS) >> 2] ?? 0;
  if (status === FRAME_STATUS.RETURNED) return true;
  if (status === FRAME_STATUS.FAULTED) return false;
  throw new WireDamage('FRAME.STATUS', status);
}

/** The number of the fault in a frame. */
export function faultOf(session: Words, frame: number): number {
  return wordBetween(session, 'FRAME.FAULT', frame + FRAME.FAULT, 1, 0x7fffffff);
}

/** Bytes of the text that the agent has copied into the `room` at the end of a frame, or -1 when it could not be read. */
export function capturedBytes(view: DataView, frame: number, room: number): number {
  return requireBetween('FRAME.CAPTURED', view.getInt32(frame + FRAME.CAPTURED, true), -1, room);
}

/** The offset of `bytes` bytes in the shared memory that a slot of a frame leads to. */
export function offsetInMemory(
  session: { readonly capacity: number; readonly base: number },
  address: bigint,
  bytes: number,
): number {
  return requireBetween('FRAME.SLOTS', Number(address) - session.base, 0, session.capacity - bytes);
}

/** Where the agent has mapped the memory. */
export function addressOfMemory(view: DataView): number {
  const address = view.getBigUint64(HEADER.BASE_ADDRESS, true);
  if (address > 0n && address < 1n << 47n && address % 4096n === 0n) return Number(address);
  throw new WireDamage('HEADER.BASE_ADDRESS', Number(address));
}
