import { DllparityError } from '../../base/errors.ts';
import type { ImageFile } from '../../windows/pe/image-file.ts';
import { inspectDll } from '../../windows/pe/pe-header.ts';
import { relocationsOf } from './relocations.ts';

/** Reads memory of the loaded module, counted from its base; undefined where it cannot be read. */
export type ReadModule = (offset: number, bytes: number) => Uint8Array | undefined;

/**
 * Makes sure that the code which ran is the file's: the machine code in memory, byte for byte. A loader that took a
 * builtin instead, or a hook, would show. x64 code is position-independent; that of ia32 holds addresses, and all of them
 * have to be moved by the same distance.
 */
export function verifyCodeInMemory(file: string, readModule: ReadModule): void {
  const isTheFiles = inspectDll(file, (image) => {
    const code = image.section('.text');
    if (code === undefined) return false;
    const wanted = Buffer.from(image.read(code.address, code.bytes));
    const found = readModule(code.address, wanted.length);
    if (found === undefined) return false;
    relocate(image, wanted, found, code.address);
    return Buffer.compare(wanted, found) === 0;
  });
  if (isTheFiles) return;
  throw new DllparityError('ORACLE_REFUSED', {
    what: 'the code in memory is not the code of the file: something else was loaded, or has changed it',
    where: { file },
    hint: 'Check the load order (`dllOverrides`); a native Microsoft DLL needs `native`.',
  });
}

/** Does to the code of the file what the loader did: how far it moved it is what the first address says. */
function relocate(image: ImageFile, code: Buffer, found: Uint8Array, start: number): void {
  if (image.pointerBytes !== 4) return;
  const memory = Buffer.from(found);
  const places = relocationsOf(image)
    .map((address) => address - start)
    .filter((at) => at >= 0 && at + 4 <= code.length);
  const [first] = places;
  if (first === undefined) return;
  const distance = (memory.readUInt32LE(first) - code.readUInt32LE(first)) >>> 0;
  // Modules lie at multiples of 64 KiB.
  if (distance % 0x10000 !== 0) return;
  for (const at of places) code.writeUInt32LE((code.readUInt32LE(at) + distance) >>> 0, at);
}
