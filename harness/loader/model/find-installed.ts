import { processorName } from '../manifest/processor-name.ts';
import type { AssemblyIdentity } from '../scenario.ts';
import type { Surroundings } from './surroundings.ts';
import { Undocumented } from './step.ts';
import type { InstalledAssembly } from './world.ts';

/** The assembly in WinSxS that a manifest asks for: Windows looks there before it looks for a private one. */
export function findInstalled(
  wanted: AssemblyIdentity,
  { state, world, trace }: Surroundings,
): InstalledAssembly | undefined {
  for (const assembly of world.shared ?? []) {
    const { identity, folder } = assembly;
    if (identity.name.toLowerCase() !== wanted.name.toLowerCase()) continue;
    const differs = differenceOf(wanted, identity, state.architecture);
    const skipped = differs === undefined ? {} : { skipped: `its ${differs} is another one` };
    trace.say('assembly-shared', `${identity.name} ${identity.version} is in WinSxS`, { path: folder, ...skipped });
    if (differs !== undefined) continue;
    if (wanted.language !== identity.language) {
      throw new Undocumented('assembly-language', 'languages of shared assemblies are not modelled');
    }
    return assembly;
  }
  return undefined;
}

/** A shared assembly is taken only with the very identity, unless a configuration redirects it. */
function differenceOf(wanted: AssemblyIdentity, found: AssemblyIdentity, own: 'x64' | 'ia32'): string | undefined {
  const key = (identity: AssemblyIdentity): string => (identity.publicKeyToken ?? '').toLowerCase();
  if (key(wanted) !== key(found)) return 'public key';
  if (processorName(wanted.architecture, own) !== processorName(found.architecture, own)) return 'processor';
  return wanted.version === found.version ? undefined : 'version';
}
