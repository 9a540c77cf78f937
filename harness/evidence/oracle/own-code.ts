import { DllparityError } from '../../base/errors.ts';
import { Exports } from '../../windows/pe/exports.ts';
import { ImageFile } from '../../windows/pe/image-file.ts';

/**
 * Makes sure that functions are the file's own: one that is forwarded runs in another DLL, and that may be Wine's.
 * Throws ORACLE_REFUSED.
 */
export function verifyOwnCode(file: string, names: readonly (string | number)[]): void {
  using image = new ImageFile(file);
  const exports = Exports.of(image);
  for (const name of names) {
    const found = exports?.find(name);
    if (found?.kind !== 'forwarder') continue;
    const { dll, symbol } = found.to;
    throw new DllparityError('ORACLE_REFUSED', {
      what: `${name.toString()} is not code of this file: it is forwarded to ${symbol.toString()} of ${dll}`,
      where: { file },
      hint: `Declare it in a library for ${dll}, with an oracle of its own.`,
    });
  }
}
