import { DllparityError } from '../../base/errors.ts';

const IMPORT_DIRECTORY = 1;
const DESCRIPTOR_BYTES = 20;
const DESCRIPTOR_NAME = 12;

/** A Windows executable in memory, whose bytes are changed in place. Addresses are relative to the image. */
export class PeFile {
  readonly bytes: Buffer;
  readonly #sections: readonly { readonly address: number; readonly size: number; readonly offset: number }[];
  readonly #directories: number;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    const header = bytes.readUInt32LE(0x3c);
    const optional = header + 24;
    const optionalBytes = bytes.readUInt16LE(header + 20);
    const count = bytes.readUInt16LE(header + 6);
    // Behind it the fields of PE32+ are wider.
    this.#directories = optional + (bytes.readUInt16LE(optional) === 0x20b ? 112 : 96);
    this.#sections = Array.from({ length: count }, (_, index) => {
      const at = optional + optionalBytes + index * 40;
      return {
        address: bytes.readUInt32LE(at + 12),
        size: bytes.readUInt32LE(at + 16),
        offset: bytes.readUInt32LE(at + 20),
      };
    });
  }

  /** Where in the file an address is. */
  offset(address: number): number {
    const section = this.#sections.find((each) => address >= each.address && address < each.address + each.size);
    if (section === undefined) throw new Error(`internal: no section holds ${address.toString(16)}`);
    return address - section.address + section.offset;
  }

  /** Takes out the import of the DLL whose name lies at this address: those behind it move up. */
  removeImport(nameAddress: number): void {
    // The list ends with a descriptor of zeroes, which moves up too.
    for (let at = this.#descriptor(nameAddress); this.#nameAt(at) !== 0; at += DESCRIPTOR_BYTES)
      this.bytes.copy(this.bytes, at, at + DESCRIPTOR_BYTES, at + 2 * DESCRIPTOR_BYTES);
  }

  /** Moves the import of the DLL whose name lies at this address before all others: loaders go through them in order. */
  importFirst(nameAddress: number): void {
    const at = this.#descriptor(nameAddress);
    const descriptor = Buffer.from(this.bytes.subarray(at, at + DESCRIPTOR_BYTES));
    this.bytes.copy(this.bytes, this.#imports + DESCRIPTOR_BYTES, this.#imports, at);
    descriptor.copy(this.bytes, this.#imports);
  }

  get #imports(): number {
    return this.offset(this.bytes.readUInt32LE(this.#directories + IMPORT_DIRECTORY * 8));
  }

  #nameAt(descriptor: number): number {
    return this.bytes.readUInt32LE(descriptor + DESCRIPTOR_NAME);
  }

  #descriptor(nameAddress: number): number {
    let at = this.#imports;
    for (; this.#nameAt(at) !== nameAddress; at += DESCRIPTOR_BYTES)
      if (this.#nameAt(at) === 0) throw new Error('internal: there is no such import');
    return at;
  }

  writeText(address: number, text: string, room: number, encoding: 'utf8' | 'utf16le'): void {
    const written = Buffer.from(`${text}\0`, encoding);
    if (written.length > room) throw tooLong(text, room / (encoding === 'utf8' ? 1 : 2) - 1);
    written.copy(this.bytes, this.offset(address));
  }
}

function tooLong(text: string, room: number): DllparityError {
  return new DllparityError('ARGUMENT_RANGE', {
    what: `${JSON.stringify(text.slice(0, 40))}… is too long for a DLL of a scenario`,
    figures: [{ name: 'at most', value: room, unit: 'bytes' }],
    hint: 'Use a shorter name.',
  });
}
