import type { DllContent, Program } from '../scenario.ts';
import { PatchedImage } from './patched-image.ts';

// A scenario's DLLs and its program are copies of two files that the set-up has built (reference-dlls/search-order), changed in a
// few places. A table in each says where those are.
const TABLE = 'dllparity places\0';
const ALIGNMENT = 16;

const ROOM = { file: 264, variant: 104, loads: 262 * 2, forward: 280 };
const MAGIC_BYTES = 24;
/** Members of `struct task` in variant.c. */
const TASK = { dllMain: 0, imports: 4, loads: 8 };
const DLL_MAIN = { succeeds: 0, fails: 1, loads: 2 };

/** Addresses of the places, in the order in which the table has them. */
interface Places {
  readonly importedFile: number;
  readonly secondName: number;
  readonly secondAddress: number;
  readonly task: number;
  readonly marker: number;
  readonly whichSlot: number;
  readonly forward: number;
}

/** What the patched file is to be. */
type Wish = Pick<DllContent, 'imports' | 'missingSymbol'>;

/** A DLL that says that it is `content.variant`. Its manifest is not in it. */
export function patchDll(template: Buffer, content: Omit<DllContent, 'kind' | 'architecture' | 'manifest'>): Buffer {
  const file = new PatchedImage(Buffer.from(template));
  const places = readPlaces(file);
  const task = file.offset(places.task);
  patchImport(file, places, content);
  file.writeText(places.marker + MAGIC_BYTES, content.variant, ROOM.variant, 'utf8');
  file.bytes.writeUInt32LE(content.imports === undefined ? 0 : 1, task + TASK.imports);
  const { dllMain } = content;
  file.bytes.writeUInt32LE(DLL_MAIN[typeof dllMain === 'string' ? dllMain : 'loads'], task + TASK.dllMain);
  if (typeof dllMain !== 'string') file.writeText(places.task + TASK.loads, dllMain.loads, ROOM.loads, 'utf16le');
  if (content.forwards !== undefined) {
    file.writeText(places.forward, `${withoutDll(content.forwards)}.which`, ROOM.forward, 'utf8');
    file.bytes.writeUInt32LE(places.forward, file.offset(places.whichSlot));
  }
  return file.bytes;
}

/** A program that makes the calls of a file. Its manifest is not in it. */
export function patchProgram(template: Buffer, program: Pick<Program, 'imports' | 'missingSymbol'>): Buffer {
  const file = new PatchedImage(Buffer.from(template));
  const places = readPlaces(file);
  patchImport(file, places, program);
  file.bytes.writeUInt32LE(program.imports === undefined ? 0 : 1, file.offset(places.task));
  return file.bytes;
}

function patchImport(file: PatchedImage, places: Places, { imports, missingSymbol }: Wish): void {
  if (imports === undefined) {
    file.removeImport(places.importedFile);
    return;
  }
  // Before kernel32: no look-up comes between what the calls before have left and this one.
  file.importFirst(places.importedFile);
  file.writeText(places.importedFile, imports, ROOM.file, 'utf8');
  if (missingSymbol) return;
  // A zero ends the list of what is imported from a DLL. Half of an entry of 64 bits is zero anyway.
  for (const address of [places.secondName, places.secondAddress]) file.bytes.writeUInt32LE(0, file.offset(address));
}

/** Forwarders name a DLL without its extension, when that is .dll. */
function withoutDll(name: string): string {
  return name.replace(/\.dll$/i, '');
}

function readPlaces(file: PatchedImage): Places {
  const table = file.bytes.indexOf(TABLE, 0, 'latin1');
  if (table < 0 || table % ALIGNMENT !== 0) throw new Error('internal: the file has no table of places');
  const start = table + Math.ceil(TABLE.length / 4) * 4;
  const at = (index: number): number => file.bytes.readUInt32LE(start + index * 4);
  return {
    importedFile: at(0),
    secondName: at(1),
    secondAddress: at(2),
    task: at(3),
    marker: at(4),
    whichSlot: at(5),
    forward: at(6),
  };
}
