// What a file names in its data.
import type { ImageFile } from './image-file.ts';

const PART_BYTES = 2 ** 18;

/** Which of these names (ASCII) stand in a file as texts that begin after a zero and end with one, as compilers leave them. */
export function stringsIn(image: ImageFile, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const wanted = names.map((name) => ({ name, bytes: Buffer.from(`\0${name}\0`, 'latin1') }));
  const overlap = Math.max(...wanted.map(({ bytes }) => bytes.length));
  for (const bytes of image.parts(PART_BYTES, overlap)) {
    for (const { name, bytes: text } of wanted) if (bytes.includes(text)) found.add(name);
  }
  return found;
}
