import type { Context } from '../context.mjs';
import { temporaryFolder } from './temporary-folder.ts';

/** What a step is given, with folders of its own and a record of what it said. */
export function stepContext(changes: Partial<Context> = {}): Context & { readonly said: string[] } {
  const said: string[] = [];
  return {
    root: temporaryFolder(),
    cache: temporaryFolder(),
    purpose: 'tests',
    env: process.env,
    signal: new AbortController().signal,
    say: (text) => said.push(text),
    said,
    ...changes,
  };
}
