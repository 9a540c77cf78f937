import { basename } from 'node:path';
import { ensureOracle } from '../ensure-oracle.mjs';

/** @type {import('../context.mjs').Step} */
export const oracle = {
  name: "Microsoft's DLLs",
  purposes: ['tests', 'record'],
  async run(context) {
    const { folder, fetched } = await ensureOracle(context);
    if (fetched) return { changed: true, text: `fetched and verified: ${folder}` };
    return { changed: false, text: basename(folder) };
  },
};
