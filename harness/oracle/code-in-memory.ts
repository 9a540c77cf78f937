import { NtExecutable } from 'pe-library';
import { DllparityError } from '../errors.ts';
import { MAX_IMAGE_BYTES, readRegularFile } from '../paths/regular-file.ts';

/** Reads memory of the loaded module, counted from its base; undefined where it cannot be read. */
export type ReadModule = (offset: number, bytes: number) => Uint8Array | undefined;

/**
 * Makes sure that the code which ran is the file's: the machine code in memory, byte for byte. A loader that took a
 * builtin instead, or a hook, would show. x64 code is position-independent, so nothing in it is relocated.
 */
export function verifyCodeInMemory(file: string, readModule: ReadModule): void {
  const sections = NtExecutable.from(readRegularFile(file, MAX_IMAGE_BYTES, true), {
    ignoreCert: true,
  }).getAllSections();
  const code = sections.find(({ info }) => info.name === '.text');
  const wanted = code?.data ? new Uint8Array(code.data).subarray(0, code.info.virtualSize) : undefined;
  const found = code && wanted ? readModule(code.info.virtualAddress, wanted.length) : undefined;
  if (wanted && found && Buffer.compare(wanted, found) === 0) return;
  throw new DllparityError('ORACLE_REFUSED', {
    what: 'the code in memory is not the code of the file: something else was loaded, or has changed it',
    where: { file },
    hint: 'Check the load order (`dllOverrides`); a native Microsoft DLL needs `native`.',
  });
}
