import fc from 'fast-check';
import { FOLDERS, type Folder } from '../../harness/loader/places.ts';
import type { LoaderCall, PlacedFile } from '../../harness/loader/scenario.ts';
import { draft, type Draft, onEarlier, PICK, pickIndex, pickOf } from './draft.ts';
import { activation, deactivation, hardLink, lock } from './file-call-arbitrary.ts';
import { defaultFlags, loadFlags } from './flag-arbitrary.ts';
import { handleName, moduleName, type Named, searchedName } from './name-arbitrary.ts';
import { story } from './story-arbitrary.ts';

const folder = fc.constantFrom(...FOLDERS);
/** As PATH lists them. */
const folders = fc
  .array(folder, { minLength: 1, maxLength: 3 })
  .map((names) => names.map((name) => `{${name}}`).join(';'));

/** A folder that has one of the files; else one of these. The 16-bit system folder is not in each prefix. */
function someFolder(others: readonly Folder[]): fc.Arbitrary<Named> {
  return fc.tuple(PICK, fc.nat(3), fc.constantFrom(...others)).map(([pick, chance, other]) => (files) => {
    const file = chance === 0 ? undefined : pickOf(files, pick);
    return `{${file === undefined || file.folder === 'system' ? other : file.folder}}`;
  });
}
const treeFolder = someFolder(FOLDERS.filter((each) => each !== 'system'));
const addedFolder = someFolder(['dir1', 'dir2', 'other', 'app']);
const noFolder = fc.constantFrom(null, '');

const MODULES: readonly LoaderCall['call'][] = ['LoadLibrary', 'LoadLibraryEx', 'GetModuleHandle'];
const LOADS: readonly LoaderCall['call'][] = ['LoadLibrary', 'LoadLibraryEx'];

const same: fc.Arbitrary<Draft> = fc.tuple(PICK, PICK).map(([one, other]) => (before) => {
  const first = pickIndex(before, MODULES, one);
  const second = pickIndex(before, MODULES, other);
  if (first === undefined || second === undefined || first === second) return undefined;
  return { call: 'same', of: [first, second] };
});

const odd = fc.constantFrom(null, '', 'NUL');
const load: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 60, arbitrary: draft(moduleName, (name, ...there) => ({ call: 'LoadLibrary', name: name(...there) })) },
  { weight: 1, arbitrary: draft(odd, (name) => ({ call: 'LoadLibrary', name })) },
);

const search = draft(
  fc.record({
    path: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: folders }),
    name: searchedName,
    extension: fc.constantFrom(null, '.dll', '.x'),
  }),
  (parts) => ({ call: 'SearchPath', ...parts }),
);

const environment = draft(
  fc.oneof(
    { weight: 5, arbitrary: folders.map((value) => ['PATH', value] as const) },
    { weight: 1, arbitrary: fc.constantFrom(['Path', '{dir1}'], ['SO_OTHER', '{dir1}'], ['PATH', '']) },
  ),
  ([name = '', value = '']) => ({ call: 'SetEnvironmentVariable', name, value }),
);

const anyDraft: fc.Arbitrary<Draft> = fc.oneof(
  { weight: 20, arbitrary: load },
  {
    weight: 16,
    arbitrary: draft(fc.tuple(moduleName, loadFlags), ([name, flags], ...there) => ({
      call: 'LoadLibraryEx',
      name: name(...there),
      flags: flags(name(...there)),
    })),
  },
  {
    weight: 4,
    arbitrary: draft(addedFolder, (path, ...there) => ({ call: 'SetDllDirectory', path: path(...there) })),
  },
  { weight: 2, arbitrary: draft(noFolder, (path) => ({ call: 'SetDllDirectory', path })) },
  { weight: 6, arbitrary: draft(addedFolder, (path, ...there) => ({ call: 'AddDllDirectory', path: path(...there) })) },
  { weight: 3, arbitrary: onEarlier(['AddDllDirectory'], (of) => ({ call: 'RemoveDllDirectory', of })) },
  { weight: 2, arbitrary: draft(defaultFlags, (flags) => ({ call: 'SetDefaultDllDirectories', flags })) },
  { weight: 2, arbitrary: onEarlier(LOADS, (of) => ({ call: 'FreeLibrary', of })) },
  { weight: 4, arbitrary: draft(handleName, (name, ...there) => ({ call: 'GetModuleHandle', name: name(...there) })) },
  { weight: 2, arbitrary: onEarlier(MODULES, (of) => ({ call: 'GetProcAddress', of, name: 'which' })) },
  { weight: 4, arbitrary: same },
  { weight: 2, arbitrary: search },
  {
    weight: 2,
    arbitrary: draft(treeFolder, (path, ...there) => ({ call: 'SetCurrentDirectory', path: path(...there) })),
  },
  { weight: 2, arbitrary: environment },
  { weight: 4, arbitrary: activation },
  { weight: 2, arbitrary: deactivation },
  { weight: 2, arbitrary: hardLink },
  { weight: 2, arbitrary: lock },
);

/** Calls of a scenario, as drafts: simpler ones are fewer. */
export const drafts: fc.Arbitrary<readonly Draft[]> = fc
  .array(fc.oneof({ weight: 8, arbitrary: anyDraft.map((one) => [one]) }, { weight: 1, arbitrary: story }), {
    minLength: 0,
    maxLength: 7,
  })
  .map((parts) => parts.flat());

/** References go on naming a call or a file that is there. */
export function callsOf(made: readonly Draft[], files: readonly PlacedFile[]): readonly LoaderCall[] {
  const calls: LoaderCall[] = [];
  for (const make of made) {
    const call = make(calls, files);
    if (call !== undefined && isNew(call, calls)) calls.push(call);
  }
  return calls;
}

/** Each module is freed once, each folder removed once: what comes of more is not the loader's search. */
function isNew(call: LoaderCall, made: readonly LoaderCall[]): boolean {
  if (call.call !== 'FreeLibrary' && call.call !== 'RemoveDllDirectory') return true;
  return !made.some((other) => other.call === call.call && other.of === call.of);
}
