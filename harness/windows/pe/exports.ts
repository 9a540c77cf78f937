import { BadImage, type ImageFile } from './image-file.ts';
import type { ImportedSymbol } from './imports.ts';

/** What an export is: code or data of the file itself, or another DLL's. */
export type Export =
  | { readonly kind: 'own'; /** Relative virtual address. */ readonly address: number }
  | { readonly kind: 'forwarder'; readonly to: Forward };

/** `NTDLL.RtlAllocateHeap`, `MSVCRT.#17`. */
export interface Forward {
  /** With its extension. */
  readonly dll: string;
  readonly symbol: ImportedSymbol;
}

const EXPORT_DIRECTORY = 0;
// Numbers of exports have 16 bits.
const MAX_EXPORTS = 65_536;
const MAX_NAME_BYTES = 4096;

/** The exports of a DLL. Looked up one by one: a DLL may have tens of thousands, and a program asks for a few. */
export class Exports {
  private readonly image: ImageFile;
  private readonly table: { readonly start: number; readonly end: number };
  private readonly base: number;
  private readonly count: number;
  private readonly functions: number;
  /** Names with their index in the table of functions. */
  private readonly names: ReadonlyMap<string, number>;

  /** Undefined where the file exports nothing. */
  static of(image: ImageFile): Exports | undefined {
    const directory = image.directory(EXPORT_DIRECTORY);
    return directory && new Exports(image, directory.address, directory.bytes);
  }

  private constructor(image: ImageFile, address: number, bytes: number) {
    const header = image.read(address, 40);
    this.image = image;
    this.table = { start: address, end: address + bytes };
    this.base = header.readUInt32LE(16);
    this.count = header.readUInt32LE(20);
    this.functions = header.readUInt32LE(28);
    const names = header.readUInt32LE(24);
    if (this.count > MAX_EXPORTS || names > MAX_EXPORTS) {
      throw new BadImage('damaged: it says that it exports more than a DLL can');
    }
    const [nameTable, indexTable] = [header.readUInt32LE(32), header.readUInt32LE(36)];
    const found = new Map<string, number>();
    for (let i = 0; i < names; i++) {
      found.set(image.text(image.u32(nameTable + i * 4), MAX_NAME_BYTES), image.u16(indexTable + i * 2));
    }
    this.names = found;
  }

  /** Undefined where there is no such export. */
  find(symbol: ImportedSymbol): Export | undefined {
    const index = typeof symbol === 'number' ? symbol - this.base : this.names.get(symbol);
    return index === undefined ? undefined : this.at(index);
  }

  /** Names and numbers (`#17`) of all that is exported. */
  all(): Map<string, Export> {
    const found = new Map<string, Export>();
    for (let index = 0; index < this.count; index++) {
      const exported = this.at(index);
      if (exported !== undefined) found.set(`#${String(index + this.base)}`, exported);
    }
    for (const [name, index] of this.names) {
      const exported = this.at(index);
      if (exported !== undefined) found.set(name, exported);
    }
    return found;
  }

  private at(index: number): Export | undefined {
    if (index < 0 || index >= this.count) return undefined;
    const address = this.image.u32(this.functions + index * 4);
    if (address === 0) return undefined;
    // An address inside of the export table is that of a forwarder's text (Microsoft, "PE Format", Export Address Table).
    if (address < this.table.start || address >= this.table.end) return { kind: 'own', address };
    return { kind: 'forwarder', to: readForward(this.image.text(address, MAX_NAME_BYTES)) };
  }
}

function readForward(text: string): Forward {
  // The name of a DLL may have dots, that of a function has none.
  const dot = text.lastIndexOf('.');
  if (dot <= 0) throw new BadImage(`damaged: a forwarder in it names no DLL ("${text}")`);
  const [dll, symbol] = [text.slice(0, dot), text.slice(dot + 1)];
  return {
    dll: dll.includes('.') ? dll : `${dll}.dll`,
    symbol: symbol.startsWith('#') ? Number(symbol.slice(1)) : symbol,
  };
}
