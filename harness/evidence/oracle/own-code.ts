import { DllparityError } from '../../base/errors.ts';
import { Exports } from '../../windows/pe/exports.ts';
import { inspectDll } from '../../windows/pe/pe-header.ts';

/**
 * Makes sure that functions are the file's own: one that is forwarded runs in another DLL, and that may be Wine's.
 * Throws ORACLE_REFUSED, and DLL_LOAD_FAILED where the file is damaged.
 */
export function verifyOwnCode(file: string, names: readonly (string | number)[]): void {
  const found = inspectDll(file, (image) => {
    const exports = Exports.of(image);
    return names.map((name) => ({ name, exported: exports?.find(name) }));
  });
  for (const { name, exported } of found) {
    if (exported?.kind !== 'forwarder') continue;
    const { dll, symbol } = exported.to;
    throw new DllparityError('ORACLE_REFUSED', {
      what: `${name.toString()} is not code of this file: it is forwarded to ${symbol.toString()} of ${dll}`,
      where: { file },
      hint: `Declare it in a library for ${dll}, with an oracle of its own.`,
    });
  }
}

/** Those of the functions that the file does not export. */
export function missingExports(file: string, names: readonly (string | number)[]): readonly (string | number)[] {
  return inspectDll(file, (image) => {
    const exports = Exports.of(image);
    return names.filter((name) => exports?.find(name) === undefined);
  });
}
