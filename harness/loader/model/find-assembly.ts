// The search for a private assembly, as the page "Assembly Searching Sequence" has it.

import { processorName } from '../manifest/processor-name.ts';
import type { AssemblyIdentity } from '../scenario.ts';
import { findInstalled } from './find-installed.ts';
import type { FoundAssembly, Probing } from './found-assembly.ts';
import type { Surroundings } from './surroundings.ts';
import { searchAsWine } from './wine-assemblies.ts';
import type { ProcessState } from './process-state.ts';
import { Undocumented } from './step.ts';
import { baseName, folderOf, joinPath } from './windows-path.ts';
import { NO_MANIFEST } from './world.ts';

/** Of assemblies that Windows itself or an installer puts into WinSxS. */
const MICROSOFT_KEYS: ReadonlySet<string> = new Set(['6595b64144ccf1df', '1fc8b3b9a1e18e3b', '31bf3856ad364e35']);
const COMMON_CONTROLS = 'microsoft.windows.common-controls';
/** In place of the folder of a shared assembly, whose name has the version and a checksum of that Windows. No folder has such a name. */
export const UNKNOWN_FOLDER = '<of the assembly>';
const MAX_PRIVATE_PATHS = 9;
const MAX_LEVELS_UP = 2;

/**
 * Adds the files of an assembly, and of those it depends on, to `files`.
 *
 * @returns why it is not there; undefined when it is
 */
export function findAssembly(
  wanted: AssemblyIdentity,
  places: Probing,
  files: Map<string, string>,
  around: Surroundings,
  depth = 0,
): string | undefined {
  if (depth > 16) throw new Undocumented('assembly-sequence', 'assemblies depend on each other in a circle');
  const installed = findInstalled(wanted, around);
  if (installed !== undefined) {
    listFiles(installed.files, installed.folder, files);
    return findAll(installed.dependsOn, places, files, around, depth);
  }
  if (isShared(wanted, files, around)) return undefined;
  const found = (around.state.ways.ofWindows ? search : searchAsWine)(wanted, places, around);
  if (found === undefined) {
    around.trace.say('assembly-missing', `the assembly ${wanted.name} is nowhere`, { found: false });
    return `the assembly ${wanted.name} is not there`;
  }
  if (found.manifest.kind === 'unread') {
    throw new Undocumented(
      'manifest-broken',
      `whether ${found.path} is a manifest is not known: ${found.manifest.because}`,
    );
  }
  if (found.manifest.kind === 'broken' || found.manifest.identity === undefined) {
    around.trace.say('assembly-dll-stops', 'what was found has no manifest of an assembly', { path: found.path });
    return `${found.path} is no assembly`;
  }
  const differs = difference(wanted, found.manifest.identity, around.state);
  if (differs !== undefined && (differs === 'version' || !around.state.ways.takes('version-alone'))) {
    around.trace.say('assembly-identity', `its ${differs} is another one than asked for`, { path: found.path });
    return `${found.path} has another ${differs}`;
  }
  listFiles(found.manifest.files, folderOf(found.path), files);
  return findAll(found.manifest.dependsOn, places, files, around, depth);
}

/** Adds what an assembly depends on. */
function findAll(
  all: readonly AssemblyIdentity[],
  places: Probing,
  files: Map<string, string>,
  around: Surroundings,
  depth: number,
): string | undefined {
  for (const next of all) {
    const because = findAssembly(next, places, files, around, depth + 1);
    if (because !== undefined) return because;
  }
  return undefined;
}

/** Adds the files that an assembly lists, in its own folder. */
export function listFiles(names: readonly string[], folder: string, files: Map<string, string>): void {
  for (const name of names) {
    const key = baseName(name).toLowerCase();
    if (files.has(key)) throw new Undocumented('assembly-redirect', `two assemblies list ${name}`);
    files.set(key, joinPath(folder, name));
  }
}

/** Assemblies of WinSxS: nothing is known of that folder but what each Windows has. */
function isShared(
  { name, publicKeyToken }: AssemblyIdentity,
  files: Map<string, string>,
  around: Surroundings,
): boolean {
  const { state, trace } = around;
  if (publicKeyToken === undefined || !MICROSOFT_KEYS.has(publicKeyToken.toLowerCase())) return false;
  if (name.toLowerCase() !== COMMON_CONTROLS) {
    throw new Undocumented('assembly-shared', `whether ${name} is installed in WinSxS is not known`);
  }
  const path = joinPath(state.windowsFolder, `WinSxS\\${UNKNOWN_FOLDER}\\comctl32.dll`);
  trace.say('assembly-shared', `${name} is in the WinSxS folder of each Windows`, { found: true });
  files.set('comctl32.dll', path);
  return true;
}

