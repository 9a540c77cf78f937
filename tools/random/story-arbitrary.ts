// Calls that belong together: alone, each of them would seldom meet another one that shows what it has done.

import fc from 'fast-check';
import { LOAD_FLAGS } from '../../harness/loader/loader-constants.ts';
import type { LoaderCall, PlacedFile } from '../../harness/loader/scenario.ts';
import { type Draft, pathOf, PICK, pickOf } from './draft.ts';
import { activation, hardLink } from './file-call-arbitrary.ts';
import { DEPENDENCY, PARENT, TARGET } from './names.ts';

type Story = readonly Draft[];
type OfFile = (file: PlacedFile) => LoaderCall;

const nameOf = ({ path }: PlacedFile): string => path.replace(/^.*\\/, '');
const folderOf = ({ folder }: PlacedFile): string => `{${folder}}`;

/** All of one DLL; nothing where there is none. */
function ofFile(...calls: readonly OfFile[]): (pick: number) => Story {
  return (pick) =>
    calls.map((make) => (_, files) => {
      const file = pickOf(files.filter(isDll), pick);
      return file === undefined || file.folder === 'system' ? undefined : make(file);
    });
}

function isDll({ content }: PlacedFile): boolean {
  return content.kind === 'dll';
}

const load: OfFile = (file) => ({ call: 'LoadLibrary', name: nameOf(file) });
const loadPath: OfFile = (file) => ({ call: 'LoadLibrary', name: pathOf(file) });
const loadWith =
  (flags: number): OfFile =>
  (file) => ({ call: 'LoadLibraryEx', name: nameOf(file), flags });

const { LOAD_LIBRARY_SEARCH_USER_DIRS, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS, LOAD_LIBRARY_AS_DATAFILE } = LOAD_FLAGS;

const ofOneFile: fc.Arbitrary<(pick: number) => Story> = fc.constantFrom(
  ofFile((file) => ({ call: 'AddDllDirectory', path: folderOf(file) }), loadWith(LOAD_LIBRARY_SEARCH_USER_DIRS)),
  ofFile((file) => ({ call: 'AddDllDirectory', path: folderOf(file) }), loadWith(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS)),
  ofFile((file) => ({ call: 'SetDllDirectory', path: folderOf(file) }), load),
  ofFile((file) => ({ call: 'SetDllDirectory', path: folderOf(file) }), loadWith(LOAD_LIBRARY_AS_DATAFILE)),
  ofFile((file) => ({ call: 'SetCurrentDirectory', path: folderOf(file) }), load),
  ofFile((file) => ({ call: 'SetEnvironmentVariable', name: 'PATH', value: folderOf(file) }), load),
);

/** By their paths, and then by the name that both have. */
const twoOfOneName: fc.Arbitrary<Story> = fc.tuple(PICK, fc.boolean()).map(([pick, byImport]) => {
  const two = (files: readonly PlacedFile[]): readonly PlacedFile[] => {
    const pairs = files.filter(isDll).flatMap((one, index) =>
      files
        .slice(index + 1)
        .filter((other) => isDll(other) && nameOf(one).toLowerCase() === nameOf(other).toLowerCase())
        .map((other) => [one, other] as const),
    );
    return pickOf(pairs, pick) ?? [];
  };
  const nth =
    (index: number, make: OfFile): Draft =>
    (_, files) => {
      const file = two(files)[index];
      return file === undefined ? undefined : make(file);
    };
  return [nth(0, loadPath), nth(1, loadPath), nth(0, byImport ? () => ({ call: 'LoadLibrary', name: PARENT }) : load)];
});

/** The call before it, where that gave a module. */
const freeLast: Draft = (before) => {
  const last = before.at(-1);
  return last?.call === 'LoadLibrary' ? { call: 'FreeLibrary', of: before.length - 1 } : undefined;
};

const freed: fc.Arbitrary<Story> = PICK.map((pick) => [...ofFile(loadPath)(pick), freeLast, ...ofFile(load)(pick)]);

/** What a forwarder leads to lies in a folder that is searched since a moment ago. */
const forwarded: fc.Arbitrary<Story> = fc.tuple(PICK, PICK, fc.boolean()).map(([pick, other, byPath]) => [
  (_, files) => {
    const target = pickOf(files.filter(isTarget), pick);
    if (target === undefined || target.folder === 'system') return undefined;
    const folder = folderOf(target);
    return byPath
      ? { call: 'SetEnvironmentVariable', name: 'PATH', value: folder }
      : { call: 'SetDllDirectory', path: folder };
  },
  (_, files) => {
    const forwarder = pickOf(files.filter(isForwarder), other);
    return forwarder === undefined ? undefined : loadPath(forwarder);
  },
]);

function isTarget({ path, content }: PlacedFile): boolean {
  return content.kind === 'dll' && [TARGET, DEPENDENCY].includes(path);
}

function isForwarder({ content }: PlacedFile): boolean {
  return content.kind === 'dll' && content.forwards !== undefined;
}

const inContext: fc.Arbitrary<Story> = fc
  .tuple(activation, fc.constantFrom(TARGET, DEPENDENCY, PARENT))
  .map(([activate, name]) => [activate, () => ({ call: 'LoadLibrary', name })]);

const byBothNames: fc.Arbitrary<Story> = hardLink.map((link) => [
  link,
  (before) => ofLink(before, ({ path }) => ({ call: 'LoadLibrary', name: path })),
  (before) => ofLink(before, ({ existing }) => ({ call: 'LoadLibrary', name: existing })),
]);

function ofLink(
  before: readonly LoaderCall[],
  make: (link: Extract<LoaderCall, { call: 'CreateHardLink' }>) => LoaderCall,
): LoaderCall | undefined {
  const link = before.find((call) => call.call === 'CreateHardLink');
  return link === undefined ? undefined : make(link);
}

export const story: fc.Arbitrary<Story> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(ofOneFile, PICK).map(([make, pick]) => make(pick)) },
  { weight: 2, arbitrary: twoOfOneName },
  { weight: 1, arbitrary: freed },
  { weight: 3, arbitrary: forwarded },
  { weight: 2, arbitrary: inContext },
  { weight: 1, arbitrary: byBothNames },
);
