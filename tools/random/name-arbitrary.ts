// How calls write the names of DLLs.

import fc from 'fast-check';
import { FOLDERS } from '../../harness/loader/places.ts';
import type { LoaderCall, PlacedFile } from '../../harness/loader/scenario.ts';
import { pathOf, PICK, pickOf } from './draft.ts';
import { NAMES, PLAIN_NAMES, WINDOWS_NAMES } from './names.ts';

/** A name, or the path of one of the files. */
export type Named = (files: readonly PlacedFile[], before: readonly LoaderCall[]) => string;

type Form = (text: string) => string;
const bare: Form = (text) => text.replace(/\.dll$/i, '');

const name: fc.Arbitrary<string> = fc.oneof(
  { weight: 14, arbitrary: fc.constantFrom<string>(...PLAIN_NAMES) },
  { weight: 5, arbitrary: fc.constantFrom<string>(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom<string>(...WINDOWS_NAMES) },
);

const PLAIN_FORMS: readonly Form[] = [
  (text) => text.toUpperCase(),
  bare,
  (text) => `${bare(text)}.`,
  (text) => `${text}  `,
  (text) => `${bare(text)} `,
  (text) => text.replace(/\.dll$/i, '.x'),
];

const PATH_FORMS: readonly Form[] = [
  (text) => text.replace(/[^}]*$/, (rest) => rest.toUpperCase()),
  bare,
  (text) => `${bare(text)}.`,
  (text) => `\\\\?\\${text}`,
  (text) => text.replace('\\', '\\.\\'),
  (text) => text.replace(/^\{(\w+)\}/, (place) => (isOfTree(place) ? `{app}\\..\\${place.slice(1, -1)}` : place)),
  (text) => text.replace('\\', '\\sub\\'),
  (text) => text.replace(/\.dll$/i, '.x'),
];

function isOfTree(place: string): boolean {
  return !['{system32}', '{system}', '{windows}'].includes(place);
}

/** Mostly as it is. */
function written(forms: readonly Form[]): fc.Arbitrary<Form> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant<Form>((text) => text) },
    { weight: 2, arbitrary: fc.constantFrom(...forms) },
  );
}

/** One of the files in most cases. */
const picked = fc.tuple(PICK, fc.nat(3));
function pickPath(
  [pick, chance]: readonly [number, number],
  files: readonly PlacedFile[],
  before: readonly LoaderCall[],
): string | undefined {
  const links = before.flatMap((call) => (call.call === 'CreateHardLink' ? [call.path, call.path] : []));
  return chance === 0 ? undefined : pickOf([...files.filter(isLoadable).map(pathOf), ...links], pick);
}

const plainName: fc.Arbitrary<Named> = fc
  .tuple(picked, name, written(PLAIN_FORMS))
  .map(([pick, other, form]) => (files, before) => {
    const path = pickPath(pick, files, before);
    return form(path?.replace(/^.*\\/, '') ?? other);
  });

/** For SearchPath, which takes names as they are. */
export const searchedName: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: name },
  { weight: 1, arbitrary: name.map(bare) },
);

const anyPath = fc.tuple(fc.constantFrom(...FOLDERS), name).map(([where, text]) => `{${where}}\\${text}`);
const fullPath: fc.Arbitrary<Named> = fc.tuple(picked, anyPath, written(PATH_FORMS)).map(
  ([pick, other, form]) =>
    (files, before) =>
      form(pickPath(pick, files, before) ?? other),
);

function isLoadable({ content }: PlacedFile): boolean {
  return content.kind === 'dll' || content.kind === 'empty';
}

const relativePath = fc
  .tuple(fc.constantFrom('sub\\', 'sub\\', 'C:', 'sub\\..\\', '..\\dir1\\', '.\\'), name)
  .map((parts) => parts.join(''));

/** What LoadLibrary is given. */
export const moduleName: fc.Arbitrary<Named> = fc.oneof(
  { weight: 36, arbitrary: plainName },
  { weight: 33, arbitrary: fullPath },
  { weight: 3, arbitrary: relativePath.map((text) => () => text) },
);

/** What GetModuleHandle is given. */
export const handleName: fc.Arbitrary<Named> = fc.oneof(
  { weight: 4, arbitrary: plainName },
  { weight: 1, arbitrary: fullPath },
);