function search(wanted: AssemblyIdentity, places: Probing, around: Surroundings): FoundAssembly | undefined {
  const folders = [places.folder, ...privateFolders(places)];
  const hits: FoundAssembly[] = [];
  for (const [index, folder] of folders.entries()) {
    const rule = index === 0 ? 'assembly-sequence' : 'assembly-private-path';
    const found = searchFolder(wanted, folder, rule, around);
    if (found !== undefined) hits.push(found);
  }
  if (hits.length > 1) {
    throw new Undocumented(
      'assembly-private-path',
      'the assembly lies in several folders, and no page gives their order',
    );
  }
  return hits[0];
}

function privateFolders({ folder, privatePath }: Probing): string[] {
  if (privatePath.length > MAX_PRIVATE_PATHS) {
    throw new Undocumented(
      'assembly-private-path',
      'at most nine paths can be given, and no page says what becomes of more',
    );
  }
  return privatePath.map((path) => {
    if (path.split(/[\\/]/).filter((part) => part === '..').length > MAX_LEVELS_UP) {
      throw new Undocumented('assembly-private-path', 'a path leads more than two levels up, which is not allowed');
    }
    return joinPath(folder, path);
  });
}

function searchFolder(
  wanted: AssemblyIdentity,
  folder: string,
  rule: 'assembly-sequence' | 'assembly-private-path',
  around: Surroundings,
): FoundAssembly | undefined {
  for (const language of languages(wanted.language, around.state.userLanguage)) {
    const base = language === undefined ? folder : joinPath(folder, language);
    // A folder that is not there needs no four steps to say so.
    if (language !== undefined && around.world.lookUp(base) === undefined) {
      around.trace.say('assembly-language', `folder of the language ${language}`, { path: base, found: false });
      continue;
    }
    const found = searchPlaces(wanted.name, base, language === undefined ? rule : 'assembly-language', around);
    if (found !== undefined) return found;
  }
  return undefined;
}

function searchPlaces(
  name: string,
  base: string,
  rule: 'assembly-sequence' | 'assembly-private-path' | 'assembly-language',
  { world, trace }: Surroundings,
): FoundAssembly | undefined {
  for (const relative of [`${name}.dll`, `${name}.manifest`, `${name}\\${name}.dll`, `${name}\\${name}.manifest`]) {
    const path = joinPath(base, relative);
    const entry = world.lookUp(path);
    const isFile = entry !== undefined && entry.kind !== 'folder';
    trace.say(rule, `place of the assembly ${name}`, { path, found: isFile });
    if (!isFile) continue;
    if (entry.kind === 'image') return { path, manifest: entry.manifests.get(1) ?? NO_MANIFEST };
    return { path, manifest: entry.kind === 'manifest' ? entry.manifest : NO_MANIFEST };
  }
  return undefined;
}

/** Languages in the order of their folders; undefined is the folder without a language. */
function languages(wanted: string | undefined, user: string): readonly (string | undefined)[] {
  if (wanted === undefined) return [undefined];
  const first = wanted === '*' ? user : wanted;
  const withParts = [first, 'en-us'].flatMap((language) => [language, language.split('-')[0] ?? language]);
  return [...new Set(withParts.map((language) => language.toLowerCase())), undefined];
}

/** What of the identity differs from the one that is asked for. */
function difference(
  wanted: AssemblyIdentity,
  found: AssemblyIdentity,
  { architecture: own, ways }: ProcessState,
): string | undefined {
  if (wanted.version !== found.version) return 'version';
  if (wanted.name.toLowerCase() !== found.name.toLowerCase()) return 'name';
  if ((wanted.publicKeyToken ?? '').toLowerCase() !== (found.publicKeyToken ?? '').toLowerCase()) return 'public key';
  const wantedArchitecture = processorName(wanted.architecture, own);
  const foundArchitecture = processorName(found.architecture, own);
  if (ways.ofWindows && (wantedArchitecture === '*' || foundArchitecture === '*')) {
    throw new Undocumented('assembly-identity', 'no page says which architectures * stands for');
  }
  if (wantedArchitecture !== foundArchitecture) return 'architecture';
  if (ways.ofWindows && wantedArchitecture !== processorName('own', own)) {
    throw new Undocumented('assembly-identity', 'no page says what an assembly of another architecture does');
  }
  if (wanted.language === undefined && found.language !== undefined && found.language !== '*') return 'language';
  if (wanted.language !== undefined && wanted.language !== '*' && found.language !== undefined) {
    const [one, other] = [wanted.language.toLowerCase(), found.language.toLowerCase()];
    if (one !== other && !one.startsWith(`${other}-`) && !['en-us', 'en'].includes(other)) return 'language';
  }
  return undefined;
}
