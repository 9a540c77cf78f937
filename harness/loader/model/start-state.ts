// The state in which the process of a scenario starts.

import { programFile } from '../program-file.ts';
import type { Scenario } from '../scenario.ts';
import { refuseSeveral } from './calls.ts';
import type { DotLocal, ProcessState } from './process-state.ts';
import { expand, pathOf } from './scenario-world.ts';
import { modulesAtStart, startModule } from './start-modules.ts';
import { type Trace, Undocumented } from './step.ts';
import type { Ways } from './ways.ts';
import { windowsImage } from './windows-image.ts';
import { folderOf, joinPath } from './windows-path.ts';
import type { Architecture, World } from './world.ts';

const SESSION_MANAGER = 'hklm\\system\\currentcontrolset\\control\\session manager\\';
const SAFE_MODE = `${SESSION_MANAGER}safedllsearchmode`;
const KNOWN_DLLS = `${SESSION_MANAGER}knowndlls\\`;
const OVERRIDE =
  'hklm\\software\\microsoft\\windows nt\\currentversion\\image file execution options\\devoverrideenable';

/** The program of scenarios loads them, as programs in C do, before it makes its calls. */
const RUNTIMES = ['msvcrt.dll', 'ucrtbase.dll'];

export function startState(
  scenario: Scenario,
  architecture: Architecture,
  world: World,
  trace: Trace,
  ways: Ways,
): ProcessState {
  const program = joinPath(pathOf('app'), programFile(scenario.program));
  const registry = readRegistry(scenario);
  const { environment } = scenario.program;
  const inherited = scenario.program.parentDllDirectory;
  const isInherited = inherited !== undefined && !ways.takes('no-inherited-dll-directory');
  const parentDllDirectory = isInherited ? inherited : undefined;
  if (parentDllDirectory !== undefined) {
    refuseSeveral(expand(parentDllDirectory));
    trace.say('inherited-dll-directory', 'the process that started it has called SetDllDirectory', {
      path: expand(parentDllDirectory),
    });
  }
  const path = expand(pathVariable(environment) ?? '{path1};{path2};{system32};{windows}');
  return {
    architecture,
    ways,
    program,
    systemFolder: pathOf('system32'),
    oldSystemFolder: pathOf('system'),
    windowsFolder: pathOf('windows'),
    safeDllSearchMode: registry.safeDllSearchMode,
    addedKnownDlls: registry.addedKnownDlls,
    userLanguage: 'en-us',
    currentFolder: pathOf('cwd'),
    path,
    startPath: path,
    dllDirectory: parentDllDirectory === undefined ? undefined : expand(parentDllDirectory),
    userFolders: [],
    defaultFlags: undefined,
    redirection: readRedirection(program, registry.override, world, trace, ways),
    processContext: undefined,
    doubtfulContext: undefined,
    isStarting: true,
    contexts: [],
    modules: [
      ...modulesAtStart(pathOf('system32'), architecture),
      ...RUNTIMES.map((name) => startModule(joinPath(pathOf('system32'), name), windowsImage(architecture))),
    ],
    lastModule: undefined,
    locked: new Set(),
  };
}

function pathVariable(environment: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(environment).find(([name]) => name.toUpperCase() === 'PATH')?.[1];
}

interface RegistryFacts {
  readonly safeDllSearchMode: boolean;
  readonly addedKnownDlls: ReadonlySet<string>;
  readonly override: boolean;
}

function readRegistry({ registry }: Scenario): RegistryFacts {
  let safeDllSearchMode = true;
  let override = false;
  const addedKnownDlls = new Set<string>();
  for (const { path, value } of registry) {
    const key = path.toLowerCase();
    if (key === SAFE_MODE) safeDllSearchMode = value !== 0;
    else if (key === OVERRIDE) override = value === 1;
    else if (key.startsWith(KNOWN_DLLS)) addedKnownDlls.add(String(value).toLowerCase());
    else if (!isAppPath(key)) throw new Undocumented('registry', `no page says what ${path} does to the search`);
  }
  return { safeDllSearchMode, addedKnownDlls, override };
}

/** The page on the search order says of these that they are not used. */
function isAppPath(key: string): boolean {
  return key.includes('\\microsoft\\windows\\currentversion\\app paths\\');
}

function readRedirection(program: string, override: boolean, world: World, trace: Trace, ways: Ways): DotLocal {
  const entry = world.lookUp(`${program}.local`);
  if (entry === undefined || ways.takes('no-dot-local')) return { kind: 'none' };
  const hasManifest = hasAnyManifest(program, world);
  if (hasManifest && !override) {
    trace.say('local-manifest', 'the program has a manifest', { path: `${program}.local`, skipped: 'it is ignored' });
    return { kind: 'none' };
  }
  const unsure = hasManifest
    ? 'no page says what counts when there is a manifest and DevOverrideEnable is set'
    : undefined;
  return entry.kind === 'folder'
    ? { kind: 'folder', folder: `${program}.local`, unsure }
    : { kind: 'file', folder: folderOf(program), unsure };
}

function hasAnyManifest(program: string, world: World): boolean {
  const image = world.lookUp(program);
  const inside = image?.kind === 'image' && image.manifests.size > 0;
  return inside || world.lookUp(`${program}.manifest`) !== undefined;
}
