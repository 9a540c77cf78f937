import type { Module } from './module-list.ts';

/** What a call gave, for those that refer to it. */
export type Handle =
  | { readonly kind: 'module'; readonly module: Module }
  /** Of a delayed import, which keeps it. `file`: in lower case. */
  | { readonly kind: 'delayed'; readonly file: string; readonly module: Module }
  /** A mapped data file: each one is its own. */
  | { readonly kind: 'data'; readonly path: string }
  /** A folder of AddDllDirectory. */
  | { readonly kind: 'folder'; readonly path: string };
