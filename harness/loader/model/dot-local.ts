import type { Surroundings } from './surroundings.ts';
import { Undocumented } from './step.ts';
import { ALWAYS_LOADED, isKnownDll } from './windows-dlls.ts';
import { baseName, joinPath } from './windows-path.ts';

/** The file that `<program>.local` redirects a DLL to, whatever its path. */
export function redirectTo(name: string, { state, world, trace }: Surroundings): string | undefined {
  const local = state.redirection;
  if (local.kind === 'none') return undefined;
  const rule = local.kind === 'file' ? 'local-file' : 'local-folder';
  const path = joinPath(local.folder, baseName(name));
  if (world.lookUp(path) === undefined) {
    trace.say(rule, 'redirection looks here first', { path, found: false });
    return undefined;
  }
  if (local.unsure !== undefined) throw new Undocumented('local-override', local.unsure);
  const plain = baseName(name).toLowerCase();
  const isKnown = ALWAYS_LOADED.includes(plain) ? 'yes' : isKnownDll(plain);
  if (isKnown === 'perhaps') {
    throw new Undocumented('local-known', `whether ${name} is on the list KnownDLLs depends on the version of Windows`);
  }
  if (isKnown === 'yes') {
    trace.say('local-known', 'a copy of a known DLL', { path, found: true, skipped: 'known DLLs are not redirected' });
    return undefined;
  }
  trace.say(rule, 'redirection looks here first', { path, found: true });
  return path;
}
