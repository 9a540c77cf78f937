import { BadImage, type ImageFile } from './image-file.ts';

/** A resource of a file: its number within its type, its language, and its bytes. */
export interface ResourceData {
  readonly id: number;
  /** LANGID: 0x409 is English as in the United States, 0 none. */
  readonly language: number;
  readonly bytes: Buffer;
}

const RESOURCE_DIRECTORY = 2;
const MAX_ENTRIES = 4096;
const SUBDIRECTORY = 0x8000_0000;

/**
 * The resources of a type, in the order of their numbers and languages, with all languages of a number or the first. Directories are type, number, language (Microsoft,
 * "PE Format", The .rsrc Section): three looks, so that a directory that holds itself leads nowhere.
 *
 * @throws BadImage where they are damaged, or one is larger than `maxBytes`
 */
export function readResources(
  image: ImageFile,
  type: number,
  { maxBytes, languages }: { readonly maxBytes: number; readonly languages: 'all' | 'first' },
): ResourceData[] {
  const directory = image.directory(RESOURCE_DIRECTORY);
  if (directory === undefined) return [];
  const root = directory.address;
  const ofType = entriesOf(image, root, root).find(({ id }) => id === type);
  if (ofType?.below === undefined) return [];
  return entriesOf(image, root, ofType.below).flatMap(({ id, below }) => {
    const ofNumber = below === undefined ? [] : entriesOf(image, root, below);
    return (languages === 'all' ? ofNumber : ofNumber.slice(0, 1)).flatMap(({ id: language, data }) =>
      data === undefined ? [] : [{ id, language, bytes: dataAt(image, data, maxBytes) }],
    );
  });
}

function dataAt(image: ImageFile, entry: number, maxBytes: number): Buffer {
  const data = image.read(entry, 8);
  const bytes = data.readUInt32LE(4);
  if (bytes > maxBytes) throw new BadImage(`damaged: a resource in it is larger than ${String(maxBytes >> 10)} KiB`);
  return image.read(data.readUInt32LE(0), bytes);
}

interface Entry {
  readonly id: number;
  /** Address of the directory below, or of the data entry. */
  readonly below: number | undefined;
  readonly data: number | undefined;
}

/** Entries with a number; those with a name come first and are left out. */
function entriesOf(image: ImageFile, root: number, directory: number): Entry[] {
  const header = image.read(directory, 16);
  const [named, numbered] = [header.readUInt16LE(12), header.readUInt16LE(14)];
  if (named + numbered > MAX_ENTRIES) throw new BadImage('damaged: its resources have no end');
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
