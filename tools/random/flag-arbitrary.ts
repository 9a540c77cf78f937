// Flags of LoadLibraryEx and SetDefaultDllDirectories.

import fc from 'fast-check';
import { LOAD_FLAGS } from '../../harness/loader/loader-constants.ts';

const {
  LOAD_LIBRARY_SEARCH_APPLICATION_DIR: APPLICATION_DIR,
  LOAD_LIBRARY_SEARCH_USER_DIRS: USER_DIRS,
  LOAD_LIBRARY_SEARCH_SYSTEM32: SYSTEM32,
  LOAD_LIBRARY_SEARCH_DEFAULT_DIRS: DEFAULT_DIRS,
  LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR: DLL_LOAD_DIR,
} = LOAD_FLAGS;

const combined = (flags: readonly number[]): number => flags.reduce((all, flag) => all | flag, 0);

export const defaultFlags = fc
  .subarray([APPLICATION_DIR, USER_DIRS, SYSTEM32, DEFAULT_DIRS], { minLength: 0, maxLength: 2 })
  .map(combined);

const searchFlags = fc
  .subarray([DLL_LOAD_DIR, APPLICATION_DIR, USER_DIRS, SYSTEM32, DEFAULT_DIRS], { minLength: 1, maxLength: 3 })
  .map(combined);

/** Flags for a name: DLL_LOAD_DIR wants a full path, and is rarely given without one. */
export type FlagsFor = (name: string) => number;

const always =
  (flags: number): FlagsFor =>
  () =>
    flags;
const searching: fc.Arbitrary<FlagsFor> = fc.tuple(searchFlags, fc.nat(7)).map(([flags, chance]) => (name) => {
  const fitting = /^\{|^\\/.test(name) || chance === 0 ? flags : flags & ~DLL_LOAD_DIR;
  return fitting === 0 ? DEFAULT_DIRS : fitting;
});

export const loadFlags: fc.Arbitrary<FlagsFor> = fc.oneof(
  { weight: 12, arbitrary: searching },
  { weight: 8, arbitrary: fc.constant(always(LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      always(LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE),
      always(LOAD_FLAGS.LOAD_LIBRARY_AS_IMAGE_RESOURCE),
      always(LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE_EXCLUSIVE),
      always(LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE | DEFAULT_DIRS),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      always(LOAD_FLAGS.DONT_RESOLVE_DLL_REFERENCES),
      always(LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH | SYSTEM32),
    ),
  },
);
