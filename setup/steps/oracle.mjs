import { ensureOracle } from '../ensure-oracle.mjs';
import { readOraclePackages } from '../oracle-registry.mjs';
import { projectFiles } from '../locations.mjs';

/** What the tests record from; the rest is only fetched to record. */
const FOR_TESTS = ['msvcr120.dll', 'msvcp120.dll'];

/** @type {import('../context.mjs').Step} */
export const oracle = {
  name: "Microsoft's DLLs",
  purposes: ['tests', 'record'],
  async run(context) {
    const wanted = context.oracles ?? (context.purpose === 'tests' ? FOR_TESTS : 'all');
    const packages = await readOraclePackages(projectFiles(context.root).oracles, wanted);
    const fetched = [];
    for (const each of packages) if (await ensureOracle(each, context)) fetched.push(each.id);
    if (fetched.length > 0) return { changed: true, text: `fetched and verified: ${fetched.join(', ')}` };
    return { changed: false, text: packages.map(({ id }) => id).join(', ') };
  },
};
