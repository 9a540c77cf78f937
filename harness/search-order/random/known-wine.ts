// Where Wine is known not to do what Windows does. Each entry says which scenarios it is about; all others have to agree.

import { LOAD_FLAGS } from '../loader-constants.ts';
import { isForData, SEARCH_FLAGS } from '../model/search-path.ts';
import type { Prediction } from '../model/predict.ts';
import { baseName, pathKey } from '../model/windows-path.ts';
import type { LoaderCall, PlacedFile, Scenario } from '../scenario.ts';

export interface KnownOfWine {
  readonly id: string;
  readonly because: string;
  /** @param prediction what the model says of Windows */
  readonly covers: (scenario: Scenario, prediction: Prediction) => boolean;
}

export const KNOWN_OF_WINE: readonly KnownOfWine[] = [
  {
    id: 'empty-dll-directory',
    because: 'Wine takes SetDllDirectory("") as SetDllDirectory(NULL) (ntdll/loader.c, LdrGetDllPath)',
    covers: ({ calls }) => calls.some((call) => call.call === 'SetDllDirectory' && call.path === ''),
  },
  {
    id: 'last-of-one-name',
    because:
      'of modules with one base name Wine’s cache answers with the one loaded last (ntdll/loader.c, find_basename_module)',
    covers: (_, prediction) => hasTwoOfOneName(prediction),
  },
  {
    id: 'no-dot-local',
    because: 'Wine has no .local redirection',
    covers: ({ files }) => files.some(({ path }) => /^probe\.exe\.local(\\|$)/.test(path)),
  },
  {
    id: 'start-without-assembly',
    because: 'Wine starts a process whose manifest asks for an assembly that is not there',
    covers: (_, { outcome }) => outcome?.[0] === 'start ERROR_SXS_CANT_GEN_ACTCTX',
  },
  {
    id: 'no-private-path',
    because: 'Wine does not read privatePath',
    covers: ({ files }) => files.some(({ content }) => content.kind === 'config'),
  },
  {
    id: 'bad-import',
    because: 'Wine tells of an import that cannot be loaded as of one that is missing (ntdll/loader.c, fixup_imports)',
    covers: (scenario, { outcome = [] }) =>
      hasBadFile(scenario.files) &&
      outcome.some((word) => word.includes('ERROR_BAD_EXE_FORMAT') || word.includes('STATUS_INVALID_IMAGE_FORMAT')),
  },
  {
    id: 'missing-symbol',
    because:
      'Wine loads a DLL that lacks an imported symbol, and fails when it is called (ntdll/loader.c, allocate_stub)',
    covers: ({ files, program }) => program.missingSymbol || dlls(files).some((content) => content.missingSymbol),
  },
  {
    id: 'data-file-search',
    because: 'Wine looks for data files in the standard order whatever SetDllDirectory and the flags say',
    covers: ({ calls }) =>
      calls.some((call) => call.call === 'LoadLibraryEx' && isForData({ flags: call.flags, dllFolder: undefined })) &&
      calls.some(changesSearch),
  },
];

function dlls(files: readonly PlacedFile[]): readonly Extract<PlacedFile['content'], { kind: 'dll' }>[] {
  return files.flatMap(({ content }) => (content.kind === 'dll' ? [content] : []));
}

function hasBadFile(files: readonly PlacedFile[]): boolean {
  const isBad = ({ content }: PlacedFile): boolean => content.kind === 'text' || content.kind === 'empty';
  return files.some(isBad) || dlls(files).some(({ architecture }) => architecture === 'foreign');
}

function changesSearch(call: LoaderCall): boolean {
  if (call.call === 'LoadLibraryEx')
    return (call.flags & (SEARCH_FLAGS | LOAD_FLAGS.LOAD_WITH_ALTERED_SEARCH_PATH)) !== 0;
  return call.call === 'SetDllDirectory' || call.call === 'SetDefaultDllDirectories';
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
