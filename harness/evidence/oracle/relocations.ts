import type { ImageFile } from '../../windows/pe/image-file.ts';

const RELOCATION_DIRECTORY = 5;
/** winnt.h: padding, and four bytes that hold an address. */
const ABSOLUTE = 0;
const HIGHLOW = 3;
const DIR64 = 10;

/** Places of a DLL that hold addresses, which the loader corrects when the DLL comes to lie elsewhere than it was linked for. */
export function relocationsOf(image: ImageFile): number[] {
  const directory = image.directory(RELOCATION_DIRECTORY);
  const places: number[] = [];
  if (!directory) return places;
  const end = directory.address + directory.bytes;
  for (let block = directory.address; block + 8 <= end;) {
    const page = image.u32(block);
    const bytes = image.u32(block + 4);
    if (bytes < 8) break;
    for (let at = block + 8; at + 2 <= block + bytes; at += 2) {
      const entry = image.u16(at);
      const kind = entry >> 12;
      if (kind === HIGHLOW || kind === DIR64) places.push(page + (entry & 0xfff));
      else if (kind !== ABSOLUTE) return []; // Of other processors: nothing is excused.
    }
    block += bytes;
  }
  return places;
}
