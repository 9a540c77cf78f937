import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { DllparityError } from '../../base/errors.ts';
import { LOAD_FLAGS, type LoadFlag } from '../loader-constants.ts';
import { throughZ } from './real-folders.ts';

/** One call of LoadLibraryEx. */
export interface RunTimeLoad {
  readonly name: string;
  readonly flags: number;
}

/** A DLL that is asked for, and how its program loads it. */
export interface AskedDll extends RunTimeLoad {
  /** Of this machine, where a path was given. */
  readonly path: string | undefined;
  /** Who loads it so; undefined for LoadLibrary. */
  readonly because: string | undefined;
}

interface Mode {
  readonly flags: number;
  readonly because: string;
}

const SEARCH_PREFIX = 'LOAD_LIBRARY_SEARCH_';
const ALTERED = LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH;
const BESIDE = LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR;
const SEARCHES = (Object.keys(LOAD_FLAGS) as LoadFlag[])
  .filter((name) => name.startsWith(SEARCH_PREFIX) && name !== 'LOAD_LIBRARY_SEARCH_SYSTEM32_NO_FORWARDER')
  .map((name) => [name.slice(SEARCH_PREFIX.length).toLowerCase().replaceAll('_', '-'), LOAD_FLAGS[name]] as const);

/** Extensions of modules whose programs load them in a way of their own: `uv_dlopen` of Node, `_PyImport_FindSharedFuncptr` of Python 3.8. */
const BY_EXTENSION: Readonly<Record<string, Mode>> = {
  '.node': { flags: ALTERED, because: 'as Node loads it: LOAD_WITH_ALTERED_SEARCH_PATH' },
  '.pyd': {
    flags: BESIDE | LOAD_FLAGS.LOAD_LIBRARY_SEARCH_DEFAULT_DIRS,
    because: 'as Python loads it: LOAD_LIBRARY_SEARCH_DEFAULT_DIRS | LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR',
  },
};

/**
 * The load that a command line means.
 *
 * @param as `load-library`, `altered`, `dll-load-dir` or `search=a,b`; undefined: by the extension of the DLL
 * @throws CONFIG_INVALID for another word; PATH_NOT_VISIBLE where a way of loading needs a file, and there is none
 */
export function askedDll(dll: string, as: string | undefined): AskedDll {
  const mode = as === undefined ? BY_EXTENSION[/\.[^.\\/]*$/.exec(dll)?.[0].toLowerCase() ?? ''] : modeOf(as);
  const { flags, because } = mode ?? { flags: 0, because: undefined };
  // These two look into the folder of the DLL, and are for a full path alone.
  const needsPath = (flags & (ALTERED | BESIDE)) !== 0;
  if (dll.includes('/') || (needsPath && !/^[a-z]:/i.test(dll))) {
    const path = resolve(dll);
    if (needsPath && statSync(path, { throwIfNoEntry: false }) === undefined) throw noFile(path, because ?? '');
    return { name: throughZ(path), path, flags, because };
  }
  const name = dll.includes('.') || dll.includes('\\') ? dll : `${dll}.dll`;
  return { name, path: undefined, flags, because };
}

function modeOf(as: string): Mode | undefined {
  if (as === 'load-library') return undefined;
  if (as === 'altered') return { flags: ALTERED, because: 'with LOAD_WITH_ALTERED_SEARCH_PATH' };
  if (as === 'dll-load-dir') return searchMode(['default-dirs', 'dll-load-dir']);
  const [, words] = /^search=(.+)$/.exec(as) ?? [];
  if (words !== undefined) return searchMode(words.split(','));
  throw unknownMode(as);
}

function searchMode(words: readonly string[]): Mode {
  const flags = words.map((word) => {
    const found = SEARCHES.find(([name]) => name === word);
    if (found === undefined) throw unknownMode(`search=${word}`);
    return found;
  });
  return {
    flags: flags.reduce((all, [, flag]) => all | flag, 0),
    because: `with ${flags.map(([name]) => `${SEARCH_PREFIX}${name.toUpperCase().replaceAll('-', '_')}`).join(' | ')}`,
  };
}

function unknownMode(as: string): DllparityError {
  return new DllparityError('CONFIG_INVALID', {
    what: `There is no way to load a DLL named ${as}`,
    hint: `--as takes load-library, altered, dll-load-dir, or search= with ${SEARCHES.map(([name]) => name).join(', ')}, separated by commas.`,
  });
}

function noFile(file: string, because: string): DllparityError {
  return new DllparityError('PATH_NOT_VISIBLE', {
    what: `There is no file ${file} to load ${because}`,
    hint: 'Give its path; it is relative to the current folder. --as load-library looks for a name.',
  });
}
