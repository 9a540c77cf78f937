import fc from 'fast-check';
import { FOLDERS, type Folder } from '../../harness/loader/places.ts';
import { plainDll } from '../../harness/loader/plain-dll.ts';
import type { DllContent, EmbeddedManifest, FileContent, PlacedFile } from '../../harness/loader/scenario.ts';
import { application, asked } from './identities.ts';
import {
  DEPENDENCY,
  FORWARDER,
  LAST_FORWARDER,
  NAMES,
  PARENT,
  PLAIN_NAMES,
  TARGET,
  TOP,
  WINDOWS_NAMES,
} from './names.ts';

/** How a DLL is out of the ordinary. */
type Oddity = 'none' | 'foreign' | 'text' | 'empty' | 'missing symbol' | 'fails' | 'loads' | 'own manifest';

export interface DllPlace {
  readonly folder: Folder;
  /** Of the file, perhaps without its extension, or in a folder `sub`. */
  readonly path: string;
  readonly name: string;
  readonly oddity: Oddity;
  /** Which resource its own manifest is. */
  readonly resource: EmbeddedManifest['resource'];
  /** One of the DLLs that it may import, forward to or load. */
  readonly choice: 0 | 1;
}

const oddity: fc.Arbitrary<Oddity> = fc.oneof(
  { weight: 24, arbitrary: fc.constant('none' as const) },
  { weight: 6, arbitrary: fc.constantFrom('foreign', 'text', 'empty', 'missing symbol', 'fails', 'loads') },
  { weight: 2, arbitrary: fc.constant('own manifest' as const) },
);

const name: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom<string>(...PLAIN_NAMES) },
  { weight: 6, arbitrary: fc.constantFrom<string>(...NAMES) },
  { weight: 1, arbitrary: fc.constantFrom<string>(...WINDOWS_NAMES) },
);

/** Where a file of a name lies in its folder. */
const form: fc.Arbitrary<(name: string) => string> = fc.oneof(
  { weight: 24, arbitrary: fc.constant((text: string) => text) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      (text: string) => text.replace('.dll', ''),
      (text: string) => `sub\\${text}`,
      (text: string) => text.replace('.dll', '.x'),
      (text: string) => text.toUpperCase(),
    ),
  },
);

/** Scenarios that write to shared folders run one at a time: these folders are rarer. */
const folder: fc.Arbitrary<Folder> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...FOLDERS.slice(0, 7)) },
  { weight: 1, arbitrary: fc.constantFrom(...FOLDERS.slice(7)) },
);

const dllPlace: fc.Arbitrary<DllPlace> = fc
  .record({
    folder,
    name,
    form,
    oddity,
    resource: fc.constantFrom<1 | 2 | 3>(2, 1, 3),
    choice: fc.constantFrom<0 | 1>(0, 1),
  })
  .map(({ form: write, ...place }) => ({ ...place, path: write(place.name) }));

export const dllPlaces: fc.Arbitrary<readonly DllPlace[]> = fc.uniqueArray(dllPlace, {
  maxLength: 8,
  selector: ({ folder: where, path }) => `${where} ${path.toLowerCase()}`,
});

export function placedDll(place: DllPlace): PlacedFile {
  return { folder: place.folder, path: place.path, content: contentOf(place) };
}

export function hasOwnManifest({ name: of, oddity: odd }: DllPlace): boolean {
  return odd === 'own manifest' && !(WINDOWS_NAMES as readonly string[]).includes(of);
}

function contentOf(place: DllPlace): FileContent {
  const { oddity: odd, name: of, choice } = place;
  const plain = ordinary(place);
  const isPlain = plain.imports === undefined && plain.forwards === undefined;
  switch (odd) {
    case 'text':
      return { kind: 'text', text: 'this is no DLL\n' };
    case 'empty':
      return { kind: odd };
    case 'foreign':
      return { ...plain, architecture: 'foreign' };
    case 'missing symbol':
      return { ...plain, missingSymbol: plain.imports !== undefined };
    case 'fails':
      return isPlain ? { ...plain, dllMain: 'fails' } : plain;
    case 'loads':
      // The dependency is the one that nothing else is loaded by: no circles.
      return of === TARGET ? { ...plain, dllMain: { loads: choice === 0 ? DEPENDENCY : PARENT } } : plain;
    case 'own manifest':
      return hasOwnManifest(place)
        ? { ...plain, manifest: { resource: place.resource, manifest: application([asked({})]) } }
        : plain;
    case 'none':
      return plain;
  }
}

/** A DLL of this name with the imports and forwarders that belong to it. */
function ordinary({ folder: where, path, name: of, choice }: DllPlace): DllContent {
  const kind = of
    .replace(/\.dll$/, '')
    .replace(/^so/, '')
    .slice(0, 8);
  const place = path === of ? '' : `-${path.includes('\\') ? 'sub' : (path.split('.')[1]?.toLowerCase() ?? 'bare')}`;
  const plain = dll(`${where}-${kind}${place}`);
  switch (of) {
    case PARENT:
      return { ...plain, imports: DEPENDENCY };
    case TOP:
      return { ...plain, imports: choice === 0 ? PARENT : FORWARDER };
    case FORWARDER:
      return { ...plain, forwards: choice === 0 ? TARGET : LAST_FORWARDER };
    case LAST_FORWARDER:
      return { ...plain, forwards: choice === 0 ? DEPENDENCY : TARGET };
    default:
      return plain;
  }
}

export function dll(variant: string, { imports }: { imports?: string | undefined } = {}): DllContent {
  return { ...plainDll(variant), imports };
}
