// Rules of redirection: .local, manifests, assemblies.

import type { Rule } from './rule.ts';

const REDIRECTION = 'Microsoft, Dynamic-link library redirection';
const SEQUENCE = 'Microsoft, Assembly Searching Sequence';
const ACTCTX_TEST = 'wine-10.0 dlls/kernel32/tests/actctx.c';

export const SIDE_BY_SIDE_RULES = {
  'local-file': {
    title: '.local file',
    text: 'With a file <program>.exe.local the folder of the program is looked at first, even for a full path. If the DLL is not there, the usual order follows.',
    source: REDIRECTION,
  },
  'local-folder': {
    title: '.local folder',
    text: 'With a folder <program>.exe.local that folder is looked at first, even for a full path. If the DLL is not there, the usual order follows.',
    source: REDIRECTION,
  },
  'local-manifest': {
    title: '.local and a manifest',
    text: 'If the program has a manifest, .local files are ignored.',
    source: `${REDIRECTION}; Microsoft, DLL/COM Redirection on Windows`,
  },
  'local-override': {
    title: 'DevOverrideEnable',
    text: 'The registry value DevOverrideEnable switches redirection on for the machine, after a restart. How it and a manifest work together is not said.',
    source: REDIRECTION,
  },
  'local-known': {
    title: '.local and KnownDLLs',
    text: 'Known DLLs, and those that are in every process, cannot be redirected: so say older editions of the page, and reports.',
    source: `${REDIRECTION} (older editions); reported`,
  },
  'manifest-file': {
    title: 'Manifest beside the program',
    text: '<program>.exe.manifest beside a program is its manifest.',
    source: 'Microsoft, Application Manifests, File location and File name syntax',
  },
  'manifest-resource': {
    title: 'Manifest in the program',
    text: 'RT_MANIFEST resource 1 of a program is the default of the process. Resources 2 and 3 are no default.',
    source: 'Microsoft, Using Side-by-Side Assemblies as a Resource',
  },
  'manifest-both': {
    title: 'Manifest in the program and beside it',
    text: 'The one inside wins. On Windows XP it was the other one.',
    source: 'Microsoft, Using Side-by-Side Assemblies as a Resource, Specifying a Default Activation Context',
  },
  'manifest-dll': {
    title: 'Manifest in a DLL',
    text: 'RT_MANIFEST resource 2 of a DLL decides for its imports and its DllMain, also against a module of the same name that is loaded. Resources 1 and 3 do not.',
    source: `Microsoft, Using Side-by-Side Assemblies as a Resource; ${ACTCTX_TEST}:3642`,
  },
  'manifest-dll-missing': {
    title: 'Missing assembly of a DLL',
    text: 'A DLL whose own manifest asks for an assembly that is not there is not loaded: ERROR_SXS_CANT_GEN_ACTCTX. No page says so.',
    source:
      'Reported: LoadLibrary of python27.dll without Microsoft.VC90.CRT gives 14001 (PyInstaller); LdrpWalkImportDescriptor() ends with 0xc0150002',
  },
  'manifest-broken': {
    title: 'Broken manifest',
    text: 'A manifest that is no XML, or has elements that are unknown or doubled, ends the start of the process with ERROR_SXS_CANT_GEN_ACTCTX; so does CreateActCtx.',
    source: `${ACTCTX_TEST}:1094-1120 and wrong_manifest1 to wrong_manifest10; [MS-ERREF] Win32 error 14001`,
  },
  'assembly-redirect': {
    title: 'File of an assembly',
    text: 'A plain name is looked up first in the files of the assemblies that the active manifest asks for.',
    source: 'Microsoft, Searching for Assembly Files',
  },
  'assembly-module': {
    title: 'Module of an assembly',
    text: 'A redirected name means the file of the assembly alone, not a module of the same name that is loaded. Whether that file answers for its name where the assembly is not active is not said.',
    source: `Microsoft, Searching for Assembly Files; ${ACTCTX_TEST}:3642-3787`,
  },
  'full-path-assembly': {
    title: 'Full path and assemblies',
    text: 'A full path is not redirected to an assembly.',
    source: `${ACTCTX_TEST}:3710`,
  },
  'assembly-shared': {
    title: 'Shared assembly',
    text: 'The folder WinSxS is searched first, for the very identity; a configuration of its publisher may say another version. Where nothing is known of the folder, the model takes it that the assembly is not there.',
    source: `${SEQUENCE}; Microsoft, Application Manifests, assemblyIdentity`,
  },
  'assembly-sequence': {
    title: 'Search for a private assembly',
    text: '<name>.dll, <name>.manifest, <name>\\<name>.dll, <name>\\<name>.manifest, in this order. The first that is there ends the search.',
    source: SEQUENCE,
  },
  'assembly-dll-stops': {
    title: 'DLL with the name of the assembly',
    text: 'A DLL with the name of the assembly ends the search; its manifest is resource 1.',
    source: SEQUENCE,
  },
  'assembly-language': {
    title: 'Language folders',
    text: 'For a language the folders of that language and culture, of the language, of en-us and of en come before the folder itself.',
    source: SEQUENCE,
  },
  'assembly-private-path': {
    title: 'privatePath',
    text: 'The element probing of <program>.config adds folders to the search, relative to the program, up to two levels above it.',
    source: 'Microsoft, Application Configuration Files, probing',
  },
  'assembly-identity': {
    title: 'Identity of an assembly',
    text: 'Name, version, architecture, language and public key of the manifest that was found have to be those that are asked for.',
    source: 'Microsoft, Assembly Versions; Microsoft, Assembly Manifests, assemblyIdentity',
  },
  'assembly-missing': {
    title: 'Missing assembly',
    text: 'A process whose manifest asks for an assembly that is not there does not start: ERROR_SXS_CANT_GEN_ACTCTX. So does CreateActCtx.',
    source: `${ACTCTX_TEST}:1094-1120; [MS-ERREF] Win32 error 14001`,
  },
  'assembly-file-missing': {
    title: 'Missing file of an assembly',
    text: 'No page says what happens when an assembly lists a file that is not there.',
    source: 'Microsoft, Searching for Assembly Files',
  },
  'context-api': {
    title: 'Activation context',
    text: 'CreateActCtx and ActivateActCtx put the assemblies of a manifest before others, until DeactivateActCtx.',
    source: `Microsoft, CreateActCtxW; ${ACTCTX_TEST}:3450-3640`,
  },
  'context-missing': {
    title: 'Activation context of a missing file',
    text: 'CreateActCtx with a file that is not there gives ERROR_FILE_NOT_FOUND.',
    source: `${ACTCTX_TEST} test_create_fail`,
  },
  'context-nested': {
    title: 'Two activation contexts',
    text: 'Only the active context and the default of the process are known to count; no page says more.',
    source: 'Microsoft, Activation Contexts',
  },
} as const satisfies Record<string, Rule>;
