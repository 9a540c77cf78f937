import { parseType } from '../declare/parse-prototype.ts';
import type { ScalarOf } from '../declare/prototype-types.ts';
import { sizeOf } from '../declare/types.ts';
import type { PointerLike } from '../declare/values.ts';
import { DllparityError } from '../errors.ts';
import { readMemory, readText } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';
import { decodeValue } from './decode.ts';

/** A place in the agent's memory. Reading there asks the agent, unless the memory is shared. */
export class Pointer implements PointerLike {
  readonly address: bigint;
  // Hidden from whoever compares or prints a pointer: behind the session lie megabytes of memory.
  readonly #session: Session;
  readonly #generation: number;

  constructor(session: Session, address: bigint) {
    this.#session = session;
    this.#generation = session.generation;
    this.address = address;
  }

  /** The address, for the agent process that it belongs to. Throws AGENT_GONE in any other: there it means something else. */
  addressIn(session: Session): bigint {
    if (session === this.#session && session.generation === this.#generation) return this.address;
    throw new DllparityError('AGENT_GONE', {
      what: `${this.toString()} belongs to an agent process that has ended, or to another agent`,
      hint: 'Take a new pointer from the DLL as it is loaded now.',
    });
  }

  plus(bytes: number): Pointer {
    return new Pointer(this.#session, this.address + BigInt(bytes));
  }

  read<const N extends string>(type: N, index = 0): ScalarOf<N> {
    const parsed = parseType(type);
    const size = sizeOf(parsed, 8);
    const bytes = this.bytes(size, index * size);
    return decodeValue(
      parsed,
      new DataView(bytes.buffer, bytes.byteOffset),
      0,
      (found) => new Pointer(this.#session, found),
    ) as ScalarOf<N>;
  }

  bytes(length: number, offset = 0): Uint8Array {
    const found = readMemory(this.#session, this.addressIn(this.#session) + BigInt(offset), length);
    if (found) return found;
    throw new DllparityError('ARGUMENT_RANGE', {
      what: `the memory at 0x${(this.address + BigInt(offset)).toString(16)} cannot be read`,
      figures: [{ name: 'wanted', value: length, unit: 'bytes' }],
      hint: 'The pointer is dangling, or fewer bytes lie behind it.',
    });
  }

  text(): string {
    return Buffer.from(readText(this.#session, this.addressIn(this.#session), 1)).toString('utf8');
  }

  wideText(): string {
    return Buffer.from(readText(this.#session, this.addressIn(this.#session), 2)).toString('utf16le');
  }

  toString(): string {
    return `Pointer(0x${this.address.toString(16)})`;
  }
}
