// Where Wine is known not to do what Windows does. All other scenarios have to agree.

import { isForData } from '../model/search-path.ts';
import type { Prediction } from '../model/predict.ts';
import { baseName, pathKey } from '../model/windows-path.ts';
import type { LoaderCall, PlacedFile, Scenario } from '../scenario.ts';

/** What is known, and how far: the more a kind says, the less can hide behind it. */
export type KnownOfWine = Heedless | Wording | Excuse;

interface Known {
  readonly id: string;
  readonly because: string;
}

/** Wine does not heed something: it does what Windows does without that. */
export interface Heedless extends Known {
  readonly kind: 'heedless';
  /** The scenario as Wine takes it; the same object where there is nothing of that in it. */
  readonly asWine: (scenario: Scenario, predictIt: (scenario: Scenario) => Prediction) => Scenario;
}

/** Wine fails too, with another error. */
export interface Wording extends Known {
  readonly kind: 'wording';
  readonly covers: (scenario: Scenario) => boolean;
  /** Wine's error for an error of Windows; any other word stays. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What Wine does there was not modelled: any outcome is excused. */
export interface Excuse extends Known {
  readonly kind: 'excuse';
  readonly covers: (scenario: Scenario, prediction: Prediction) => boolean;
}

export const KNOWN_OF_WINE: readonly KnownOfWine[] = [
  {
    id: 'empty-dll-directory',
    because: 'Wine takes SetDllDirectory("") as SetDllDirectory(NULL) (ntdll/loader.c, LdrGetDllPath)',
    kind: 'heedless',
    asWine: (scenario) =>
      withCalls(scenario, (call) =>
        call.call === 'SetDllDirectory' && call.path === '' ? { ...call, path: null } : call,
      ),
  },
  {
    id: 'no-dot-local',
    because: 'Wine has no .local redirection',
    kind: 'heedless',
    asWine: (scenario) => withFiles(scenario, ({ path }) => !/^probe\.exe\.local(\\|$)/.test(path)),
  },
  {
    id: 'no-private-path',
    because: 'Wine does not read privatePath',
    kind: 'heedless',
    asWine: (scenario) => withFiles(scenario, ({ content }) => content.kind !== 'config'),
  },
  // Behind what makes Wine miss an assembly.
  {
    id: 'start-without-assembly',
    because: 'Wine starts a process whose manifest asks for an assembly that is not there, as if it had no manifest',
    kind: 'heedless',
    asWine: (scenario, predictIt) =>
      predictIt(scenario).outcome?.[0] === 'start ERROR_SXS_CANT_GEN_ACTCTX'
        ? withFiles(scenario, ({ path }) => path !== 'probe.exe.manifest')
        : scenario,
  },
  {
    id: 'missing-symbol',
    because:
      'Wine loads a DLL that lacks an imported symbol, and fails when it is called (ntdll/loader.c, allocate_stub)',
    kind: 'heedless',
    asWine: (scenario) =>
      scenario.files.some(({ content }) => content.kind === 'dll' && content.missingSymbol)
        ? { ...scenario, files: scenario.files.map(withAllSymbols) }
        : scenario,
  },
  {
    id: 'bad-import',
    because: 'Wine tells of an import that cannot be loaded as of one that is missing (ntdll/loader.c, fixup_imports)',
    kind: 'wording',
    covers: ({ files }) => hasBadFile(files),
    errors: {
      ERROR_BAD_EXE_FORMAT: 'ERROR_MOD_NOT_FOUND',
      STATUS_INVALID_IMAGE_FORMAT: 'STATUS_DLL_NOT_FOUND',
    },
  },
  {
    id: 'forwarder-folders',
    because:
      'Wine’s GetProcAddress looks for the target of a forwarder in the folders of the start of the process, not in those of SetDllDirectory or of a PATH set since',
    kind: 'excuse',
    covers: ({ files, calls }) => files.some(isForwarding) && calls.some(changesFolders),
  },
  {
    id: 'last-of-one-name',
    because:
      'of modules with one base name Wine’s cache answers with the one loaded last (ntdll/loader.c, find_basename_module)',
    kind: 'excuse',
    covers: (_, prediction) => hasTwoOfOneName(prediction),
  },
  {
    id: 'data-file-search',
    because:
      'Wine looks for data files where SearchPath does: in the current folder before the system folders, whatever SetDllDirectory and the flags say (kernelbase/loader.c, load_library_as_datafile)',
    kind: 'excuse',
    covers: ({ calls }) => calls.some(isSearchForData),
  },
];

function withCalls(scenario: Scenario, change: (call: LoaderCall) => LoaderCall): Scenario {
  const calls = scenario.calls.map(change);
  return calls.every((call, index) => call === scenario.calls[index]) ? scenario : { ...scenario, calls };
}

function withFiles(scenario: Scenario, stays: (file: PlacedFile) => boolean): Scenario {
  return scenario.files.every(stays) ? scenario : { ...scenario, files: scenario.files.filter(stays) };
}

function withAllSymbols(file: PlacedFile): PlacedFile {
  return file.content.kind === 'dll' ? { ...file, content: { ...file.content, missingSymbol: false } } : file;
}

function isForwarding({ content }: PlacedFile): boolean {
  return content.kind === 'dll' && content.forwards !== undefined;
}

function changesFolders(call: LoaderCall): boolean {
  if (call.call === 'SetEnvironmentVariable') return call.name.toUpperCase() === 'PATH';
  return call.call === 'SetDllDirectory' && call.path !== null && call.path !== '';
}

function hasBadFile(files: readonly PlacedFile[]): boolean {
  return files.some(
    ({ content }) =>
      content.kind === 'text' ||
      content.kind === 'empty' ||
      (content.kind === 'dll' && content.architecture === 'foreign'),
  );
}

function isSearchForData(call: LoaderCall): boolean {
  if (call.call !== 'LoadLibraryEx' || call.name === null || call.name.startsWith('{')) return false;
  return isForData({ flags: call.flags, dllFolder: undefined });
}

/** Whether two files with one name are found: both can be in the process then. */
function hasTwoOfOneName({ steps }: Prediction): boolean {
  const found = steps
    .flatMap((part) => part.steps)
    .flatMap(({ path, found: isThere, skipped }) =>
      path !== undefined && isThere === true && skipped === undefined ? [pathKey(path)] : [],
    );
  const paths = [...new Set(found)].filter((path) => path.endsWith('.dll'));
  return new Set(paths.map(baseName)).size < paths.length;
}
