import { DllparityError } from '../../base/errors.ts';
import { ImageFile } from '../../windows/pe/image-file.ts';

const IMPORT_DIRECTORY = 1;
const DESCRIPTOR_BYTES = 20;
const DESCRIPTOR_NAME = 12;

/** A Windows executable in memory, whose bytes are changed in place. Addresses are relative to the image. */
export class PatchedImage {
  readonly bytes: Buffer;
  readonly #image: ImageFile;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.#image = new ImageFile(bytes);
  }

  /** Where in the file an address is. */
  offset(address: number): number {
    return this.#image.fileOffset(address);
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
    const imports = this.#image.directory(IMPORT_DIRECTORY);
    if (imports === undefined) throw new Error('internal: the file imports nothing');
    return this.offset(imports.address);
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
