// The few names of random scenarios: copies of one DLL in many folders are what the rules are about.

export const TARGET = 'sotgt.dll';
export const DEPENDENCY = 'sodep.dll';
/** Imports the dependency. */
export const PARENT = 'sopar.dll';
export const NAMES = [TARGET, DEPENDENCY, PARENT] as const;

/** The assembly that random manifests ask for. */
export const ASSEMBLY = 'so.asm';
