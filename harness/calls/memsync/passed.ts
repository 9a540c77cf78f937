// What one call has put into shared memory for the caller's values: each of them once, however often it is passed.
import type { Layout } from '../../types/abi/layout-kinds.ts';
import { ByteRanges } from './byte-ranges.ts';
import { PassedText } from './passed-text.ts';

/** An array or object of the caller's in shared memory. */
export interface PassedObject {
  readonly target: Layout;
  readonly at: number;
  /** Whether the function finds the values there; an `_Out_` array alone begins with zeros. */
  hasValues: boolean;
  comesBack: boolean;
}

/** HOT for one array. */
export class Passed {
  readonly ranges = new ByteRanges();
  // Most calls have one: a map costs more than the rest of this.
  private first: object | undefined;
  private firstPassed: PassedObject | undefined;
  private others: Map<object, PassedObject> | undefined;
  /** What the caller passed for pointers inside memory, and their addresses, in the order in which they were noted. */
  private noted: unknown[] | undefined;
  private notedAt: bigint[] | undefined;
  /** The same by address; made when somebody asks, which nobody does for what only goes in. */
  private behind: Map<bigint, unknown> | undefined;
  /** Of those, the texts, in the order in which they lie; made when a pointer leads into the middle of one. */
  private texts: PassedText[] | undefined;

  /** Where a value is already, as the same type: there it is one memory, as on Windows. */
  find(value: object, target: Layout): PassedObject | undefined {
    const found = value === this.first ? this.firstPassed : this.others?.get(value);
    return found?.target === target ? found : undefined;
  }

  add(value: object, target: Layout, at: number, hasValues: boolean): PassedObject {
    const added: PassedObject = { target, at, hasValues, comesBack: false };
    if (this.first === undefined) {
      this.first = value;
      this.firstPassed = added;
    } else (this.others ??= new Map<object, PassedObject>()).set(value, added);
    return added;
  }

  /** Notes what a pointer inside memory stands for. */
  note(address: bigint, value: unknown): void {
    const noted = (this.noted ??= []);
    const notedAt = (this.notedAt ??= []);
    const last = noted[noted.length - 1];
    // The text is noted just before the pointer to it.
    if (last instanceof PassedText && !(value instanceof PassedText) && notedAt[notedAt.length - 1] === address) {
      last.given = value;
      return;
    }
    noted.push(value);
    notedAt.push(address);
    this.behind = undefined;
  }

  /** Whether a pointer inside memory leads to anything of the caller's. */
  get hasBehind(): boolean {
    return this.noted !== undefined;
  }

  /** What the caller passed for a pointer inside memory that had this address; undefined for any other address. */
  valueAt(address: bigint): unknown {
    return this.byAddress?.get(address);
  }

  /** What was noted last for an address stands for it. */
  private get byAddress(): ReadonlyMap<bigint, unknown> | undefined {
    const { noted, notedAt } = this;
    if (noted && notedAt) this.behind ??= new Map(notedAt.map((address, index) => [address, noted[index]]));
    return this.behind;
  }

  /** The text in which a byte of the shared memory lies. */
  textAround(offset: number): PassedText | undefined {
    // Memory is given out upwards.
    this.texts ??= (this.noted ?? []).filter((value) => value instanceof PassedText);
    let low = 0;
    let high = this.texts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.texts[middle]?.at ?? Infinity) <= offset) low = middle + 1;
      else high = middle;
    }
    const found = this.texts[low - 1];
    return found && offset <= found.at + found.bytes ? found : undefined;
  }

  /** For encoding all once more. */
  anew(): void {
    this.ranges.anew();
    this.first = this.firstPassed = this.others = undefined;
    this.noted = this.notedAt = this.behind = this.texts = undefined;
  }
}

/** The bytes of memory that JavaScript itself has as bytes. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}
