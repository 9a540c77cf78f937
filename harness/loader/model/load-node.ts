import type { LoadError } from './load-error.ts';
import type { Module } from './module-list.ts';
import type { RuleId } from './rules.ts';
import type { Step } from './step.ts';

/** One DLL of a tree of imports. */
export interface LoadNode {
  /** The name that was asked for. */
  readonly name: string;
  /** Why it is this file, or why none was found. */
  readonly steps: readonly Step[];
  readonly result: LoadResult;
  /** What its DllMain did, and those of its imports. */
  readonly afterwards: readonly Step[];
  /** What it imports; empty where the module was loaded before. */
  readonly imports: readonly LoadNode[];
}

export type LoadResult =
  | { readonly kind: 'loaded'; readonly module: Module; readonly before: boolean }
  | { readonly kind: 'failed'; readonly error: LoadError }
  /** The documents do not say. */
  | { readonly kind: 'unknown'; readonly because: string; readonly rule: RuleId };
