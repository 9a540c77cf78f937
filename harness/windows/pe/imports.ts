import { BadImage, type ImageFile } from './image-file.ts';

/** A function that is imported: by its name, or by its number. */
export type ImportedSymbol = string | number;

/** As texts: `#17` is a number. No name of a function begins so. */
export function symbolText(symbol: ImportedSymbol): string {
  return typeof symbol === 'number' ? `#${String(symbol)}` : symbol;
}

/** What a file imports from one DLL. */
export interface ImportedDll {
  /** As the file spells it. */
  readonly name: string;
  readonly symbols: readonly ImportedSymbol[];
}

const IMPORT_DIRECTORY = 1;
const DELAY_IMPORT_DIRECTORY = 13;
const MAX_DLLS = 1000;
/** From one DLL. */
const MAX_SYMBOLS = 65_536;
/** Of a file. Tables may overlap, so that a small file could name a thousand times as many. */
const MAX_ALL_SYMBOLS = 4 * MAX_SYMBOLS;
const MAX_NAME_BYTES = 512;
// Names that C++ compilers make are long.
const MAX_SYMBOL_BYTES = 4096;
// Attribute of a delay-load descriptor (delayimp.h): without it, its fields are addresses, as Visual C++ 6.0 wrote them.
const DELAY_BY_RVA = 1;

/** What the loader loads before the program starts (IMAGE_IMPORT_DESCRIPTOR). */
export function readImports(image: ImageFile): ImportedDll[] {
  const directory = image.directory(IMPORT_DIRECTORY);
  if (directory === undefined) return [];
  const found: ImportedDll[] = [];
  let left = MAX_ALL_SYMBOLS;
  for (let at = directory.address; ; at += 20) {
    const descriptor = image.read(at, 20);
    const [lookup, name, addresses] = [0, 12, 16].map((offset) => descriptor.readUInt32LE(offset));
    if (!name || !addresses) return found;
    if (found.length === MAX_DLLS) throw new BadImage('damaged: its import table has no end');
    // Some linkers leave the lookup table out; before the file is loaded the address table says the same.
    const symbols = readSymbols(image, lookup || addresses, 0, left);
    left -= symbols.length;
    found.push({ name: image.text(name, MAX_NAME_BYTES), symbols });
  }
}

/** What is loaded when a function of it is called for the first time (ImgDelayDescr). */
export function readDelayImports(image: ImageFile): ImportedDll[] {
  const directory = image.directory(DELAY_IMPORT_DIRECTORY);
  if (directory === undefined) return [];
  const found: ImportedDll[] = [];
  let left = MAX_ALL_SYMBOLS;
  for (let at = directory.address; ; at += 32) {
    const descriptor = image.read(at, 32);
    if (descriptor.readUInt32LE(4) === 0) return found;
    if (found.length === MAX_DLLS) throw new BadImage('damaged: its delay-load table has no end');
    const base = (descriptor.readUInt32LE(0) & DELAY_BY_RVA) === 0 ? Number(image.imageBase) : 0;
    const [name, names] = [4, 16].map((offset) => descriptor.readUInt32LE(offset) - base);
    const symbols = readSymbols(image, names ?? 0, base, left);
    left -= symbols.length;
    found.push({ name: image.text(name ?? 0, MAX_NAME_BYTES), symbols });
  }
}

/** An import lookup table: pointer-sized entries that end with a zero; the highest bit says that it is a number. */
function readSymbols(image: ImageFile, table: number, base: number, left: number): ImportedSymbol[] {
  const symbols: ImportedSymbol[] = [];
  for (let at = table; ; at += image.pointerBytes) {
    const entry = image.read(at, image.pointerBytes);
    const low = entry.readUInt32LE(0);
    const high = entry.readUInt32LE(image.pointerBytes - 4);
    if (low === 0 && high === 0) return symbols;
    if (symbols.length === Math.min(MAX_SYMBOLS, left)) throw new BadImage('damaged: its import table has no end');
    // Behind a hint of two bytes.
    symbols.push(high >= 0x8000_0000 ? low & 0xffff : image.text(low - base + 2, MAX_SYMBOL_BYTES));
  }
}
