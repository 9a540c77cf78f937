import type { Surroundings } from './find-module.ts';
import { Undocumented } from './step.ts';
import { isKnownDll } from './windows-dlls.ts';
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
  if (isKnownDll(name) !== 'no') {
    throw new Undocumented('local-known', 'no page says whether redirection holds for known DLLs');
  }
  trace.say(rule, 'redirection looks here first', { path, found: true });
  return path;
}
