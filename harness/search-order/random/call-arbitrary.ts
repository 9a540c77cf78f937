import fc from 'fast-check';
import { LOAD_FLAGS } from '../loader-constants.ts';
import { FOLDERS } from '../places.ts';
import type { LoaderCall } from '../scenario.ts';
import { NAMES } from './names.ts';

/** A call whose reference to others is not resolved yet: a number that picks one of those before it, whichever are there. */
type Draft = (before: readonly LoaderCall[]) => LoaderCall | undefined;

const folder = fc.constantFrom(...FOLDERS);
/** The 16-bit system folder is not in each prefix: nothing can be done in it. */
const treeFolder = fc.constantFrom(...FOLDERS.filter((each) => each !== 'system'));
/** Folders that AddDllDirectory and SetDllDirectory name: others would mostly repeat what is searched anyway. */
const addedFolder = fc.constantFrom('dir1', 'dir2', 'other', 'app').map((name) => `{${name}}`);
const name = fc.constantFrom(...NAMES);

const spelledName = fc.oneof(
  { weight: 10, arbitrary: name },
  { weight: 1, arbitrary: name.map((text) => text.toUpperCase()) },
  { weight: 1, arbitrary: name.map((text) => text.replace('.dll', '')) },
);
const fullPath = fc.tuple(folder, name).map(([where, text]) => `{${where}}\\${text}`);
const relativePath = fc.tuple(fc.constantFrom('..\\dir1', '..\\other', 'sub'), name).map((parts) => parts.join('\\'));
const moduleName = fc.oneof(
  { weight: 6, arbitrary: spelledName },
  { weight: 5, arbitrary: fullPath },
  { weight: 1, arbitrary: relativePath },
);

const {
  LOAD_LIBRARY_SEARCH_APPLICATION_DIR: APPLICATION_DIR,
  LOAD_LIBRARY_SEARCH_USER_DIRS: USER_DIRS,
  LOAD_LIBRARY_SEARCH_SYSTEM32: SYSTEM32,
  LOAD_LIBRARY_SEARCH_DEFAULT_DIRS: DEFAULT_DIRS,
  LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR: DLL_LOAD_DIR,
} = LOAD_FLAGS;

const combined = (flags: readonly number[]): number => flags.reduce((all, flag) => all | flag, 0);
const defaultFlags = fc
  .subarray([APPLICATION_DIR, USER_DIRS, SYSTEM32, DEFAULT_DIRS], { minLength: 0, maxLength: 2 })
  .map(combined);
const searchFlags = fc
  .subarray([DLL_LOAD_DIR, APPLICATION_DIR, USER_DIRS, SYSTEM32, DEFAULT_DIRS], { minLength: 1, maxLength: 3 })
  .map(combined);
const flags = fc.oneof(
  { weight: 6, arbitrary: searchFlags },
  { weight: 4, arbitrary: fc.constant(LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      LOAD_FLAGS.DONT_RESOLVE_DLL_REFERENCES,
      LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE,
      LOAD_FLAGS.LOAD_LIBRARY_AS_IMAGE_RESOURCE,
      LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH | SYSTEM32,
    ),
  },
);

const fixed =
  (call: LoaderCall): Draft =>
  () =>
    call;
const draft = <T>(arbitrary: fc.Arbitrary<T>, make: (value: T) => LoaderCall): fc.Arbitrary<Draft> =>
  arbitrary.map((value) => fixed(make(value)));

/** A call on what another one gave. */
function onEarlier(kinds: readonly LoaderCall['call'][], make: (of: number) => LoaderCall): fc.Arbitrary<Draft> {
  return fc.nat(20).map((pick) => (before) => {
    const of = pickIndex(before, kinds, pick);
    return of === undefined ? undefined : make(of);
  });
}

const MODULES: readonly LoaderCall['call'][] = ['LoadLibrary', 'LoadLibraryEx', 'GetModuleHandle'];
const LOADS: readonly LoaderCall['call'][] = ['LoadLibrary', 'LoadLibraryEx'];

const same: fc.Arbitrary<Draft> = fc.tuple(fc.nat(20), fc.nat(20)).map(([one, other]) => (before) => {
  const first = pickIndex(before, MODULES, one);
  const second = pickIndex(before, MODULES, other);
  if (first === undefined || second === undefined || first === second) return undefined;
  return { call: 'same', of: [first, second] };
});

const anyDraft: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 10, arbitrary: draft(moduleName, (text) => ({ call: 'LoadLibrary', name: text })) },
  {
    weight: 8,
    arbitrary: draft(fc.tuple(moduleName, flags), ([text, value]) => ({
      call: 'LoadLibraryEx',
      name: text,
      flags: value,
    })),
  },
  {
    weight: 2,
    arbitrary: draft(fc.oneof(addedFolder, fc.constantFrom(null, '')), (path) => ({ call: 'SetDllDirectory', path })),
  },
  { weight: 3, arbitrary: draft(addedFolder, (path) => ({ call: 'AddDllDirectory', path })) },
  { weight: 1, arbitrary: removal() },
  { weight: 1, arbitrary: draft(defaultFlags, (value) => ({ call: 'SetDefaultDllDirectories', flags: value })) },
  { weight: 1, arbitrary: onEarlier(LOADS, (of) => ({ call: 'FreeLibrary', of })) },
  { weight: 2, arbitrary: draft(spelledName, (text) => ({ call: 'GetModuleHandle', name: text })) },
  { weight: 1, arbitrary: onEarlier(MODULES, (of) => ({ call: 'GetProcAddress', of, name: 'which' })) },
  { weight: 1, arbitrary: same },
  {
    weight: 1,
    arbitrary: draft(name, (text) => ({ call: 'SearchPath', path: null, name: text, extension: null })),
  },
  { weight: 1, arbitrary: draft(treeFolder, (where) => ({ call: 'SetCurrentDirectory', path: `{${where}}` })) },
  {
    weight: 1,
    arbitrary: draft(folder, (where) => ({ call: 'SetEnvironmentVariable', name: 'PATH', value: `{${where}}` })),
  },
);

/** Calls of a scenario: simpler ones are fewer, and references go on naming a call that is there. */
export const calls: fc.Arbitrary<readonly LoaderCall[]> = fc
  .array(anyDraft, { minLength: 0, maxLength: 6 })
  .map((drafts) => {
    const made: LoaderCall[] = [];
    for (const make of drafts) {
      const call = make(made);
      if (call !== undefined && isNew(call, made)) made.push(call);
    }
    return made;
  });

/** Each module is freed once, each folder removed once: what comes of more is not the loader's search. */
function isNew(call: LoaderCall, made: readonly LoaderCall[]): boolean {
  if (call.call !== 'FreeLibrary' && call.call !== 'RemoveDllDirectory') return true;
  return !made.some((other) => other.call === call.call && other.of === call.of);
}

function removal(): fc.Arbitrary<Draft> {
  return onEarlier(['AddDllDirectory'], (of) => ({ call: 'RemoveDllDirectory', of }));
}

function pickIndex(
  before: readonly LoaderCall[],
  kinds: readonly LoaderCall['call'][],
  pick: number,
): number | undefined {
  const fitting = before.flatMap(({ call }, index) => (kinds.includes(call) ? [index] : []));
  return fitting.length === 0 ? undefined : fitting[pick % fitting.length];
}
