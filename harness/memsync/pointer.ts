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
  private readonly session: Session;

  constructor(session: Session, address: bigint) {
    this.session = session;
    this.address = address;
  }

  plus(bytes: number): Pointer {
    return new Pointer(this.session, this.address + BigInt(bytes));
  }

  read<const N extends string>(type: N, index = 0): ScalarOf<N> {
    const parsed = parseType(type);
    const size = sizeOf(parsed, 8);
    const bytes = this.bytes(size, index * size);
    return decodeValue(
      parsed,
      new DataView(bytes.buffer, bytes.byteOffset),
      0,
      (address) => new Pointer(this.session, address),
    ) as ScalarOf<N>;
  }

  bytes(length: number, offset = 0): Uint8Array {
    const found = readMemory(this.session, this.address + BigInt(offset), length);
    if (found) return found;
    throw new DllparityError('ARGUMENT_RANGE', {
      what: `the memory at 0x${(this.address + BigInt(offset)).toString(16)} cannot be read`,
      figures: [{ name: 'wanted', value: length, unit: 'bytes' }],
      hint: 'The pointer is dangling, or fewer bytes lie behind it.',
    });
  }

  text(): string {
    return Buffer.from(readText(this.session, this.address, 1)).toString('utf8');
  }

  wideText(): string {
    return Buffer.from(readText(this.session, this.address, 2)).toString('utf16le');
  }

  toString(): string {
    return `Pointer(0x${this.address.toString(16)})`;
  }
}
