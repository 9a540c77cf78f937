// Where a runtime is known to do otherwise than Windows. The model asks at these points alone which of the two it is to predict.

/** One known divergence of Wine. What is known of each stands in ../random/known-wine.ts. */
export type WineWay =
  | 'empty-dll-directory'
  | 'no-inherited-dll-directory'
  | 'empty-name'
  | 'drive-relative-name'
  | 'no-dot-local'
  | 'no-known-dlls'
  | 'builtin-first'
  | 'no-private-path'
  | 'no-language-folders'
  | 'assembly-folders'
  | 'assembly-dll-goes-on'
  | 'version-alone'
  | 'start-without-assembly'
  | 'dll-without-assembly'
  | 'missing-symbol'
  | 'bad-import'
  | 'forwarder-folders'
  | 'last-of-one-name'
  | 'data-file-search';

export interface Ways {
  readonly ofWindows: boolean;
  /** Whether this way is gone here. Who asks is about to go it: the answer is remembered as the reason of what follows. */
  takes(way: WineWay): boolean;
  /** Whether the runtime's own DLL is loaded in the place of any file of this name. */
  hasBuiltin(name: string): boolean;
}

export const WINDOWS_WAYS: Ways = {
  ofWindows: true,
  takes: () => false,
  hasBuiltin: () => false,
};
