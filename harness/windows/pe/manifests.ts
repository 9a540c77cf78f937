import { BadImage, type ImageFile } from './image-file.ts';

/** A manifest inside of a file. */
export interface EmbeddedManifestText {
  /** 1 in programs, 2 in DLLs that have assemblies of their own (winuser.h, CREATEPROCESS_MANIFEST_RESOURCE_ID, ...). */
  readonly resource: number;
  readonly text: string;
}

const RESOURCE_DIRECTORY = 2;
const RT_MANIFEST = 24;
const MAX_ENTRIES = 4096;
const MAX_MANIFEST_BYTES = 1 << 20;
const SUBDIRECTORY = 0x8000_0000;

/** The manifests among the resources, in the order of their numbers: type, then number, then language, of which the first is taken. */
export function readManifests(image: ImageFile): EmbeddedManifestText[] {
  const directory = image.directory(RESOURCE_DIRECTORY);
  if (directory === undefined) return [];
  const root = directory.address;
  const type = entriesOf(image, root, root).find(({ id }) => id === RT_MANIFEST);
  if (type?.below === undefined) return [];
  return entriesOf(image, root, type.below).flatMap(({ id, below }) => {
    const [language] = below === undefined ? [] : entriesOf(image, root, below);
    if (language?.data === undefined) return [];
    const data = image.read(language.data, 8);
    const bytes = data.readUInt32LE(4);
    if (bytes > MAX_MANIFEST_BYTES) throw new BadImage('damaged: its manifest is larger than 1 MiB');
    return [{ resource: id, text: manifestText(image.read(data.readUInt32LE(0), bytes)) }];
  });
}

interface Entry {
  readonly id: number;
  /** Address of the directory below, or of the data entry. */
  readonly below: number | undefined;
  readonly data: number | undefined;
}

/** Entries with a number; those with a name come first and are left out, as types and numbers of manifests have none. */
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

/** The text of a manifest, from UTF-8 or UTF-16. Zeros at its end, with which some tools fill a resource, are no part of it. */
export function manifestText(bytes: Buffer): string {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = bytes.toString(isWide ? 'utf16le' : 'utf8');
  return text.replace(/^\uFEFF/, '').replace(/\0+$/, '');
}
