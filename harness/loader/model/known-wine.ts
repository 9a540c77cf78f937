// Where Wine is known not to do what Windows does, and which scenario of suites/search-order shows it alone. What Wine does instead is in
// ../model (at each `ways`): an outcome is excused only where it is the one that follows from it.

import type { WineWay } from './ways.ts';

export interface KnownWay {
  readonly because: string;
  /** Id of a scenario that declares it. */
  readonly shownBy: string;
}

export const KNOWN_OF_WINE: Readonly<Record<WineWay, KnownWay>> = {
  'empty-dll-directory': {
    because: 'Wine takes SetDllDirectory("") as SetDllDirectory(NULL) (ntdll/loader.c, LdrGetDllPath)',
    shownBy: 'setdll-empty-cwd',
  },
  'no-inherited-dll-directory': {
    because: 'a process of Wine does not get the folder that its parent has set with SetDllDirectory',
    shownBy: 'setdll-inherit',
  },
  'empty-name': {
    because: 'Wine’s LoadLibrary("") finds nothing, as before Windows 8',
    shownBy: 'err-emptyname',
  },
  'drive-relative-name': {
    because: 'Wine takes C:name.dll from the current folder, as Windows did before 10',
    shownBy: 'name-drive-relative',
  },
  'no-dot-local': { because: 'Wine has no .local redirection', shownBy: 'local-dir-name' },
  'no-known-dlls': { because: 'Wine has no KnownDLLs: the search decides', shownBy: 'known-registry' },
  'builtin-first': {
    because: 'Wine loads its builtin in the place of a file of that name, and says that it is the file',
    shownBy: 'builtin-app-version',
  },
  'no-private-path': { because: 'Wine does not read privatePath', shownBy: 'sxs-probing' },
  'no-language-folders': {
    because: 'Wine does not look into folders of languages for private assemblies (ntdll/actctx.c, lookup_assembly)',
    shownBy: 'sxs-lang',
  },
  'assembly-folders': {
    because:
      'Wine looks for the assemblies of an activation context in the folder of the program, then beside the manifest, whatever lpAssemblyDirectory says',
    shownBy: 'sxs-actctx-elsewhere',
  },
  'assembly-dll-goes-on': {
    because: 'Wine goes on where a DLL with the name of the assembly has no manifest for it',
    shownBy: 'sxs-dll-blocks-manifest',
  },
  'version-alone': {
    because: 'Wine compares the version of a private assembly alone (ntdll/actctx.c, parse_assembly_elem)',
    shownBy: 'asm-name',
  },
  'start-without-assembly': {
    because: 'Wine starts a process whose manifest asks for an assembly that is not there, as if it had no manifest',
    shownBy: 'sxs-missing',
  },
  'dll-without-assembly': {
    because:
      'Wine loads a DLL whose manifest asks for an assembly that is not there, as if it had no manifest (ntdll/loader.c, fixup_imports)',
    shownBy: 'sxs-dll-res2-missing',
  },
  'missing-symbol': {
    because:
      'Wine loads a DLL that lacks an imported symbol, and fails when it is called (ntdll/loader.c, allocate_stub)',
    shownBy: 'err-imp-symbol',
  },
  'bad-import': {
    because: 'Wine tells of an import that cannot be loaded as of one that is missing (ntdll/loader.c, fixup_imports)',
    shownBy: 'err-dep-bad',
  },
  'forwarder-folders': {
    because:
      'Wine’s GetProcAddress looks for the target of a forwarder in the folders of the start of the process, not in those of SetDllDirectory or of a PATH set since',
    shownBy: 'fwd-setdll',
  },
  'last-of-one-name': {
    because:
      'of modules with one base name Wine’s cache answers with the one that the loader had to do with last (ntdll/loader.c, find_basename_module)',
    shownBy: 'loaded-two-paths',
  },
  'data-file-search': {
    because:
      'Wine looks for data files where SearchPath does: in the current folder before the system folders, whatever SetDllDirectory and the flags say (kernelbase/loader.c, load_library_as_datafile)',
    shownBy: 'err-data-user',
  },
};
