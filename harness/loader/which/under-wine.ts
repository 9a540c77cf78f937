import type { WhichModule, WhichOnWindows, WhichRun, WhichUnderWine } from '../../../protocol/records/which-record.ts';
import { EXCEPTION_NAMES } from '../../windows/ntstatus.ts';
import { errorName } from '../loader-constants.ts';
import { isApiSetName } from '../model/windows-dlls.ts';
import { baseName, pathKey, samePath } from '../model/windows-path.ts';
import type { ListedModules } from './list-modules.ts';
import type { LoadedModule } from './read-report.ts';

const NOT_LOADED: WhichUnderWine = { state: 'not-loaded', path: null, code: null, error: null };

/** How the start ended. A process that ends by itself before its own code runs was ended by the loader. */
export function startOf(listed: ListedModules): Pick<WhichRun, 'state' | 'status'> {
  if (listed.startError !== 0) return { state: 'failed', status: errorName(listed.startError) };
  if (listed.exitCode !== undefined) return { state: 'failed', status: statusName(listed.raised ?? listed.exitCode) };
  return listed.timedOut ? { state: 'timed-out', status: null } : { state: 'started', status: null };
}

function statusName(code: number): string {
  return EXCEPTION_NAMES[code] ?? `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
}

/**
 * Where Wine has taken a module from.
 *
 * @param step of the load that asked for it; undefined for what the start needs
 */
export function underWine(
  name: string,
  onWindows: WhichOnWindows,
  listed: ListedModules,
  step: number | undefined,
): WhichUnderWine {
  const found = findModule(name, onWindows, listed.modules);
  if (found !== undefined) {
    return { state: 'loaded', path: found.path, code: found.mark === 'native' ? 'native' : 'builtin', error: null };
  }
  const load = listed.loads.find((each) => each.step === step);
  if (load !== undefined && load.error !== 0) {
    const state = load.error === 126 ? 'missing' : 'failed';
    return { state, path: null, code: null, error: errorName(load.error) };
  }
  const said = saidOf(name, listed.said);
  if (said !== undefined) return { ...NOT_LOADED, ...said };
  const isStarted = startOf(listed).state === 'started';
  return isStarted && isApiSetName(name) ? { ...NOT_LOADED, state: 'api-set' } : NOT_LOADED;
}

function findModule(
  name: string,
  onWindows: WhichOnWindows,
  modules: readonly LoadedModule[],
): LoadedModule | undefined {
  const file = baseName(name).toLowerCase();
  const named = modules.filter(({ path }) => baseName(path).toLowerCase() === file);
  return named.find(({ path }) => onWindows.path !== null && samePath(path, onWindows.path)) ?? named[0];
}

/** `Library x.dll (which is needed by L"...") not found`, `Loading library x.dll (which is needed by L"...") failed (error c000007b)`. */
function saidOf(name: string, said: readonly string[]): Pick<WhichUnderWine, 'state' | 'error'> | undefined {
  for (const line of said) {
    const [, missing, failed, code] =
      /import_dll (?:Library (.+?) \(which is needed by .*not found|Loading library (.+?) \(which is needed by .*failed \(error ([\da-f]+)\))/i.exec(
        line,
      ) ?? [];
    if (missing?.toLowerCase() === name.toLowerCase()) return { state: 'missing', error: null };
    if (failed?.toLowerCase() === name.toLowerCase())
      return { state: 'failed', error: statusName(Number.parseInt(code ?? '', 16)) };
  }
  return undefined;
}

export function verdictOf(onWindows: WhichOnWindows, wine: WhichUnderWine): WhichModule['verdict'] {
  if (onWindows.state === 'program') return 'same';
  if (onWindows.state === 'unknown' || wine.state === 'not-loaded') return 'unknown';
  const isNothing = wine.state === 'missing' || wine.state === 'failed';
  if (onWindows.state === 'missing' || onWindows.state === 'refused') return isNothing ? 'same' : 'differs';
  if (isNothing) return 'differs';
  if (onWindows.state === 'windows') return wine.state === 'api-set' || wine.code === 'builtin' ? 'same' : 'differs';
  const isSameFile = wine.path !== null && onWindows.path !== null && pathKey(wine.path) === pathKey(onWindows.path);
  return wine.code === 'native' && isSameFile ? 'same' : 'differs';
}
