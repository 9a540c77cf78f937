// The few names of random scenarios: copies of one DLL in many folders are what the rules are about.

export const TARGET = 'sotgt.dll';
export const DEPENDENCY = 'sodep.dll';
/** Imports the dependency. */
export const PARENT = 'sopar.dll';
/** Imports the parent, or a forwarder. */
export const TOP = 'sotop.dll';
/** Its export is that of the target, the dependency, or the other forwarder. */
export const FORWARDER = 'sofwd.dll';
export const LAST_FORWARDER = 'sofwe.dll';
export const NAMES = [TARGET, DEPENDENCY, PARENT, TOP, FORWARDER, LAST_FORWARDER] as const;
/** Those that most is asked of. */
export const PLAIN_NAMES = [TARGET, DEPENDENCY, PARENT] as const;

/** Of Windows, each with a builtin of Wine that needs no other DLL: on the list KnownDLLs, and on none. */
export const KNOWN = 'psapi.dll';
export const BUILTIN = 'version.dll';
export const API_SET = 'api-ms-win-core-file-l1-1-0.dll';
export const WINDOWS_NAMES = [KNOWN, BUILTIN, API_SET] as const;

/** The assembly that random manifests ask for, and the one that it may ask for itself. */
export const ASSEMBLY = 'so.asm';
export const INNER_ASSEMBLY = 'so.asn';

/** A manifest for CreateActCtx. */
export const CONTEXT_MANIFEST = 'x.manifest';
