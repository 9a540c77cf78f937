import { LOAD_FLAGS } from '../loader-constants.ts';

/** How one call of the loader searches. It holds for the DLL and all that it imports. */
export interface SearchRequest {
  /** Flags of LoadLibraryEx; 0 for LoadLibrary and for imports of the program. */
  readonly flags: number;
  /** Folder of the DLL that the call named by a full path, for its dependencies. */
  readonly dllFolder: string | undefined;
  /** Set for what a dependency imports in its turn. */
  readonly isIndirect?: boolean;
  /** In the folders that the process had at its start, whatever calls have changed since. */
  readonly atStart?: true;
  /** Set where only a module that is loaded is looked for, and nothing is mapped (LdrGetDllHandle). */
  readonly isLookup?: true;
}

/** How what a dependency imports is looked for. */
export function belowDependency(request: SearchRequest): SearchRequest {
  return { ...request, isIndirect: true };
}

/** Whether the call maps a file as data: then its architecture does not matter. */
export function isForData({ flags }: SearchRequest): boolean {
  const data = LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE | LOAD_FLAGS.LOAD_LIBRARY_AS_DATAFILE_EXCLUSIVE;
  return (flags & (data | LOAD_FLAGS.LOAD_LIBRARY_AS_IMAGE_RESOURCE)) !== 0;
}

export const PLAIN_REQUEST: SearchRequest = { flags: 0, dllFolder: undefined };
