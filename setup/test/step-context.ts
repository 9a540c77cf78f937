import type { Context } from '../context.mjs';
import { temporaryFolder, writeTree } from './temporary-folder.ts';

/** What a step is given, with folders of its own and a record of what it said. */
export function stepContext(changes: Partial<Context> = {}): Context & { readonly said: string[] } {
  const said: string[] = [];
  const root = changes.root ?? temporaryFolder();
  // What makes a folder a checkout, for the steps that the published package does not need.
  writeTree(root, { 'package-lock.json': '{}' });
  return {
    root,
    cache: temporaryFolder(),
    purpose: 'tests',
    oracles: undefined,
    withWine10: false,
    env: process.env,
    signal: new AbortController().signal,
    say: (text) => said.push(text),
    said,
    ...changes,
  };
}
