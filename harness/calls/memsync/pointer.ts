import { layoutOf } from '../../types/abi/layout.ts';
import type { MemberIn, MemberOut } from '../../types/declare/prototype-types.ts';
import { typeOf } from '../../types/declare/type-objects.ts';
import type { AnyType, PointerLike } from '../../types/declare/values.ts';
import type { WindowsTypes } from '../../types/declare/windows-types.ts';
import { DllparityError } from '../../base/errors.ts';
import { readMemory, readText } from '../session/read-memory.ts';
import type { Session } from '../session/session.ts';
import { readBehind, readValueBehind } from './read-value.ts';
import { decodeText } from './text.ts';
import { writeBehind } from './write-behind.ts';

/** A place in the agent's memory. Reading there asks the agent, unless the memory is shared. */
export class Pointer implements PointerLike {
  readonly address: bigint;
  // Hidden from whoever compares or prints a pointer: behind the session lie megabytes of memory.
  readonly #session: Session;
  readonly #generation: number;
  readonly #encoding: string;

  constructor(session: Session, address: bigint, encoding = 'utf8') {
    this.#session = session;
    this.#generation = session.generation;
    this.#encoding = encoding;
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
    return new Pointer(this.#session, this.address + BigInt(bytes), this.#encoding);
  }

  read<const N extends AnyType>(type: N, index = 0): MemberOut<N, WindowsTypes> {
    const layout = layoutOf(typeOf(type), this.#session.pointerBytes);
    const address = this.addressIn(this.#session) + BigInt(index * layout.bytes);
    return readValueBehind(this.#source, layout, address, `the ${layout.name}`) as MemberOut<N, WindowsTypes>;
  }

  write<const N extends AnyType>(type: N, value: MemberIn<N, WindowsTypes>, index = 0): void {
    const layout = layoutOf(typeOf(type), this.#session.pointerBytes);
    const address = this.addressIn(this.#session) + BigInt(index * layout.bytes);
    writeBehind(this.#session, layout, value, address, this.#encoding);
  }

  array<const N extends AnyType>(type: N, length: number): MemberOut<N, WindowsTypes>[] {
    const layout = layoutOf(typeOf(type), this.#session.pointerBytes);
    const found = readBehind(
      this.#source,
      layout,
      this.addressIn(this.#session),
      length,
      `the array of ${layout.name}`,
    );
    // Characters as an array are numbers: whoever wants the text asks for it.
    return (typeof found === 'string' ? [...this.#units(layout.bytes, length)] : found) as MemberOut<N, WindowsTypes>[];
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

  text(encoding = this.#encoding): string {
    return decodeText(readText(this.#session, this.addressIn(this.#session), 1), encoding);
  }

  wideText(): string {
    return Buffer.from(readText(this.#session, this.addressIn(this.#session), 2)).toString('utf16le');
  }

  toString(): string {
    return `Pointer(0x${this.address.toString(16)})`;
  }

  get #source(): { readonly session: Session; readonly encoding: string } {
    return { session: this.#session, encoding: this.#encoding };
  }

  #units(unit: number, length: number): Int8Array | Uint16Array {
    const { buffer, byteOffset } = this.bytes(unit * length).slice();
    return unit === 2 ? new Uint16Array(buffer, byteOffset, length) : new Int8Array(buffer, byteOffset, length);
  }
}

/** A number as an address; negative ones count from the end, as pseudo-handles do. Nothing wraps silently. */
export function toAddress(value: number | bigint, pointerBytes: number): bigint {
  const bits = BigInt(pointerBytes * 8);
  const isWhole = typeof value === 'bigint' || Number.isSafeInteger(value);
  const whole = isWhole ? BigInt(value) : 1n << 64n;
  if (whole >= -(1n << (bits - 1n)) && whole < 1n << bits) return BigInt.asUintN(Number(bits), whole);
  throw new DllparityError('ARGUMENT_RANGE', {
    what: `${value.toString()} is no address of ${bits.toString()} bits`,
    hint: 'Pass a whole number; a bigint where it is larger than Number.MAX_SAFE_INTEGER.',
  });
}
