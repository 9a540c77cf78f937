import { describe, expect, it } from 'vitest';
import type { ImageFile } from '../../../windows/pe/image-file.ts';
import { readResources } from '../../../windows/pe/resources.ts';

const VERSION = 16;
const [ROOT, NUMBERS, LANGUAGES, DATA] = [0, 0x100, 0x10_000, 0x20_000];

/** Resources that all lie in one place: each number leads to the same languages, and each of those to the same bytes. */
function shared(numbers: number, languages: number, bytes: number): ImageFile {
  const memory = Buffer.alloc(DATA + 8 + bytes);
  const directory = (at: number, count: number, target: (index: number) => [id: number, offset: number]): void => {
    memory.writeUInt16LE(count, at + 14);
    for (let index = 0; index < count; index++) {
      const [id, offset] = target(index);
      memory.writeUInt32LE(id, at + 16 + index * 8);
      memory.writeUInt32LE(offset, at + 20 + index * 8);
    }
  };
  directory(ROOT, 1, () => [VERSION, 0x8000_0000 + NUMBERS]);
  directory(NUMBERS, numbers, (index) => [index, 0x8000_0000 + LANGUAGES]);
  directory(LANGUAGES, languages, (index) => [index, DATA]);
  memory.writeUInt32LE(DATA + 8, DATA);
  memory.writeUInt32LE(bytes, DATA + 4);
  const image = {
    directory: () => ({ address: ROOT, bytes: memory.length }),
    read: (address: number, length: number) => memory.subarray(address, address + length),
  };
  return image as unknown as ImageFile;
}

describe('readResources', () => {
  const options = { maxBytes: 1 << 20, languages: 'all' } as const;

  it('reads each number in each language, or in its first', () => {
    const image = shared(2, 3, 10);
    const all = readResources(image, VERSION, options).map(({ id, language }) => [id, language]);
    expect(all).toEqual([[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]); // prettier-ignore
    expect(readResources(image, VERSION, { ...options, languages: 'first' })).toHaveLength(2);
    expect(readResources(image, 24, options)).toEqual([]);
  });

  it('refuses a small file that says it has millions of them', () => {
    expect(() => readResources(shared(4000, 4000, 1), VERSION, options)).toThrow('have no end');
    expect(() => readResources(shared(40, 1, 1 << 20), VERSION, options)).toThrow('have no end');
    expect(() => readResources(shared(1, 1, (1 << 20) + 1), VERSION, options)).toThrow('larger than 1024 KiB');
  });
});
