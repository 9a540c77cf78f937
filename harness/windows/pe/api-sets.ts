import { BadImage, type ImageFile } from './image-file.ts';

const HEADER_BYTES = 28;
const ENTRY_BYTES = 24;
const VERSION = 6;
const MAX_ENTRIES = 65_536;

/**
 * Which DLLs stand behind API sets, as apisetschema.dll has it (API_SET_NAMESPACE, version 6): name without the number behind its last
 * hyphen, in lower case → file name.
 *
 * @throws BadImage where the file has another format
 */
export function readApiSets(image: ImageFile): ReadonlyMap<string, string> {
  const section = image.section('.apiset');
  if (section === undefined) throw new BadImage('no schema of API sets');
  const start = section.address;
  const header = image.read(start, HEADER_BYTES);
  const [version, count, entries] = [0, 12, 16].map((at) => header.readUInt32LE(at));
  if (version !== VERSION || count === undefined || count > MAX_ENTRIES)
    throw new BadImage('a schema of API sets of an unknown format');
  const hosts = new Map<string, string>();
  for (let index = 0; index < count; index++) {
    const entry = image.read(start + (entries ?? 0) + index * ENTRY_BYTES, ENTRY_BYTES);
    const [name = 0, , hashed = 0, values = 0, valueCount = 0] = [4, 8, 12, 16, 20].map((at) => entry.readUInt32LE(at));
    if (valueCount === 0) continue;
    const value = image.read(start + values, 20);
    const host = image.read(start + value.readUInt32LE(12), value.readUInt32LE(16)).toString('utf16le');
    hosts.set(
      image
        .read(start + name, hashed)
        .toString('utf16le')
        .toLowerCase(),
      host,
    );
  }
  return hosts;
}

/** The part of an API set's name that counts: `api-ms-win-core-file-l1-2` of `api-ms-win-core-file-l1-2-0.dll`. */
export function apiSetKey(name: string): string {
  const key = name.toLowerCase().replace(/\.dll$/, '');
  const hyphen = key.lastIndexOf('-');
  return hyphen < 0 ? key : key.slice(0, hyphen);
}
