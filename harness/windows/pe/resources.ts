import { BadImage, type ImageFile } from './image-file.ts';

/** A resource of a file: its number within its type, its language, and its bytes. */
export interface ResourceData {
  readonly id: number;
  /** LANGID: 0x409 is English as in the United States, 0 none. */
  readonly language: number;
  readonly bytes: Buffer;
}

const RESOURCE_DIRECTORY = 2;
// Of all directories and resources that are looked at: each may point to the same, so that a small file says it has millions.
const MAX_ENTRIES = 4096;
const MAX_TOTAL_BYTES = 16 << 20;
const SUBDIRECTORY = 0x8000_0000;

/**
 * The resources of a type, in the order of their numbers and languages, with all languages of a number or the first. Directories are
 * type, number, language (Microsoft, "PE Format", The .rsrc Section): three looks, so that a directory that holds itself leads nowhere.
 *
 * @throws BadImage where they are damaged, one is larger than `maxBytes`, or all are larger than 16 MiB
 */
export function readResources(
  image: ImageFile,
  type: number,
  { maxBytes, languages }: { readonly maxBytes: number; readonly languages: 'all' | 'first' },
): ResourceData[] {
  const directory = image.directory(RESOURCE_DIRECTORY);
  if (directory === undefined) return [];
  const root = directory.address;
  const left = { entries: MAX_ENTRIES, bytes: MAX_TOTAL_BYTES };
  const ofType = entriesOf(image, root, root, left).find(({ id }) => id === type);
  if (ofType?.below === undefined) return [];
  return entriesOf(image, root, ofType.below, left).flatMap(({ id, below }) => {
    const ofNumber = below === undefined ? [] : entriesOf(image, root, below, left);
    return (languages === 'all' ? ofNumber : ofNumber.slice(0, 1)).flatMap(({ id: language, data }) =>
      data === undefined ? [] : [{ id, language, bytes: dataAt(image, data, maxBytes, left) }],
    );
  });
}

/** What may still be looked at. */
interface Allowance {
  entries: number;
  bytes: number;
}

function dataAt(image: ImageFile, entry: number, maxBytes: number, left: Allowance): Buffer {
  const data = image.read(entry, 8);
  const bytes = data.readUInt32LE(4);
  if (bytes > maxBytes) throw new BadImage(`damaged: a resource in it is larger than ${String(maxBytes >> 10)} KiB`);
  left.bytes -= bytes;
  if (left.bytes < 0) throw new BadImage('damaged: its resources have no end');
  return image.read(data.readUInt32LE(0), bytes);
}

interface Entry {
  readonly id: number;
  /** Address of the directory below, or of the data entry. */
  readonly below: number | undefined;
  readonly data: number | undefined;
}

/** Entries with a number; those with a name come first and are left out. */
function entriesOf(image: ImageFile, root: number, directory: number, left: Allowance): Entry[] {
  const header = image.read(directory, 16);
  const [named, numbered] = [header.readUInt16LE(12), header.readUInt16LE(14)];
  left.entries -= named + numbered;
  if (left.entries < 0) throw new BadImage('damaged: its resources have no end');
  return Array.from({ length: numbered }, (_, index) => {
    const entry = image.read(directory + 16 + (named + index) * 8, 8);
    const offset = entry.readUInt32LE(4);
    const isFolder = offset >= SUBDIRECTORY;
    const address = root + (isFolder ? offset - SUBDIRECTORY : offset);
    return {
      id: entry.readUInt32LE(0),
      below: isFolder ? address : undefined,
      data: isFolder ? undefined : address,
    };
  });
}
