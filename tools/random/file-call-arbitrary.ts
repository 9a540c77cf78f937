// Calls on files of the scenario: activation contexts, hard links, files that are open.

import fc from 'fast-check';
import { embeddedManifests } from '../../harness/loader/embedded-manifests.ts';
import { SHARED_FOLDERS } from '../../harness/loader/places.ts';
import type { LoaderCall, PlacedFile } from '../../harness/loader/scenario.ts';
import { type Draft, pathOf, PICK, pickOf } from './draft.ts';
import { CONTEXT_MANIFEST, DEPENDENCY, TARGET } from './names.ts';

const directory = fc.oneof(
  { weight: 2, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom('{dir2}', '{app}') },
);

/** Of a manifest or a DLL with one; rarely of a file that is not there. */
export const activation: fc.Arbitrary<Draft> = fc
  .tuple(PICK, directory, fc.nat(9))
  .map(([pick, where, rare]) => (_, files) => {
    const source = pickOf(files.filter(isSource), pick);
    if (source === undefined) return rare === 0 ? context('{dir1}\\no.manifest', where, undefined) : undefined;
    return context(pathOf(source), where, resourceOf(source));
  });

function context(source: string, where: string | undefined, resource: number | undefined): LoaderCall {
  return { call: 'ActivateActCtx', source, directory: where, resource };
}

function isSource({ path, content }: PlacedFile): boolean {
  return path === CONTEXT_MANIFEST || (content.kind === 'dll' && content.manifest !== undefined);
}

function resourceOf({ content }: PlacedFile): number | undefined {
  return content.kind === 'dll' ? embeddedManifests(content.manifest)[0]?.resource : undefined;
}

export const deactivation: fc.Arbitrary<Draft> = fc.constant<Draft>((before) => {
  const count = (name: LoaderCall['call']): number => before.filter(({ call }) => call === name).length;
  return count('ActivateActCtx') > count('DeactivateActCtx') ? { call: 'DeactivateActCtx' } : undefined;
});

/** A second name in one of the scenario's own folders, where nothing lies. */
export const hardLink: fc.Arbitrary<Draft> = fc
  .tuple(
    PICK,
    fc.constantFrom('{app}', '{dir1}', '{path1}', '{other}'),
    fc.constantFrom(TARGET, DEPENDENCY, 'second.dll'),
  )
  .map(([pick, where, name]) => (before, files) => {
    // A second name of another one could be what it leads to.
    const plain = files.filter((file) => isOwnDll(file) && leadsNowhere(file));
    const existing = pickOf(plain, pick);
    const path = `${where}\\${name}`;
    const isTaken = files.some((file) => pathOf(file).toLowerCase() === path);
    const isOdd = before.some(({ call }) => call === 'lock' || call === 'CreateHardLink');
    if (existing === undefined || isTaken || isOdd) return undefined;
    return { call: 'CreateHardLink', path, existing: pathOf(existing) };
  });

/** Before anything is loaded: what a file does that is open twice is another question. */
export const lock: fc.Arbitrary<Draft> = PICK.map((pick) => (before, files) => {
  const file = pickOf(files.filter(isOwnDll), pick);
  return file === undefined || before.length > 0 ? undefined : { call: 'lock', path: pathOf(file) };
});

function leadsNowhere({ content }: PlacedFile): boolean {
  if (content.kind !== 'dll') return false;
  const { imports, forwards, dllMain } = content;
  return imports === undefined && forwards === undefined && typeof dllMain === 'string';
}

function isOwnDll({ folder, content }: PlacedFile): boolean {
  return content.kind === 'dll' && content.manifest === undefined && !SHARED_FOLDERS.has(folder);
}
