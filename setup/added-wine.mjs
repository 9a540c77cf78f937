import { readIfThere } from './atomic-file.mjs';
import { isCheckout, projectFiles } from './locations.mjs';

/**
 * What adds Wine 10, for messages. Only a checkout has npm scripts.
 * @param {string} root
 */
export function addWine10(root) {
  return isCheckout(root) ? 'npm run setup -- --wine 10' : 'npx dllparity setup --wine 10';
}

/** The runtimes it adds, by the ids they will have. */
export const RUNTIMES_OF_WINE_10 = ['wine-10.0-x64', 'wine-10.0-ia32'];

/**
 * Whether an earlier set-up of this folder has added Wine 10: it is kept up to date then, without being asked for again.
 * @param {string} root
 */
export async function wasWine10Added(root) {
  const text = await readIfThere(projectFiles(root).setupFile);
  try {
    /** @type {unknown} */
    const record = JSON.parse(text ?? '{}');
    return typeof record === 'object' && record !== null && 'withWine10' in record && record.withWine10 === true;
  } catch {
    return false; // A file that cannot be read is written anew.
  }
}
